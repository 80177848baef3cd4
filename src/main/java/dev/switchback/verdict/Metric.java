package dev.switchback.verdict;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One metric as it was declared before anything was measured.
 *
 * @param name its name
 * @param metricClass which state of the caches it is about
 * @param higherIsBetter for {@link Endpoint#VALUE} only; false is the default of files
 * @param unit of the numbers that are read ("s", "rows"), empty when it has none; requests are in ms
 * @param declared whether it was declared; one that was not is explored: shown, never part of the whole
 * @param imported whether other tools took the samples: no steady check, fewer samples are enough
 * @param judge the endpoints and what is intended for each; {@link Endpoint#ERRORS} of a metric that sends requests is
 *     always looked at, {@link Intent#KEEP} unless stated
 * @param thresholds the smallest changes that matter where they are not the default, 0.1 is 10 % or 10 points
 * @param secondsPerBlock how long one more block takes, its pause included; null when unknown
 */
public record Metric(
        String name,
        MetricClass metricClass,
        boolean higherIsBetter,
        String unit,
        boolean declared,
        boolean imported,
        Map<Endpoint, Intent> judge,
        Map<Endpoint, Double> thresholds,
        Double secondsPerBlock) {

    public Metric {
        judge = ordered(judge);
        thresholds = ordered(thresholds);
    }

    private static <V> Map<Endpoint, V> ordered(Map<Endpoint, V> given) {
        var ordered = new EnumMap<Endpoint, V>(Endpoint.class);
        ordered.putAll(given);
        return Collections.unmodifiableMap(ordered);
    }

    /** A declared metric that sends requests, with the default thresholds. */
    public static Metric requests(String name, MetricClass metricClass, Map<Endpoint, Intent> judge) {
        return new Metric(name, metricClass, false, "", true, false, judge, Map.of(), null);
    }

    /** A declared metric that reads numbers, smaller ones being better, with the default threshold. */
    public static Metric numbers(String name, String unit, Intent intent) {
        return new Metric(
                name, MetricClass.ANY, false, unit, true, false, Map.of(Endpoint.VALUE, intent), Map.of(), null);
    }

    /** The smallest change that matters: 0.1 is 10 %, or 10 points for shares. */
    public double threshold(Endpoint endpoint) {
        return thresholds.getOrDefault(endpoint, endpoint.threshold());
    }
}
