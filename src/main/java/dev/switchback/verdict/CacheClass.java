package dev.switchback.verdict;

import java.util.List;
import java.util.Map;

/**
 * What one answer says about caches, and which rule told it: the first of the rules of docs/verdict.md that answers.
 *
 * @param state what it says
 * @param rule which rule told it: "Cache-Status", "X-Cache: HIT", "Age", "unknown"
 */
public record CacheClass(CacheState state, String rule) {

    /** Nothing in the answer tells. */
    public static final CacheClass UNKNOWN = new CacheClass(CacheState.UNKNOWN, "unknown");

    /**
     * What the headers of an answer say.
     *
     * @param headers the headers of the answer, all values of each; names in any case
     * @param declared what the metric declares about its headers
     */
    public static CacheClass of(Map<String, List<String>> headers, Declared declared) {
        return CacheRules.read(headers, declared);
    }

    /**
     * How many database calls the answer says it took: the declared header, {@code X-DB-Calls}, or {@code Server-Timing:
     * db;desc="14"}; null when it says nothing.
     */
    public static Integer dbCalls(Map<String, List<String>> headers, Declared declared) {
        return CacheRules.dbCalls(headers, declared);
    }

    /**
     * What a metric declares; each may be null.
     *
     * @param cacheHeader the header that tells
     * @param cacheHit the value that means a hit, in any case; null: the usual words
     * @param dbCallsHeader the header with the number of database calls
     */
    public record Declared(String cacheHeader, String cacheHit, String dbCallsHeader) {

        /** Nothing is declared. */
        public static final Declared NOTHING = new Declared(null, null, null);
    }
}
