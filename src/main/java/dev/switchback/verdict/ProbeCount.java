package dev.switchback.verdict;

import dev.switchback.verdict.Availability.Outage;
import dev.switchback.verdict.Availability.StepShare;
import dev.switchback.verdict.Availability.StepWindow;
import dev.switchback.verdict.Probe.Failure;
import dev.switchback.verdict.Probe.Prober;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * The arithmetic of MEASURING.md section 10, for probes that come one by one. It keeps the probes of which an earlier one
 * may still come, one bit for each slot of a steady prober, and a bounded number of outages; of everything else only
 * numbers. However often it was told to settle, it says the same to the last bit. Not safe for use by several threads.
 */
public final class ProbeCount {

    static final double ENOUGH_COVERAGE = 0.99;
    static final double LONGEST_GAP_MS = 500;
    private static final double CONFIDENCE = 0.05;

    private static final Comparator<Probe> IN_TIME = Comparator.comparingDouble(Probe::sentMs)
            .thenComparing(Probe::prober)
            .thenComparingDouble(Probe::scheduledMs);

    private final double fromMs;
    private final double slotMs;
    private final Map<Prober, BitSet> filled = new EnumMap<>(Prober.class);
    private final Map<Failure, Integer> kinds = new EnumMap<>(Failure.class);
    private final ProbesInTime settled;
    private List<Probe> open = new ArrayList<>();
    private int sent;
    private int failed;
    private int slow;

    /**
     * @param fromMs when probing began, milliseconds since 1970
     * @param slotMs the length of a slot: each steady prober sends once in each, 100 by default
     */
    public ProbeCount(double fromMs, double slotMs) {
        this.fromMs = fromMs;
        this.slotMs = slotMs;
        this.settled = new ProbesInTime(fromMs, slotMs);
    }

    /** One more, in any order. One that was sent before what is settled counts, and can make a gap look longer only. */
    public void add(Probe probe) {
        sent++;
        if (probe.failed()) {
            failed++;
            kinds.merge(probe.failure(), 1, Integer::sum);
        } else if (probe.slow()) {
            slow++;
        }
        if (probe.prober().steady()) {
            fill(probe);
        }
        open.add(probe);
    }

    private void fill(Probe probe) {
        double slot = Math.floor((probe.scheduledMs() - fromMs) / slotMs);
        BitSet slots = filled.computeIfAbsent(probe.prober(), prober -> new BitSet());
        if (slot >= 0 && slot < Integer.MAX_VALUE) {
            slots.set((int) slot);
        }
    }

    /**
     * All that were sent before that moment have been added: they are counted for good and need not be kept.
     *
     * @param beforeMs milliseconds since 1970
     * @param steps what was under way when, as {@link #until} gets it; what begins or ends before that moment must be known
     */
    public void settle(double beforeMs, List<StepWindow> steps) {
        var later = new ArrayList<Probe>();
        open.sort(IN_TIME);
        for (Probe probe : open) {
            if (probe.sentMs() < beforeMs) {
                settled.next(probe, steps);
            } else {
                later.add(probe);
            }
        }
        open = later;
    }

    /** How many probes are kept, because an earlier one may still come. */
    int kept() {
        return open.size();
    }

    /**
     * What all of them say.
     *
     * @param endMs when probing ended, or now while the run goes on; not before what was settled
     * @param windows what was under way when
     */
    public Availability until(double endMs, List<StepWindow> windows) {
        double toMs = Math.max(fromMs, endMs);
        List<StepWindow> steps = windows.stream()
                .sorted(Comparator.comparingDouble(StepWindow::fromMs))
                .toList();
        var all = new ProbesInTime(settled);
        open.sort(IN_TIME);
        open.forEach(probe -> all.next(probe, steps, toMs));
        ProbesInTime.Gap gap = all.largestGap(toMs);
        double coverage = coverage(toMs);
        boolean withoutDowntime =
                sent > 0 && failed == 0 && coverage >= ENOUGH_COVERAGE && gap.lengthMs() <= LONGEST_GAP_MS;
        List<Outage> outages = all.outages(toMs, steps);
        List<StepShare> shares = all.shares(steps);
        var counted = new Availability(
                sent,
                failed,
                slow,
                kinds,
                (toMs - fromMs) / 1_000,
                coverage,
                gap.lengthMs(),
                gap.fromMs(),
                outages,
                all.outageCount(),
                shares,
                upperBound(failed, sent),
                withoutDowntime,
                "");
        return counted.saying(AvailabilitySentence.of(counted, fromMs, all.longestOutage(toMs, steps)));
    }

    /**
     * The share of slots in which a probe was sent, of the prober that sent in fewest: each kind of connection is a proof
     * of its own, and a dead prober must not be covered by the other.
     */
    private double coverage(double toMs) {
        long slots = Math.max(1, Math.round((toMs - fromMs) / slotMs));
        return filled.values().stream()
                .mapToDouble(bits -> Math.min(1, (double) bits.cardinality() / slots))
                .min()
                .orElse(0);
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
}
