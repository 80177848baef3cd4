package dev.switchback.verdict;

import java.util.Locale;

/** Which state of the caches a metric is about. */
public enum MetricClass {
    WARM,
    COLD,
    ANY;

    /** As files and the API spell it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
