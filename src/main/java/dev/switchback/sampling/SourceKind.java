package dev.switchback.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;

/** Where the numbers of a metric come from. */
public enum SourceKind {
    /** Requests that Switchback sends itself. */
    HTTP,
    /** A query that a Prometheus answers. */
    PROMETHEUS,
    /** The value of a query. */
    SQL,
    /** The last line that a command prints. */
    SHELL,
    /** What {@code pg_stat_statements} counts while an http metric is taken. */
    STATEMENTS;

    /** As files and the API spell it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The source that a metric names.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static SourceKind of(JsonNode metric) {
        return Arrays.stream(values())
                .filter(kind -> metric.hasNonNull(kind.key()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("a metric needs one of http, prometheus, sql, shell, statements"));
    }
}
