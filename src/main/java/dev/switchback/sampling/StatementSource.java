package dev.switchback.sampling;

import dev.switchback.step.CouldNotAskException;
import java.util.Map;

/** The counters of a database, asked again and again over one connection. */
interface StatementSource extends AutoCloseable {

    /**
     * What it has counted until now.
     *
     * @throws CouldNotAskException when it cannot be asked, or does not count
     */
    Snapshot now();

    /** The database that is asked. */
    String database();

    @Override
    void close();

    /**
     * The counters at one moment.
     *
     * @param atNanos of {@link System#nanoTime()}
     * @param statsReset since when they count; null when this version does not tell
     * @param dealloc how often statements were dropped for want of room; null when this version does not tell
     * @param rows by the number of the statement
     */
    record Snapshot(long atNanos, String statsReset, Long dealloc, Map<String, Counted> rows) {}

    /**
     * What was counted for one statement, all users together.
     *
     * @param text without values, at most 500 characters
     */
    record Counted(String text, long calls, double execMs, long rows, long sharedHit, long sharedRead) {

        static final Counted NOTHING = new Counted("", 0, 0, 0, 0, 0);

        Counted minus(Counted other) {
            return new Counted(
                    text,
                    calls - other.calls,
                    execMs - other.execMs,
                    rows - other.rows,
                    sharedHit - other.sharedHit,
                    sharedRead - other.sharedRead);
        }

        Counted plus(Counted other) {
            return new Counted(
                    text,
                    calls + other.calls,
                    execMs + other.execMs,
                    rows + other.rows,
                    sharedHit + other.sharedHit,
                    sharedRead + other.sharedRead);
        }
    }
}
