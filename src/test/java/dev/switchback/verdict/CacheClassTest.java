package dev.switchback.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.verdict.CacheClass.Declared;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheClassTest {

    private static CacheClass read(String name, String value) {
        return CacheClass.of(Map.of(name, List.of(value)), Declared.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Cache-Status          | ExampleCache; hit                          | HIT
        cache-status          | Origin; fwd=uri-miss; stored               | MISS
        Cache-Status          | Origin; fwd=stale; fwd-status=304          | MISS
        Cache-Status          | Origin; fwd=bypass                         | BYPASS
        Cache-Status          | Origin; fwd=method                         | BYPASS
        Cache-Status          | Origin; fwd=miss, "Near, you"; hit; ttl=3  | HIT
        Cache-Status          | Origin; hit, Edge; fwd=request             | BYPASS
        X-Cache               | HIT                                        | HIT
        x-cache               | Miss from cloudfront                       | MISS
        X-Cache               | RefreshHit from cloudfront                 | MISS
        X-Cache               | TCP_MEM_HIT                                | HIT
        X-Cache               | TCP_REFRESH_HIT                            | MISS
        X-Cache               | MISS, HIT                                  | HIT
        CF-Cache-Status       | DYNAMIC                                    | BYPASS
        CF-Cache-Status       | EXPIRED                                    | MISS
        CF-Cache-Status       | REVALIDATED                                | MISS
        X-Cache-Status        | STALE                                      | HIT
        X-Cache-Status        | BYPASS                                     | BYPASS
        X-LiteSpeed-Cache     | hit                                        | HIT
        Server-Timing         | cache;desc="hit"                           | HIT
        Server-Timing         | db;dur=53, cdn-cache; desc=MISS            | MISS
        Age                   | 17                                         | HIT
        Age                   | 0                                          | UNKNOWN
        X-Cache               | configured                                 | UNKNOWN
        Content-Type          | text/html                                  | UNKNOWN
        X-DB-Calls            | 0                                          | UNKNOWN
        """)
    void an_answer_says_where_it_came_from(String name, String value, CacheState state) {
        assertThat(read(name, value).state()).isEqualTo(state);
    }

    @Test
    void the_first_rule_that_answers_decides_and_is_told() {
        CacheClass told = CacheClass.of(
                Map.of("X-Cache", List.of("HIT"), "Cache-Status", List.of("A; fwd=miss")), Declared.NOTHING);
        assertThat(told).isEqualTo(new CacheClass(CacheState.MISS, "Cache-Status: A; fwd=miss"));
    }

    @Test
    void what_the_metric_declares_comes_first() {
        var declared = new Declared("X-Where", "redis, local", null);
        assertThat(CacheClass.of(Map.of("X-Where", List.of("local"), "X-Cache", List.of("MISS")), declared)
                        .state())
                .isEqualTo(CacheState.HIT);
        assertThat(CacheClass.of(Map.of("X-Where", List.of("database")), declared)
                        .state())
                .isEqualTo(CacheState.MISS);
        assertThat(CacheClass.of(Map.of("X-Where", List.of("bypass")), declared).state())
                .isEqualTo(CacheState.BYPASS);
    }

    @Test
    void a_page_without_database_calls_came_from_the_page_cache_when_the_header_is_declared() {
        var declared = new Declared(null, null, "X-DB-Calls");
        assertThat(CacheClass.of(Map.of("X-DB-Calls", List.of("0")), declared))
                .isEqualTo(new CacheClass(CacheState.HIT, "X-DB-Calls: 0"));
        assertThat(CacheClass.of(Map.of("X-DB-Calls", List.of("14")), declared).state())
                .isEqualTo(CacheState.MISS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        X-DB-Calls    | 14                          | 14
        Server-Timing | db;desc="11";dur=32         | 11
        Server-Timing | app;dur=3, db;desc=7        | 7
        Server-Timing | db;dur=32                   |
        X-DB-Calls    | many                        |
        """)
    void an_answer_says_how_many_database_calls_it_took(String name, String value, Integer calls) {
        assertThat(CacheClass.dbCalls(Map.of(name, List.of(value)), Declared.NOTHING))
                .isEqualTo(calls);
    }

    @Test
    void a_long_header_is_shortened_where_the_rule_is_told() {
        assertThat(read("X-Cache", "HIT " + "x".repeat(5_000)).rule()).hasSizeLessThan(250);
    }
}
