package dev.switchback.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Closes entries into batches. Entries become visible in another order than they are numbered, so a batch may only hold
 * numbers below which nothing can appear any more: it looks how far the numbers are, takes a transaction number after that,
 * and waits, without holding anything up, until every older transaction is over. An entry takes its number after its
 * transaction took one, so whoever still writes below is one of those. Several instances may try at once; one does it.
 */
final class SealBatches {

    private static final long LOCK = 0x5357_4253_0017L;
    private static final int AT_MOST = 1_000;

    private static final String END = "SELECT CASE WHEN s.is_called THEN s.last_value ELSE 0 END, h.chain, h.number,"
            + " h.hash, h.last_entry FROM audit_entry_no s, audit_head h";

    private static final String INSERT =
            "INSERT INTO audit_batch (" + Batch.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Optional<Chain.Key> key;
    private Mark mark;
    private long done;

    /**
     * How far the numbers were at some moment.
     *
     * @param entry the highest number that was taken
     * @param transaction a transaction that began afterwards
     */
    private record Mark(long entry, long transaction) {}

    /**
     * The end of the chain.
     *
     * @param taken the highest number that an entry took
     * @param chain the name of the chain
     * @param number of the last batch, 0 for none
     * @param hash of the last batch
     * @param last the number of the last entry in it
     */
    record End(long taken, String chain, long number, String hash, long last) {}

    SealBatches(Optional<Chain.Key> key) {
        this.key = key;
    }

    /** Where the chain ends now. */
    static End end(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(END);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new End(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4), row.getLong(5));
        }
    }

    /**
     * Seals what nothing can be added to any more; what can waits for the next call.
     *
     * @param connection which commits by itself
     * @return how many entries
     */
    int seal(Connection connection, Instant now) throws SQLException {
        if (mark == null) {
            long taken = end(connection).taken();
            if (taken <= done) {
                return 0;
            }
            mark = new Mark(taken, number(connection, "SELECT pg_current_xact_id()::text::bigint"));
        }
        if (number(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint") <= mark.transaction()) {
            return 0;
        }
        int sealed = 0;
        int batch = AT_MOST;
        while (batch == AT_MOST) {
            batch = inTransaction(connection, now);
            sealed += Math.max(batch, 0);
        }
        if (batch >= 0) {
            done = mark.entry();
            mark = null;
        }
        return sealed;
    }

    /** How many entries one batch got; negative when another instance is at it. */
    private int inTransaction(Connection connection, Instant now) throws SQLException {
        connection.setAutoCommit(false);
        try {
            int sealed = isOurs(connection) ? batch(connection, now) : -1;
            connection.commit();
            return sealed;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static boolean isOurs(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(" + LOCK + ")");
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private int batch(Connection connection, Instant now) throws SQLException {
        End end = end(connection);
        List<TrailEntry> entries = entries(connection, end.last(), mark.entry());
        if (!entries.isEmpty()) {
            insert(connection, Batch.of(end.number() + 1, end.hash(), entries, now, key.orElse(null)));
        }
        return entries.size();
    }

    private static List<TrailEntry> entries(Connection connection, long after, long upTo) throws SQLException {
        var entries = new ArrayList<TrailEntry>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TrailEntry.COLUMNS
                + " FROM audit_entry e WHERE e.id > ? AND e.id <= ? ORDER BY e.id LIMIT " + AT_MOST)) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(TrailEntry.read(row));
                }
            }
        }
        return entries;
    }

    private static void insert(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, batch.number());
            insert.setLong(2, batch.first());
            insert.setLong(3, batch.last());
            insert.setInt(4, batch.entries());
            insert.setString(5, batch.leaves());
            insert.setString(6, batch.previous());
            insert.setString(7, batch.hash());
            insert.setString(8, batch.seal());
            insert.setString(9, batch.sealKey());
            insert.setObject(10, batch.sealedAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
