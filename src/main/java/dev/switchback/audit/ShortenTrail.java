package dev.switchback.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Removes the oldest batches once they have been kept long enough, each time leaving in their place what the chain needs
 * to stand on, and an entry of its own. The database itself refuses what is younger than 90 days.
 */
public final class ShortenTrail {

    /** Nothing younger can be removed. */
    public static final Duration SHORTEST = Duration.ofDays(90);

    private static final int AT_ONCE = 100;

    /** The last of the oldest batches that were sealed so long ago; never the last of all. */
    private static final String FIND = "SELECT max(number) FROM (SELECT number, sealed_at FROM audit_batch"
            + " WHERE number < (SELECT number FROM audit_head) ORDER BY number LIMIT " + AT_ONCE + ") b"
            + " WHERE sealed_at < clock_timestamp() - ? * interval '1 second'"
            + " AND number < coalesce((SELECT min(y.number) FROM audit_batch y WHERE"
            + " y.sealed_at >= clock_timestamp() - ? * interval '1 second'), number + 1)";

    private static final String NOTE = "INSERT INTO audit_entry (actor, means, instance, action, kind, object, note)"
            + " VALUES ('switchback', 'system', 'retention', 'audit.remove', 'audit', ?, ?)";

    private final DataSource database;

    /** On this database. */
    public ShortenTrail(DataSource database) {
        this.database = database;
    }

    /**
     * Removes what is older.
     *
     * @param kept at least {@link #SHORTEST}
     * @return how many entries
     */
    public long remove(Duration kept) throws SQLException {
        if (kept.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "switchback.retention.audit is " + kept + "; expected at least 90 days, or nothing for ever");
        }
        long removed = 0;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long batch = find(connection, kept);
                while (batch > 0) {
                    removed += remove(connection, batch);
                    connection.commit();
                    batch = find(connection, kept);
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        return removed;
    }

    private static long find(Connection connection, Duration kept) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setLong(1, kept.toSeconds());
            find.setLong(2, kept.toSeconds());
            try (ResultSet row = find.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long remove(Connection connection, long batch) throws SQLException {
        long entries;
        try (PreparedStatement remove = connection.prepareStatement("SELECT audit_remove(?)")) {
            remove.setLong(1, batch);
            try (ResultSet row = remove.executeQuery()) {
                row.next();
                entries = row.getLong(1);
            }
        }
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            note.setString(1, "up to batch " + batch);
            note.setString(2, entries + " entries were removed by retention");
            note.executeUpdate();
        }
        return entries;
    }
}
