package dev.switchback.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProductCacheTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final ProductCache cache = new ProductCache(now::get);

    @Test
    void keeps_an_answer_for_a_minute() {
        cache.put("products:file:shoes", "shoes");
        now.set(now.get().plusSeconds(59));
        assertThat(cache.find("products:file:shoes")).contains("shoes");
        now.set(now.get().plusSeconds(1));
        assertThat(cache.find("products:file:shoes")).isEmpty();
    }

    @Test
    void forgets_only_what_begins_with_the_prefix() {
        cache.put("products:file:shoes", "old");
        cache.put("products:table:shoes", "new");
        assertThat(cache.clear("products:file:")).isEqualTo(1);
        assertThat(cache.find("products:table:shoes")).contains("new");
        assertThat(cache.clear("")).isEqualTo(1);
    }
}
