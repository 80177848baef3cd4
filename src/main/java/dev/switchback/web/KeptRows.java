package dev.switchback.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.qute.RawString;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * Rows of lists as HTML: when a list is written again, most of its rows are the same. Their key is all that they are
 * written from, so that none is ever out of date. Safe for use by several threads.
 */
@ApplicationScoped
public class KeptRows {

    private static final int AT_MOST = 4_000;

    private final Cache<String, String> rows =
            Caffeine.newBuilder().maximumSize(AT_MOST).build();

    /**
     * Rows, one after the other.
     *
     * @param seen all that a row is written from, its kind included
     * @param write writes one that is not kept
     */
    public <T> RawString of(List<T> all, Function<T, String> seen, Function<T, String> write) {
        var html = new StringBuilder();
        all.forEach(row -> html.append(rows.get(seen.apply(row), key -> write.apply(row))));
        return new RawString(html.toString());
    }
}
