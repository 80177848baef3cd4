package dev.switchback.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Who watches which run. A lease of its own, because a run that waits for a person has no driver; every decision is one
 * statement by the clock of the database, and a write with an old fence changes nothing.
 */
@ApplicationScoped
class WatchStore {

    private static final String LATER = "clock_timestamp() + ? * interval '1 millisecond'";

    private static final String IS_FREE =
            "state = 'running' AND coalesce(lease_until, '-infinity') < clock_timestamp()";

    static final String FREE = "SELECT run_id FROM run_watching WHERE " + IS_FREE + " ORDER BY run_id LIMIT 100";

    private static final String TAKE = "UPDATE run_watching SET instance = ?, fence = fence + 1, lease_until = " + LATER
            + " WHERE run_id = ? AND " + IS_FREE + " RETURNING fence";

    private static final String MINE = " WHERE run_id = ? AND fence = ? AND state = 'running'";

    private static final String KEEP = "UPDATE run_watching SET lease_until = " + LATER + MINE;

    private static final String LOOKED =
            "UPDATE run_watching SET asked_at = clock_timestamp(), lease_until = " + LATER + MINE;

    private static final String END = "UPDATE run_watching SET state = 'over', lease_until = NULL" + MINE;

    private static final String HOLD_FENCE = "SELECT 1 FROM run_watching" + MINE + " FOR UPDATE";

    @Inject
    DataSource database;

    /** Runs that nobody watches just now and somebody should. */
    List<Long> free() {
        try (Connection connection = database.getConnection();
                PreparedStatement ask = connection.prepareStatement(FREE);
                ResultSet rows = ask.executeQuery()) {
            var ids = new ArrayList<Long>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        } catch (SQLException e) {
            throw trouble("runs to be watched could not be looked for", e);
        }
    }

    Optional<Lease> take(long runId, String instance, Duration lease) {
        try (Connection connection = database.getConnection();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, instance);
            take.setLong(2, lease.toMillis());
            take.setLong(3, runId);
            try (ResultSet row = take.executeQuery()) {
                return row.next() ? Optional.of(new Lease(runId, row.getLong(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw trouble("the watching of run " + runId + " could not be taken", e);
        }
    }

    /** After a start: what this instance watched before is free at once. */
    void release(String instance) {
        try (Connection connection = database.getConnection();
                PreparedStatement release = connection.prepareStatement(
                        "UPDATE run_watching SET lease_until = NULL WHERE instance = ? AND state = 'running'")) {
            release.setString(1, instance);
            release.executeUpdate();
        } catch (SQLException e) {
            throw trouble("the watching of " + instance + " could not be given back", e);
        }
    }

    /** This instance lets go; another one may go on at once. */
    void release(Lease lease) {
        update("UPDATE run_watching SET lease_until = NULL" + MINE, lease, null);
    }

    /** In the middle of a long look: the lease goes on. @return whether it is still ours */
    boolean keep(Lease lease, Duration duration) {
        return update(KEEP, lease, duration);
    }

    /** Everything was asked. @return whether it is still ours */
    boolean looked(Lease lease, Duration duration) {
        return update(LOOKED, lease, duration);
    }

    /** The run is over, and with it the watching. */
    void end(Lease lease) {
        update(END, lease, null);
    }

    private boolean update(String sql, Lease lease, Duration duration) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            int at = 1;
            if (duration != null) {
                update.setLong(at++, duration.toMillis());
            }
            update.setLong(at++, lease.runId());
            update.setLong(at, lease.fence());
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw trouble("the watching of run " + lease.runId() + " could not be written", e);
        }
    }

    /** Whether it is still ours, held until the end of the transaction to which this connection belongs. */
    static boolean holds(Connection connection, Lease lease) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(HOLD_FENCE)) {
            ask.setLong(1, lease.runId());
            ask.setLong(2, lease.fence());
            try (ResultSet row = ask.executeQuery()) {
                return row.next();
            }
        }
    }

    private static IllegalStateException trouble(String what, SQLException e) {
        return new IllegalStateException(what + ": " + e.getMessage(), e);
    }
}
