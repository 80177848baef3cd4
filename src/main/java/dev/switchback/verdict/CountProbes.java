package dev.switchback.verdict;

import dev.switchback.verdict.Availability.FailedProbe;
import dev.switchback.verdict.Availability.Outage;
import dev.switchback.verdict.Availability.StepShare;
import dev.switchback.verdict.Availability.StepWindow;
import dev.switchback.verdict.Probe.Failure;
import dev.switchback.verdict.Probe.Prober;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/** The arithmetic of MEASURING.md section 10. */
final class CountProbes {

    private static final double ENOUGH_COVERAGE = 0.99;
    private static final double LONGEST_GAP_MS = 500;
    private static final double ONE_OUTAGE_MS = 1_000;
    private static final double CONFIDENCE = 0.05;

    private final double fromMs;
    private final double toMs;
    private final double slotMs;
    private final List<Probe> probes;
    private final List<StepWindow> steps;
    private final List<Probe> failed;
    private final Gap gap;

    CountProbes(double fromMs, double toMs, double slotMs, List<Probe> probes, List<StepWindow> steps) {
        this.fromMs = fromMs;
        this.toMs = Math.max(fromMs, toMs);
        this.slotMs = slotMs;
        this.probes = probes.stream()
                .sorted(Comparator.comparingDouble(Probe::sentMs))
                .toList();
        this.steps = steps.stream()
                .sorted(Comparator.comparingDouble(StepWindow::fromMs))
                .toList();
        this.failed = this.probes.stream().filter(Probe::failed).toList();
        this.gap = largestGap();
    }

    Availability availability() {
        double coverage = coverage();
        boolean withoutDowntime = !probes.isEmpty()
                && failed.isEmpty()
                && coverage >= ENOUGH_COVERAGE
                && gap.lengthMs() <= LONGEST_GAP_MS;
        List<Outage> outages = outages();
        return new Availability(
                probes.size(),
                failed.size(),
                (int) probes.stream()
                        .filter(probe -> probe.slow() && !probe.failed())
                        .count(),
                kinds(),
                seconds(),
                coverage,
                gap.lengthMs(),
                gap.fromMs(),
                outages,
                failed.stream().map(this::placed).toList(),
                steps.stream().map(this::share).toList(),
                upperBound(failed.size(), probes.size()),
                withoutDowntime,
                sentence(coverage, outages));
    }

    private double seconds() {
        return (toMs - fromMs) / 1_000;
    }

    private Map<Failure, Integer> kinds() {
        return failed.stream()
                .collect(Collectors.groupingBy(
                        Probe::failure, () -> new EnumMap<>(Failure.class), Collectors.summingInt(probe -> 1)));
    }

