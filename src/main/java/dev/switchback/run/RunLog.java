package dev.switchback.run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * Reads and writes the log of runs, in chunks. Every line is stored once, in order; numbers have no gaps. A write
 * carries the fence of its driver's lease: who lost the lease writes nothing.
 */
@ApplicationScoped
public class RunLog {

    private static final String COLUMNS = "SELECT first_no, leg_no, step_id, attempt, lines FROM run_log_chunk";

    @Inject
    DataSource database;

    /**
     * Which part of the log.
     *
     * @param runId the run
     * @param stepId only this step; null for the whole run
     * @param legNo only this leg; empty for every leg
     */
    public record Part(long runId, String stepId, OptionalInt legNo) {
        public static Part whole(long runId) {
            return new Part(runId, null, OptionalInt.empty());
        }

        public static Part step(long runId, String stepId) {
            return new Part(runId, stepId, OptionalInt.empty());
        }

        private String where() {
            return " WHERE run_id = ?" + (stepId == null ? "" : " AND step_id = ?")
                    + (legNo.isEmpty() ? "" : " AND leg_no = ?");
        }

        private int bind(PreparedStatement statement) throws SQLException {
            int at = 1;
            statement.setLong(at++, runId);
            if (stepId != null) {
                statement.setString(at++, stepId);
            }
            if (legNo.isPresent()) {
                statement.setInt(at++, legNo.getAsInt());
            }
            return at;
        }
    }

    /** The newest lines, in order. */
    public List<LogLine> newest(Part part, int limit) {
        return before(part, Long.MAX_VALUE, limit);
    }

    /** The lines before this number that are nearest to it, in order. */
    public List<LogLine> before(Part part, long no, int limit) {
        var newestFirst = new ArrayList<LogLine>();
        query(COLUMNS + part.where() + " AND first_no < ? ORDER BY first_no DESC", part, no, chunk -> {
            for (int i = chunk.size() - 1; i >= 0 && newestFirst.size() < limit; i--) {
                if (chunk.get(i).no() < no) {
                    newestFirst.add(chunk.get(i));
                }
            }
            return newestFirst.size() < limit;
        });
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The lines after this number, in order. */
    public List<LogLine> after(Part part, long no, int limit) {
        var lines = new ArrayList<LogLine>();
        query(COLUMNS + part.where() + " AND last_no > ? ORDER BY first_no", part, no, chunk -> {
            for (LogLine line : chunk) {
                if (line.no() > no && lines.size() < limit) {
                    lines.add(line);
                }
            }
            return lines.size() < limit;
        });
        return lines;
    }

    /** Takes the lines of one chunk; false ends the reading. */
    private interface ChunkReader {
        boolean take(List<LogLine> chunk);
    }

    /** Reads over a connection of its own: a cursor needs to end its transaction, which the caller's must survive. */
    private void query(String sql, Part part, long no, ChunkReader reader) {
        QuarkusTransaction.suspendingExisting().run(() -> read(sql, part, no, reader));
    }

    private void read(String sql, Part part, long no, ChunkReader reader) {
        try (Connection connection = database.getConnection()) {
            // Without this the driver would read the whole log into memory before the first row.
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(16);
                statement.setLong(part.bind(statement), no);
                try (ResultSet rows = statement.executeQuery()) {
                    boolean more = true;
                    while (more && rows.next()) {
                        more = reader.take(LogChunk.read(
                                rows.getLong(1), rows.getInt(2), rows.getString(3), rows.getInt(4), rows.getBytes(5)));
                    }
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the log could not be read", e);
        }
    }

    /** Told when the driver's lease is gone: somebody else drives the run now. */
    public static final class LostLeaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LostLeaseException(long runId) {
            super("run " + runId + " is driven by somebody else now");
        }
    }

    /**
     * Appends lines of an attempt.
     *
     * @return the number of the last line
     * @throws LostLeaseException when the fence is old; nothing was written
     */
    long append(long runId, long fence, int legNo, String stepId, int attempt, LogChunk.Builder chunk)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long last = count(connection, runId, fence, chunk.lines());
                insert(connection, runId, last - chunk.lines() + 1, last, legNo, stepId, attempt, chunk.toBytes());
                connection.commit();
                return last;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static long count(Connection connection, long runId, long fence, int lines) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE run SET last_line_no = last_line_no + ? WHERE id = ? AND fence = ? RETURNING last_line_no")) {
            update.setInt(1, lines);
            update.setLong(2, runId);
            update.setLong(3, fence);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    throw new LostLeaseException(runId);
                }
                return row.getLong(1);
            }
        }
    }

    private static void insert(
            Connection connection,
            long runId,
            long first,
            long last,
            int legNo,
            String stepId,
            int attempt,
            byte[] lines)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO run_log_chunk (run_id, first_no, last_no, leg_no, step_id, attempt, lines)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, runId);
            insert.setLong(2, first);
            insert.setLong(3, last);
            insert.setInt(4, legNo);
            insert.setString(5, stepId);
            insert.setInt(6, attempt);
            insert.setBytes(7, lines);
            insert.executeUpdate();
        }
    }
}
