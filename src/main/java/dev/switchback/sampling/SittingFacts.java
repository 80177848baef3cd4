package dev.switchback.sampling;

import java.util.List;

/**
 * What was noticed besides the samples. What does not apply to a source is null; everything is a plain type, for JSON.
 *
 * @param stopped whether the brake was pulled before the end
 * @param seed the seed of the schedule
 * @param effectiveRate requests a second that were really planned: less than the metric's rate when making cold needs
 *     the time; 0 for numbers
 * @param blocksPlanned how many blocks were planned in the end
 * @param blocksTaken how many are complete
 * @param sent how many requests, warm-up left out, were sent or gave up waiting for a place
 * @param achievedRate requests a second that really were sent within the blocks
 * @param lateShare share of the requests that our side sent late, warm-up left out
 * @param waitedForPlace how many found no place at once, because the service was slow
 * @param steady the steady check; null when there were too few blocks or answers for one
 * @param cold how the caches were made cold and whether that worked; null when nothing was purged
 * @param counters what the database counted; of {@code statements} only
 * @param prober who asked
 * @param loadBefore the machine of the prober at the start
 * @param loadAfter and at the end
 * @param notes what a reader must know, one sentence each
 */
public record SittingFacts(
        boolean stopped,
        long seed,
        double effectiveRate,
        int blocksPlanned,
        int blocksTaken,
        int sent,
        double achievedRate,
        double lateShare,
        int waitedForPlace,
        Steady steady,
        Cold cold,
        StatementCounts counters,
        Prober prober,
        HostLoad loadBefore,
        HostLoad loadAfter,
        List<String> notes) {

    public SittingFacts {
        notes = List.copyOf(notes);
    }

    /**
     * Whether the blocks were steady.
     *
     * @param holds whether the first five kept blocks and the last five are alike
     * @param firstMedianMs median of the medians of the first five kept blocks
     * @param lastMedianMs and of the last five
     * @param p exact Mann–Whitney between the two
     * @param limit the difference that would have been too much: half of the metric's threshold for p50
     * @param extended whether ten blocks were added
     * @param keptFrom the first block that counts: 0, or 10 when the blocks before belong to the warm-up after all;
     *     whoever judges leaves the blocks before it out
     */
    public record Steady(
            boolean holds,
            double firstMedianMs,
            double lastMedianMs,
            double p,
            double limit,
            boolean extended,
            int keptFrom) {}

    /**
     * How the caches were made cold.
     *
     * @param per {@code request}: before each request; {@code block}: before each block, because it takes too long
     * @param action one line that says what was done
     * @param times how often
     * @param medianMs how long it took, at the median
     * @param misses how many answers after it said that they were no hit
     * @param hits how many said that they were a hit all the same
     * @param unknown how many did not say
     */
    public record Cold(String per, String action, int times, double medianMs, int misses, int hits, int unknown) {}

    /**
     * Who asked.
     *
     * @param version of the prober; two that differ are not compared
     * @param host its machine
     * @param processors how many it may use
     * @param jvm what it runs on
     * @param protocol how it speaks
     */
    public record Prober(String version, String host, int processors, String jvm, String protocol) {}
}