    /**
     * The share of slots in which a probe was sent, of the prober that sent in fewest: each kind of connection is a proof
     * of its own, and a dead prober must not be covered by the other.
     */
    private double coverage() {
        long slots = Math.max(1, Math.round((toMs - fromMs) / slotMs));
        Map<Prober, Long> filled = probes.stream()
                .filter(probe -> probe.prober().steady())
                .collect(Collectors.groupingBy(
                        Probe::prober,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(this::slot, Collectors.toSet()), slot -> (long) slot.size())));
        return filled.values().stream()
                .mapToDouble(count -> Math.min(1, (double) count / slots))
                .min()
                .orElse(0);
    }

    private long slot(Probe probe) {
        return (long) Math.floor((probe.scheduledMs() - fromMs) / slotMs);
    }

    /** Over the probes of all steady probers together: when everything fails, any of them would show it. */
    private Gap largestGap() {
        var largest = new Gap(fromMs, -1);
        double last = fromMs;
        for (Probe probe : probes) {
            if (probe.prober().steady() && probe.sentMs() >= fromMs && probe.sentMs() <= toMs) {
                largest = largest.or(new Gap(last, probe.sentMs() - last));
                last = probe.sentMs();
            }
        }
        return largest.or(new Gap(last, toMs - last));
    }

    private record Gap(double fromMs, double lengthMs) {

        Gap or(Gap other) {
            return other.lengthMs > lengthMs ? other : this;
        }
    }

    /** Failed probes with less than a second between them are one outage. */
    private List<Outage> outages() {
        int[] bad = IntStream.range(0, probes.size())
                .filter(i -> probes.get(i).failed())
                .toArray();
        var outages = new ArrayList<Outage>();
        int i = 0;
        while (i < bad.length) {
            int last = i;
            while (last + 1 < bad.length && sent(bad[last + 1]) - sent(bad[last]) < ONE_OUTAGE_MS) {
                last++;
            }
            outages.add(outage(bad[i], bad[last], last - i + 1));
            i = last + 1;
        }
        return outages;
    }

    private double sent(int index) {
        return probes.get(index).sentMs();
    }

    private Outage outage(int first, int last, int count) {
        FailedProbe began = placed(probes.get(first));
        return new Outage(
                sent(first),
                sent(last),
                sent(last) - sent(first),
                goodAfter(last) - goodBefore(first),
                count,
                last - first + 1,
                count == last - first + 1,
                began.step(),
                began.leg());
    }

    private double goodBefore(int index) {
        int i = index;
        while (i >= 0 && probes.get(i).failed()) {
            i--;
        }
        return i < 0 ? Math.min(fromMs, sent(index)) : sent(i);
    }

    private double goodAfter(int index) {
        int i = index;
        while (i < probes.size() && probes.get(i).failed()) {
            i++;
        }
        return i == probes.size() ? Math.max(toMs, sent(index)) : sent(i);
    }

    /** The step under way when it was sent; between steps the one that began last. */
    private FailedProbe placed(Probe probe) {
        StepWindow during = null;
        for (StepWindow step : steps) {
            if (step.fromMs() <= probe.sentMs()) {
                during = step;
            }
        }
        return during == null
                ? new FailedProbe(probe, null, null, false)
                : new FailedProbe(probe, during.step(), during.leg(), probe.sentMs() <= during.toMs());
    }

    private StepShare share(StepWindow step) {
        int first = firstAt(step.fromMs());
        int behind = firstAt(Math.nextUp(step.toMs()));
        int bad = (int) probes.subList(first, Math.max(first, behind)).stream()
                .filter(Probe::failed)
                .count();
        int sent = Math.max(0, behind - first);
        return new StepShare(step.step(), step.leg(), sent, bad, upperBound(bad, sent));
    }

    /** The index of the first probe sent then or later. */
    private int firstAt(double ms) {
        int low = 0;
        int high = probes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sent(middle) < ms) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The share of requests that failed at most (95 %, one-sided, exact): with no failure 1 - 0.05^(1/n), otherwise the
     * share at which so few failures would have a chance of 5 % (Clopper and Pearson 1934).
     */
    static double upperBound(int failed, int sent) {
        if (sent == 0 || failed >= sent) {
            return 1;
        }
        if (failed == 0) {
            return -Math.expm1(Math.log(CONFIDENCE) / sent);
        }
        return BinomialConfidenceInterval.CLOPPER_PEARSON
                .fromErrorRate(sent, failed, 2 * CONFIDENCE)
                .getUpperBound();
    }

    private String sentence(double coverage, List<Outage> outages) {
        if (probes.isEmpty()) {
            return "No probe was sent: nothing is known about the availability.";
        }
        String counted =
                whole(failed.size()) + " of " + whole(probes.size()) + " probes failed in " + length(seconds()) + ".";
        String failures = failed.isEmpty() ? "" : " " + kindsWords() + "." + longest(outages);
        String proof = coverage < ENOUGH_COVERAGE || gap.lengthMs() > LONGEST_GAP_MS
                ? " Availability is not proven: " + unobserved(coverage)
                : " Longest gap between probes " + seconds(gap.lengthMs()) + " s, so an outage of "
                        + shown(gap.lengthMs()) + " s would show.";
        String random = failed.isEmpty()
                ? " If single requests failed at random, fewer than " + percent(upperBound(0, probes.size()))
                        + " % did (95 %)."
                : "";
        return counted + failures + proof + random;
    }

    private String unobserved(double coverage) {
        return "nothing was sent for " + seconds(gap.lengthMs()) + " s from second "
                + whole(Math.round((gap.fromMs() - fromMs) / 1_000)) + " on, and "
                + percent(1 - coverage) + " % of the slots of one prober are empty.";
    }

    private String kindsWords() {
        return kinds().entrySet().stream()
                .sorted(Map.Entry.<Failure, Integer>comparingByValue().reversed())
                .map(kind -> whole(kind.getValue()) + " " + kind.getKey().words())
                .collect(Collectors.joining(", "));
    }

    private static String longest(List<Outage> outages) {
        return outages.stream()
                .max(Comparator.comparingDouble(Outage::shortestMs))
                .map(outage -> " " + (outage.complete() ? "Everything" : "Part of the requests") + " failed for "
                        + between(outage) + " s" + (outage.step() == null ? "" : ", beginning in step " + outage.step())
                        + ".")
                .orElse("");
    }

    private static String between(Outage outage) {
        String shortest = seconds(outage.shortestMs());
        String longest = seconds(outage.longestMs());
        return shortest.equals(longest) ? shortest : shortest + " to " + longest;
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(double ms) {
        return trimmed(String.format(Locale.ROOT, ms < 10_000 ? "%.2f" : "%.1f", ms / 1_000));
    }

    /** What would have shown, rounded up to a tenth of a second. */
    private static String shown(double ms) {
        return trimmed(String.format(Locale.ROOT, "%.1f", Math.max(1, Math.ceil(ms / 100 - 1e-9)) / 10));
    }

    private static String trimmed(String number) {
        return number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
    }

    /** Never rounded down: it is a bound. */
    private static String percent(double share) {
        double percent = share * 100;
        double unit = percent >= 1 ? 10 : percent >= 0.1 ? 100 : 1_000;
        double up = Math.ceil(percent * unit - 1e-9) / unit;
        return trimmed(String.format(Locale.ROOT, "%.3f", up));
    }

    private static String length(double seconds) {
        long all = Math.round(seconds);
        String min = all / 60 == 0 ? "" : all / 60 + " min";
        String sec = all % 60 == 0 && all > 0 ? "" : all % 60 + " s";
        return (min + " " + sec).trim();
    }
}
