package dev.switchback.verdict;

import java.util.List;
import java.util.Map;

/**
 * What the probes of a run say about the time the service was away. Nothing is rounded but in sentences.
 *
 * @param sent probes that were sent
 * @param failed how many of them failed
 * @param slow how many took longer than declared, failed ones not counted
 * @param kinds how many failed in which way
 * @param seconds how long was probed
 * @param coverage share of the slots in which a probe was sent, of the worse of the steady probers; an unsent probe is
 *     not a success
 * @param largestGapMs the longest time in which no probe was sent, its ends included
 * @param largestGapAtMs when that began, milliseconds since 1970
 * @param outages stretches in which probes failed, in time order: all of them, or the first 50 and the last 50
 * @param outageCount how many there were, listed or not
 * @param steps the same counts for each step
 * @param upperBound if single requests failed at random: the share that did, at most (95 %)
 * @param withoutDowntime nothing failed, coverage at least 99 %, largest gap at most 0.5 s
 * @param sentence what the page says
 */
public record Availability(
        int sent,
        int failed,
        int slow,
        Map<Probe.Failure, Integer> kinds,
        double seconds,
        double coverage,
        double largestGapMs,
        double largestGapAtMs,
        List<Outage> outages,
        int outageCount,
        List<StepShare> steps,
        double upperBound,
        boolean withoutDowntime,
        String sentence) {

    public Availability {
        kinds = Map.copyOf(kinds);
        outages = List.copyOf(outages);
        steps = List.copyOf(steps);
    }

    /**
     * Counts. A steady prober that never sent is not known here: who starts probers must see that both run.
     *
     * @param fromMs when probing began, milliseconds since 1970
     * @param toMs when it ended, or now while the run goes on
     * @param slotMs the length of a slot: each steady prober sends once in each, 100 by default
     * @param probes what was sent, by all probers, in any order
     * @param steps what was under way when, in time order
     */
    public static Availability of(
            double fromMs, double toMs, double slotMs, List<Probe> probes, List<StepWindow> steps) {
        var count = new ProbeCount(fromMs, slotMs);
        probes.forEach(count::add);
        return count.until(toMs, steps);
    }

    Availability saying(String words) {
        return new Availability(
                sent,
                failed,
                slow,
                kinds,
                seconds,
                coverage,
                largestGapMs,
                largestGapAtMs,
                outages,
                outageCount,
                steps,
                upperBound,
                withoutDowntime,
                words);
    }

    /**
     * When a step was under way.
     *
     * @param step its id
     * @param leg forward, back or again
     * @param fromMs when it began, milliseconds since 1970
     * @param toMs when it ended
     */
    public record StepWindow(String step, String leg, double fromMs, double toMs) {}

    /**
     * Failed probes with less than a second, or two slots, between them. It was between {@code shortestMs} and {@code longestMs} long.
     *
     * @param fromMs when the first failed probe was sent, milliseconds since 1970
     * @param toMs when the last failed probe was sent
     * @param shortestMs from the first to the last failed probe
     * @param longestMs from the last good probe before to the first good one after (or the ends of probing)
     * @param failed how many failed
     * @param sent how many were sent from the first to the last failed one
     * @param complete whether all of them failed; otherwise only some requests did
     * @param step the step in which it began; null before the first
     * @param leg of that step
     */
    public record Outage(
            double fromMs,
            double toMs,
            double shortestMs,
            double longestMs,
            int failed,
            int sent,
            boolean complete,
            String step,
            String leg) {}

    /**
     * The probes of one step.
     *
     * @param step its id
     * @param leg its leg
     * @param sent probes sent while it was under way
     * @param failed how many of them failed
     * @param upperBound if single requests failed at random: the share that did, at most (95 %); 1 without probes
     */
    public record StepShare(String step, String leg, int sent, int failed, double upperBound) {}
}
