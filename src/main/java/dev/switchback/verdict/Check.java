package dev.switchback.verdict;

/**
 * One answer to "can the two sides be compared?".
 *
 * @param key for programs: target, changes, prober, load, cache, errors, steady
 * @param state whether it holds
 * @param title what is asked, a few words
 * @param words the answer with its numbers, one line
 */
public record Check(String key, State state, String title, String words) {

    /** Whether it holds. */
    public enum State {
        HOLDS,
        FAILS,
        UNKNOWN
    }
}
