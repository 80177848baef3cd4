package dev.switchback.verdict;

import dev.switchback.verdict.Availability.Outage;
import dev.switchback.verdict.Availability.StepShare;
import dev.switchback.verdict.Availability.StepWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be counted only of probes in the order in which they were sent: gaps, outages, and the share of each step. */
final class ProbesInTime {

    private static final double ONE_OUTAGE_MS = 1_000;

    /** A time without a probe. */
    record Gap(double fromMs, double lengthMs) {

        Gap or(Gap other) {
            return other.lengthMs > lengthMs ? other : this;
        }
    }

    private record Step(String step, String leg, double fromMs) {
        static Step of(StepWindow window) {
            return new Step(window.step(), window.leg(), window.fromMs());
        }
    }

    private record Count(int sent, int failed) {
        static final Count NONE = new Count(0, 0);

        Count and(Probe probe) {
            return new Count(sent + 1, probe.failed() ? failed + 1 : failed);
        }
    }

    private final double fromMs;
    private final double togetherMs;
    private final ListedOutages outages;
    private final Map<Step, Count> counts;
    private Gap largest;
    private double lastSteadyMs;
    private double lastGoodMs = Double.NaN;
    private long index;
    private Stretch stretch;

    /** Failed probes with less than a second, or two slots, between them are one outage. */
    ProbesInTime(double fromMs, double slotMs) {
        this.fromMs = fromMs;
        this.togetherMs = Math.max(ONE_OUTAGE_MS, 2 * slotMs);
        this.outages = new ListedOutages();
        this.counts = new HashMap<>();
        this.largest = new Gap(fromMs, -1);
        this.lastSteadyMs = fromMs;
    }

    /** The same, to go on from there. */
    ProbesInTime(ProbesInTime other) {
        this.fromMs = other.fromMs;
        this.togetherMs = other.togetherMs;
        this.outages = new ListedOutages(other.outages);
        this.counts = new HashMap<>(other.counts);
        this.largest = other.largest;
        this.lastSteadyMs = other.lastSteadyMs;
        this.lastGoodMs = other.lastGoodMs;
        this.index = other.index;
        this.stretch = other.stretch;
    }

    void next(Probe probe, List<StepWindow> steps) {
        next(probe, steps, Double.POSITIVE_INFINITY);
    }

    /** @param toMs what was sent later ends no gap */
    void next(Probe probe, List<StepWindow> steps, double toMs) {
        double at = probe.sentMs();
        if (probe.prober().steady() && at >= fromMs && at <= toMs) {
            largest = largest.or(new Gap(lastSteadyMs, at - lastSteadyMs));
            lastSteadyMs = Math.max(lastSteadyMs, at);
        }
        if (probe.failed()) {
            fails(at);
        } else {
            succeeds(at);
        }
        index++;
        for (StepWindow step : steps) {
            if (step.fromMs() <= at && at <= step.toMs()) {
                counts.merge(Step.of(step), Count.NONE.and(probe), (before, one) -> before.and(probe));
            }
        }
    }

    private void fails(double at) {
        if (stretch != null && at - stretch.lastMs() < togetherMs) {
            stretch = stretch.and(at, index);
            return;
        }
        if (stretch != null) {
            outages.add(stretch);
        }
        double goodBefore = Double.isNaN(lastGoodMs) ? Math.min(fromMs, at) : lastGoodMs;
        stretch = new Stretch(at, at, goodBefore, Double.NaN, 1, index, index);
    }

    private void succeeds(double at) {
        lastGoodMs = Double.isNaN(lastGoodMs) ? at : Math.max(lastGoodMs, at);
        if (stretch != null && stretch.isOpen()) {
            outages.end(at);
            stretch = stretch.until(at);
        }
    }

    /** The longest time in which no steady probe was sent: when everything fails, any of them would show it. */
    Gap largestGap(double toMs) {
        return largest.or(new Gap(lastSteadyMs, toMs - lastSteadyMs));
    }

    int outageCount() {
        return outages.count() + (stretch == null ? 0 : 1);
    }

    List<Outage> outages(double toMs, List<StepWindow> steps) {
        return all().listed().stream().map(each -> outage(each, toMs, steps)).toList();
    }

