package dev.switchback.run;

import dev.switchback.spool.Batch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Reads and writes the log of runs, in chunks. Every line is stored once, in order; numbers have no gaps. A write
 * carries the fence of its driver's lease: who lost the lease writes nothing. No reading holds a transaction open or
 * more in memory than it was asked for.
 */
@ApplicationScoped
public class RunLog implements LogStore {

    /** Grows with every batch, and no other process has the same: nobody reads its clock at the same tick as we began. */
    private static final AtomicLong PARTS =
            new AtomicLong(System.currentTimeMillis() << 20 | System.nanoTime() & 0xFFFFF);

    @Inject
    DataSource database;

    /** Connections for what steps print, so that many pages at once hold up no step, and many steps no page. */
    @Inject
    @io.quarkus.agroal.DataSource("log")
    DataSource own;

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
    }

    /** The newest lines, in order. */
    public List<LogLine> newest(Part part, int limit) {
        return before(part, Long.MAX_VALUE, limit);
    }

    /** The lines before this number that are nearest to it, in order. */
    public List<LogLine> before(Part part, long no, int limit) {
        var lines = new ArrayList<LogLine>();
        LogStatements.Query query = LogStatements.before(part, no, limit);
        read(query, chunk -> chunk.stream().filter(line -> line.no() < no).forEach(lines::add));
        return lines.size() <= limit ? lines : new ArrayList<>(lines.subList(lines.size() - limit, lines.size()));
    }

    /** The lines after this number, in order. */
    public List<LogLine> after(Part part, long no, int limit) {
        var lines = new ArrayList<LogLine>();
        LogStatements.Query query = LogStatements.after(part, no, limit);
        read(
                query,
                chunk -> chunk.stream()
                        .filter(line -> line.no() > no && lines.size() < limit)
                        .forEach(lines::add));
        return lines;
    }

    /**
     * The next whole chunks after this number: what long readings are made of, a megabyte or so at a time.
     *
     * @return the lines in order; none when nothing follows
     */
    public List<LogLine> chunksAfter(Part part, long no) {
        var lines = new ArrayList<LogLine>();
        read(
                LogStatements.chunksAfter(part, no),
                chunk -> chunk.stream().filter(line -> line.no() > no).forEach(lines::add));
        return lines;
    }

    /** What is not there any more because it was kept long enough. */
    record Removed(Instant at, String kept) {}

    /** When the log of a run was removed; empty when it was not. */
    Optional<Removed> removed(long runId) {
        return removed(runId, LogStatements.REMOVED);
    }

    /** When the events of a run were removed; empty when they were not. */
    Optional<Removed> eventsRemoved(long runId) {
        return removed(runId, LogStatements.EVENTS_REMOVED);
    }

    private Optional<Removed> removed(long runId, String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Removed(row.getTimestamp(1).toInstant(), row.getString(2)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("it could not be asked whether the log is there", e);
        }
    }

    /** Takes the lines of one chunk. */
    private interface ChunkReader {
        void take(List<LogLine> chunk);
    }

    private void read(LogStatements.Query query, ChunkReader reader) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query.sql())) {
            query.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.take(LogChunk.read(
                            rows.getLong(1), rows.getInt(2), rows.getString(3), rows.getInt(4), rows.getBytes(5)));
                }
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

    /** A name for the next batch of an attempt. */
    static long nextPart() {
        return PARTS.incrementAndGet();
    }

    /**
     * Stores lines as a part of the caller's transaction.
     *
     * @return the number of the last line
     * @throws LostLeaseException when the fence is old; nothing was written
     */
    public long append(Batch batch) throws SQLException {
        return append(database, batch, LogStatements.APPEND);
    }

    @Override
    public long store(Batch batch) throws SQLException {
        return append(own, batch, LogStatements.APPEND);
    }

    @Override
    public long storeLate(Batch batch) throws SQLException {
        return append(own, batch, LogStatements.APPEND_LATE);
    }

    private static long append(DataSource over, Batch batch, String sql) throws SQLException {
        try (Connection connection = over.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            LogStatements.bind(statement, batch);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new LostLeaseException(batch.runId());
                }
                return row.getLong(1);
            }
        }
    }
}
