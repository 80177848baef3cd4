package dev.switchback.edit;

import dev.switchback.shape.ObjectShape;
import java.util.List;
import java.util.Map;

/**
 * What the form suggests for a field; anything else may be typed.
 *
 * @param id the id of the list
 * @param entries what is suggested
 */
public record Suggestions(String id, List<Entry> entries) {

    private static final Map<String, String> KIND_OF_TARGET = Map.ofEntries(
            Map.entry("shell", "shell"),
            Map.entry("ssh", "ssh"),
            Map.entry("http", "http"),
            Map.entry("sql", "jdbc"),
            Map.entry("query", "jdbc"),
            Map.entry("redis", "redis"),
            Map.entry("kubernetes", "kubernetes"),
            Map.entry("prometheus", "prometheus"),
            Map.entry("httpMetric", "http"),
            Map.entry("prometheusMetric", "prometheus"),
            Map.entry("sqlMetric", "jdbc"),
            Map.entry("shellMetric", "shell"),
            Map.entry("statementsMetric", "jdbc"),
            Map.entry("probe", "http"),
            Map.entry("plan", "jdbc"),
            Map.entry("realisticData", "jdbc"));

    /**
     * One suggestion.
     *
     * @param value what would be typed
     * @param about what else to know about it, or empty
     */
    public record Entry(String value, String about) {}

    /** The id of the list of targets that an action of this shape can have. */
    static String targetsOf(ObjectShape action) {
        String kind = KIND_OF_TARGET.get(action.name());
        return kind == null ? "targets" : "targets-" + kind;
    }
}
