package dev.switchback.verdict;

import dev.switchback.verdict.Availability.Outage;
import dev.switchback.verdict.Probe.Failure;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the page says of the probes of a run. */
final class AvailabilitySentence {

    private final Availability all;
    private final double fromMs;

    private AvailabilitySentence(Availability all, double fromMs) {
        this.all = all;
        this.fromMs = fromMs;
    }

    /**
     * @param all everything but the sentence
     * @param fromMs when probing began, milliseconds since 1970
     * @param longest of all outages, listed or not
     */
    static String of(Availability all, double fromMs, Optional<Outage> longest) {
        return new AvailabilitySentence(all, fromMs).words(longest);
    }

    private String words(Optional<Outage> longest) {
        if (all.sent() == 0) {
            return "No probe was sent: nothing is known about the availability.";
        }
        String counted =
                whole(all.failed()) + " of " + whole(all.sent()) + " probes failed in " + length(all.seconds()) + ".";
        String failures = all.failed() == 0
                ? ""
                : " " + kinds() + "."
                        + longest.map(AvailabilitySentence::lasted).orElse("");
        double gap = all.largestGapMs();
        String proof = all.coverage() < ProbeCount.ENOUGH_COVERAGE || gap > ProbeCount.LONGEST_GAP_MS
                ? " Availability is not proven: " + unobserved()
                : " Longest gap between probes " + seconds(gap) + " s, so an outage of " + shown(gap)
                        + " s would show.";
        String random = all.failed() == 0
                ? " If single requests failed at random, fewer than " + percent(all.upperBound()) + " % did (95 %)."
                : "";
        return counted + failures + proof + random;
    }

    private String unobserved() {
        return "nothing was sent for " + seconds(all.largestGapMs()) + " s from second "
                + whole(Math.round((all.largestGapAtMs() - fromMs) / 1_000)) + " on, and "
                + percent(1 - all.coverage()) + " % of the slots of one prober are empty.";
    }

    private String kinds() {
        return all.kinds().entrySet().stream()
                .sorted(Map.Entry.<Failure, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .map(kind -> whole(kind.getValue()) + " " + kind.getKey().words())
                .collect(Collectors.joining(", "));
    }

    private static String lasted(Outage outage) {
        return " " + (outage.complete() ? "Everything" : "Part of the requests") + " failed for " + between(outage)
                + " s" + (outage.step() == null ? "" : ", beginning in step " + outage.step()) + ".";
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
