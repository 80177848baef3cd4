package dev.switchback.verdict;

/** The state in which something was measured. After a rollback it is {@link #BEFORE} again. */
public enum Side {
    BEFORE,
    AFTER
}
