package dev.switchback.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps answers for a minute unless told otherwise. The keys say which settings an answer was made with ({@code products:table:shoes}), so an
 * answer made with the old ones is never given after a switch. Safe for use by several threads.
 */
final class ProductCache {

    private static final Duration KEPT = Duration.ofSeconds(60);

    private record Entry(Object answer, Instant until) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;

    ProductCache(InstantSource clock) {
        this.clock = clock;
    }

    Optional<Object> find(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> clock.instant().isBefore(entry.until()))
                .map(Entry::answer);
    }

    void put(String key, Object answer) {
        put(key, answer, KEPT);
    }

    void put(String key, Object answer, Duration kept) {
        entries.put(key, new Entry(answer, clock.instant().plus(kept)));
    }

    /** Forgets what begins with the prefix and answers how many entries that were. */
    int clear(String prefix) {
        int before = entries.size();
        entries.keySet().removeIf(key -> key.startsWith(prefix));
        return before - entries.size();
    }
}
