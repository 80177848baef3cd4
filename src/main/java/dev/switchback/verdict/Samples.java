package dev.switchback.verdict;

import java.util.List;
import java.util.Map;

/**
 * What was measured of one metric in one leg: requests, or numbers read.
 *
 * @param metric its name
 * @param conditions what must be equal on both sides, name and value: target, method, input list, headers
 * @param requests one for each request, in any order; empty for a metric that reads numbers
 * @param readings one for each number read, in any order; empty for a metric that sends requests
 * @param plannedRate requests a second that were planned; null when there was no plan (imported, numbers)
 * @param achievedRate requests a second that were sent within the blocks; null when unknown
 */
public record Samples(
        String metric,
        Map<String, String> conditions,
        List<Sample> requests,
        List<Reading> readings,
        Double plannedRate,
        Double achievedRate) {

    public Samples {
        conditions = Map.copyOf(conditions);
        requests = List.copyOf(requests);
        readings = List.copyOf(readings);
    }

    /** Nothing was measured. */
    public static Samples none(String metric) {
        return new Samples(metric, Map.of(), List.of(), List.of(), null, null);
    }

    /** Requests without a plan. */
    public static Samples requests(String metric, List<Sample> requests) {
        return new Samples(metric, Map.of(), requests, List.of(), null, null);
    }

    /** Numbers that were read. */
    public static Samples readings(String metric, List<Reading> readings) {
        return new Samples(metric, Map.of(), List.of(), readings, null, null);
    }

    /** Whether nothing at all was measured. */
    public boolean isEmpty() {
        return requests.isEmpty() && readings.isEmpty();
    }
}