    Optional<Outage> longestOutage(double toMs, List<StepWindow> steps) {
        return Optional.ofNullable(all().longest()).map(each -> outage(each, toMs, steps));
    }

    private ListedOutages all() {
        var all = new ListedOutages(outages);
        if (stretch != null) {
            all.add(stretch);
        }
        return all;
    }

    private static Outage outage(Stretch each, double toMs, List<StepWindow> steps) {
        StepWindow began = stepAt(each.firstMs(), steps);
        double goodAfter = each.isOpen() ? Math.max(toMs, each.lastMs()) : each.goodAfterMs();
        int sent = (int) (each.lastIndex() - each.firstIndex() + 1);
        return new Outage(
                each.firstMs(),
                each.lastMs(),
                each.lengthMs(),
                goodAfter - each.goodBeforeMs(),
                each.failed(),
                sent,
                each.failed() == sent,
                began == null ? null : began.step(),
                began == null ? null : began.leg());
    }

    /** The step under way at that time; between steps the one that began last; null before the first. */
    private static StepWindow stepAt(double ms, List<StepWindow> steps) {
        StepWindow at = null;
        for (StepWindow step : steps) {
            if (step.fromMs() <= ms) {
                at = step;
            }
        }
        return at;
    }

    List<StepShare> shares(List<StepWindow> steps) {
        var shares = new ArrayList<StepShare>();
        for (StepWindow step : steps) {
            Count count = counts.getOrDefault(Step.of(step), Count.NONE);
            shares.add(new StepShare(
                    step.step(),
                    step.leg(),
                    count.sent(),
                    count.failed(),
                    ProbeCount.upperBound(count.failed(), count.sent())));
        }
        return shares;
    }

    /**
     * Failed probes of one outage.
     *
     * @param goodBeforeMs the last good probe before, or the beginning of probing
     * @param goodAfterMs the first good one after the last failed one; not a number as long as there is none
     * @param firstIndex the place of the first failed one among all probes
     */
    record Stretch(
            double firstMs,
            double lastMs,
            double goodBeforeMs,
            double goodAfterMs,
            int failed,
            long firstIndex,
            long lastIndex) {

        Stretch and(double at, long index) {
            return new Stretch(firstMs, Math.max(lastMs, at), goodBeforeMs, Double.NaN, failed + 1, firstIndex, index);
        }

        Stretch until(double good) {
            return new Stretch(firstMs, lastMs, goodBeforeMs, good, failed, firstIndex, lastIndex);
        }

        boolean isOpen() {
            return Double.isNaN(goodAfterMs);
        }

        double lengthMs() {
            return lastMs - firstMs;
        }
    }

    /** The first and the last of them; a service that fails every few seconds for a night has thousands. */
    static final class ListedOutages {

        static final int OF_EACH_END = 50;

        private final List<Stretch> first;
        private final List<Stretch> last;
        private Stretch longest;
        private int count;
        private boolean open;

        ListedOutages() {
            first = new ArrayList<>();
            last = new ArrayList<>();
        }

        ListedOutages(ListedOutages other) {
            first = new ArrayList<>(other.first);
            last = new ArrayList<>(other.last);
            longest = other.longest;
            count = other.count;
            open = other.open;
        }

        void add(Stretch outage) {
            count++;
            open |= outage.isOpen();
            if (longest == null || outage.lengthMs() > longest.lengthMs()) {
                longest = outage;
            }
            if (first.size() < OF_EACH_END) {
                first.add(outage);
                return;
            }
            last.add(outage);
            if (last.size() > OF_EACH_END) {
                last.remove(0);
            }
        }

        /** A probe was good: what was not over is over. */
        void end(double good) {
            if (open) {
                first.replaceAll(each -> each.isOpen() ? each.until(good) : each);
                last.replaceAll(each -> each.isOpen() ? each.until(good) : each);
                longest = longest.isOpen() ? longest.until(good) : longest;
                open = false;
            }
        }

        int count() {
            return count;
        }

        Stretch longest() {
            return longest;
        }

        List<Stretch> listed() {
            var all = new ArrayList<>(first);
            all.addAll(last);
            return all;
        }
    }
}
