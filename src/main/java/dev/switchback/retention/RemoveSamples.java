package dev.switchback.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Removes the samples of measurements that were stored long enough ago; their hashes stay, and so does what was judged of
 * them. In small transactions, by one instance at a time. Interrupted at any moment, it goes on with the next call.
 */
final class RemoveSamples {

    private static final int AT_ONCE = 100;

    /** The oldest that are kept: when none of them is old enough, none at all is, because they are numbered in time. */
    private static final String OLDEST = "SELECT s.metric_id, s.part FROM (SELECT metric_id, part"
            + " FROM measurement_samples WHERE samples IS NOT NULL ORDER BY metric_id LIMIT " + AT_ONCE + ") s"
            + " JOIN measurement_metric m ON m.id = s.metric_id JOIN measurement x ON x.id = m.measurement_id"
            + " WHERE x.created_at < clock_timestamp() - ? * interval '1 second'";

    private static final String REMOVE = "UPDATE measurement_samples SET samples = NULL, removed_at = clock_timestamp()"
            + " WHERE (metric_id, part) IN (" + OLDEST + ")";

    private final DataSource database;

    RemoveSamples(DataSource database) {
        this.database = database;
    }

    /**
     * Removes what was stored longer ago than it is kept.
     *
     * @return how many parts
     */
    int remove(Duration kept) throws SQLException {
        int parts = 0;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int done = batch(connection, kept);
                while (done > 0) {
                    parts += done;
                    connection.commit();
                    done = batch(connection, kept);
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        return parts;
    }

    private static int batch(Connection connection, Duration kept) throws SQLException {
        if (!isOurs(connection)) {
            return 0;
        }
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setDouble(1, kept.toMillis() / 1000.0);
            return remove.executeUpdate();
        }
    }

    private static boolean isOurs(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(" + RemoveOld.LOCK + ")");
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
