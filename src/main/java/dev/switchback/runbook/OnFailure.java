package dev.switchback.runbook;

/** What a run does by itself when a step fails. */
public enum OnFailure {
    /** It waits for a person; the default. */
    ASK,
    /** It rolls back. */
    ROLLBACK;

    static OnFailure of(String word) {
        return word.equals("rollback") ? ROLLBACK : ASK;
    }
}
