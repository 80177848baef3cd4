package dev.switchback.verdict;

import java.util.List;
import java.util.Map;

/**
 * One sitting: measured in one state, in one stretch of time.
 *
 * @param name what the page calls it: before, after, rolled back, after again
 * @param side the state it was measured in
 * @param fromMs when it began, milliseconds since 1970
 * @param toMs when it ended, milliseconds since 1970
 * @param interrupted whether it ended before its plan did (a crash, a stop); it is never judged then
 * @param conditions what must be equal on both sides, name and value: environment, prober version, prober place
 * @param otherChanges what else was changed on this service or a declared neighbour while it was measured, one line each
 * @param load what is known about the load from others while it was measured
 * @param samples what was measured, one for each metric
 */
public record Leg(
        String name,
        Side side,
        long fromMs,
        long toMs,
        boolean interrupted,
        Map<String, String> conditions,
        List<String> otherChanges,
        List<Load> load,
        List<Samples> samples) {

    public Leg {
        conditions = Map.copyOf(conditions);
        otherChanges = List.copyOf(otherChanges);
        load = List.copyOf(load);
        samples = List.copyOf(samples);
    }

    /** What was measured of a metric; empty samples when nothing was. */
    public Samples samples(String metric) {
        return samples.stream()
                .filter(of -> of.metric().equals(metric))
                .findFirst()
                .orElse(Samples.none(metric));
    }
}
