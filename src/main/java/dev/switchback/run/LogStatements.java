package dev.switchback.run;

import dev.switchback.spool.Batch;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of the log. Each statement looks at about as many rows as it answers, however long the log is: the place
 * where it begins is found by its number, and the bytes are fetched only of the chunks that are wanted.
 */
final class LogStatements {

    /** Two megabytes at most. */
    private static final int CHUNKS_AT_ONCE = 4;

    private static final String COLUMNS = "first_no, leg_no, step_id, attempt, lines";

    /** One round trip: whether it is there already, the count of the run's lines under the fence, and the chunk. */
    static final String APPEND = append("fence = ?");

    static final String APPEND_LATE = append("fence >= ?");

    static final String REMOVED =
            "SELECT log_removed_at, log_kept FROM run WHERE id = ? AND log_removed_at IS NOT NULL";

    static final String EVENTS_REMOVED =
            "SELECT events_removed_at, events_kept FROM run WHERE id = ? AND events_removed_at IS NOT NULL";

    private LogStatements() {}

    private static String append(String fence) {
        return "WITH known AS (SELECT last_no FROM run_log_chunk"
                + " WHERE run_id = ? AND leg_no = ? AND step_id = ? AND attempt = ? AND part = ?),"
                + " counted AS (UPDATE run SET last_line_no = last_line_no + ?"
                + " WHERE id = ? AND " + fence + " AND NOT EXISTS (SELECT 1 FROM known) RETURNING id, last_line_no),"
                + " stored AS (INSERT INTO run_log_chunk"
                + " (run_id, first_no, last_no, leg_no, step_id, attempt, part, lines)"
                + " SELECT id, last_line_no - ? + 1, last_line_no, ?, ?, ?, ?, ? FROM counted RETURNING last_no)"
                + " SELECT last_no FROM stored UNION ALL SELECT last_no FROM known";
    }

    static void bind(PreparedStatement statement, Batch batch) throws SQLException {
        int at = 1;
        statement.setLong(at++, batch.runId());
        statement.setInt(at++, batch.legNo());
        statement.setString(at++, batch.stepId());
        statement.setInt(at++, batch.attempt());
        statement.setLong(at++, batch.part());
        statement.setInt(at++, batch.lines());
        statement.setLong(at++, batch.runId());
        statement.setLong(at++, batch.fence());
        statement.setInt(at++, batch.lines());
        statement.setInt(at++, batch.legNo());
        statement.setString(at++, batch.stepId());
        statement.setInt(at++, batch.attempt());
        statement.setLong(at++, batch.part());
        statement.setBytes(at, batch.bytes());
    }

    /**
     * A statement and what stands for its question marks.
     *
     * @param sql the statement
     * @param parameters numbers and texts, in order
     */
    record Query(String sql, List<Object> parameters) {

        void bind(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
        }
    }

    /** The chunks that hold the lines before a number, nearest last: as few as have that many lines. */
    static Query before(RunLog.Part part, long no, int limit) {
        var parameters = new ArrayList<Object>();
        String sql = "SELECT " + COLUMNS + " FROM (SELECT *, sum(count) OVER (ORDER BY first_no DESC) - count AS nearer"
                + " FROM (SELECT *, least(last_no, ? - 1) - first_no + 1 AS count FROM run_log_chunk";
        parameters.add(no);
        sql += where(part, parameters) + " AND first_no < ? ORDER BY first_no DESC LIMIT ?) c) d"
                + " WHERE nearer < ? ORDER BY first_no";
        parameters.addAll(List.of(no, limit, limit));
        return new Query(sql, parameters);
    }

    /** The chunks that hold the lines after a number: as few as have that many lines. */
    static Query after(RunLog.Part part, long no, int limit) {
        var parameters = new ArrayList<Object>();
        String sql = "SELECT " + COLUMNS + " FROM (SELECT *, sum(count) OVER (ORDER BY first_no) - count AS nearer"
                + " FROM (SELECT *, last_no - greatest(first_no, ? + 1) + 1 AS count FROM run_log_chunk";
        parameters.add(no);
        sql += from(part, no, parameters) + " ORDER BY first_no LIMIT ?) c) d" + " WHERE nearer < ? ORDER BY first_no";
        parameters.addAll(List.of(limit, limit));
        return new Query(sql, parameters);
    }

    /** The next chunks after a number. */
    static Query chunksAfter(RunLog.Part part, long no) {
        var parameters = new ArrayList<Object>();
        String sql = "SELECT " + COLUMNS + " FROM run_log_chunk" + from(part, no, parameters)
                + " ORDER BY first_no LIMIT " + CHUNKS_AT_ONCE;
        return new Query(sql, parameters);
    }

    /** From the chunk on that holds the line after this number. */
    private static String from(RunLog.Part part, long no, List<Object> parameters) {
        String begin = where(part, parameters) + " AND first_no >= coalesce((SELECT first_no FROM run_log_chunk"
                + where(part, parameters) + " AND first_no <= ? ORDER BY first_no DESC LIMIT 1), ?) AND last_no > ?";
        parameters.addAll(List.of(no + 1, no + 1, no));
        return begin;
    }

    private static String where(RunLog.Part part, List<Object> parameters) {
        parameters.add(part.runId());
        var where = new StringBuilder(" WHERE run_id = ?");
        if (part.stepId() != null) {
            parameters.add(part.stepId());
            where.append(" AND step_id = ?");
        }
        if (part.legNo().isPresent()) {
            parameters.add(part.legNo().getAsInt());
            where.append(" AND leg_no = ?");
        }
        return where.toString();
    }
}
