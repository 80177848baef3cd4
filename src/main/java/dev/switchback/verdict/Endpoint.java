package dev.switchback.verdict;

import java.util.Arrays;

/** What is looked at in a metric. */
public enum Endpoint {
    /** The median response time, ratio after to before. */
    P50("p50", "p50", 0.10, 5, 200, 100),
    /** The response time that one request in twenty exceeds, ratio after to before. */
    P95("p95", "p95", 0.25, 10, 400, 200),
    /** The share of failed requests, difference in points. */
    ERRORS("errors", "failed requests", 0.01, 0, 20, 20),
    /** Database calls a request, difference in calls. */
    DB_CALLS("dbCalls", "database calls a request", 0.05, 0.5, 20, 20),
    /** The share of answers from a cache, difference in points. */
    HIT_RATIO("hitRatio", "cache hits", 0.10, 0, 20, 20),
    /** A number that was read, ratio after to before (difference when one of them is zero or negative). */
    VALUE("value", "value", 0.10, 0, 10, 10);

    private final String key;
    private final String words;
    private final double threshold;
    private final double floor;
    private final int needed;
    private final int neededWhenImported;

    Endpoint(String key, String words, double threshold, double floor, int needed, int neededWhenImported) {
        this.key = key;
        this.words = words;
        this.threshold = threshold;
        this.floor = floor;
        this.needed = needed;
        this.neededWhenImported = neededWhenImported;
    }

    /** As files and the API spell it. */
    public String key() {
        return key;
    }

    /** The endpoint that files spell so. */
    public static Endpoint of(String key) {
        return Arrays.stream(values())
                .filter(endpoint -> endpoint.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no endpoint " + key));
    }

    /** As sentences say it. */
    public String words() {
        return words;
    }

    /** The smallest change that matters unless declared: 0.10 is 10 %, or 10 points for shares. */
    public double threshold() {
        return threshold;
    }

    /** The smallest change that matters in ms or calls, however small the value. */
    public double floor() {
        return floor;
    }

    /** How many samples a side are needed to judge it: successful requests for times, requests for shares. */
    public int needed(boolean imported) {
        return imported ? neededWhenImported : needed;
    }

    /** Whether it is a response time. */
    public boolean time() {
        return this == P50 || this == P95;
    }

    /** Whether it is a share of requests; its changes are points. */
    public boolean share() {
        return this == ERRORS || this == HIT_RATIO;
    }
}
