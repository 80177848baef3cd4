package dev.switchback.verdict;

/** What an answer tells about the cache it came through. */
public enum CacheState {
    /** Served from a cache. */
    HIT,
    /** Made freshly, and could have been served from a cache. */
    MISS,
    /** The cache was gone around on purpose. */
    BYPASS,
    /** Nothing in the answer tells. */
    UNKNOWN
}
