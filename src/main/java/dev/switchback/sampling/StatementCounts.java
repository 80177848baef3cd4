package dev.switchback.sampling;

import java.util.List;

/**
 * What {@code pg_stat_statements} counted while an http metric was taken, all blocks together.
 *
 * @param requests how many requests it is about
 * @param callsPerRequest calls a request, what goes on without us taken away
 * @param idleCallsPerSecond what goes on without us
 * @param idleSeconds for how long that was watched
 * @param database which database; all its users are counted
 * @param statsResetBefore when the counters began, before the first block; null when this version does not tell
 * @param statsResetAfter and after the last
 * @param deallocBefore how many statements were dropped for want of room, before the first block
 * @param deallocAfter and after the last
 * @param statements each statement that was called, the most often called first
 */
public record StatementCounts(
        long requests,
        double callsPerRequest,
        double idleCallsPerSecond,
        double idleSeconds,
        String database,
        String statsResetBefore,
        String statsResetAfter,
        Long deallocBefore,
        Long deallocAfter,
        List<Row> statements) {

    public StatementCounts {
        statements = List.copyOf(statements);
    }

    /**
     * One statement.
     *
     * @param queryId its number in this database
     * @param text its text without values, at most 500 characters
     * @param calls how often it was called in all blocks together, nothing taken away
     * @param idleCalls how many of these would have been called without us, by what was seen while nothing was sent
     * @param execMs how long that took the database
     * @param rows how many rows it gave or changed
     * @param sharedHit blocks found in the buffer cache
     * @param sharedRead blocks that were not
     */
    public record Row(
            String queryId,
            String text,
            long calls,
            double idleCalls,
            double execMs,
            long rows,
            long sharedHit,
            long sharedRead) {}
}
