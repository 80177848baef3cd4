package dev.switchback.engine;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;

/**
 * The rows from which the scheduler picks: one for each run that needs a driver, named by the number of the run. Who
 * makes a run due writes the run only; the row follows from it, whoever wrote the run and whatever happened in between.
 */
@ApplicationScoped
class Queue {

    /** The name of the task. */
    static final String DRIVE = "drive-run";

    private static final String FILL = "INSERT INTO scheduled_tasks"
            + " (task_name, task_instance, execution_time, picked, version)"
            + " SELECT '" + DRIVE + "', run.id::text, coalesce(start_at, created_at), false, 1 FROM run"
            + " WHERE " + Leases.MOVING + " AND NOT EXISTS (SELECT 1 FROM scheduled_tasks AS task"
            + " WHERE task.task_name = '" + DRIVE + "' AND task.task_instance = run.id::text)"
            + " ORDER BY run.id ON CONFLICT DO NOTHING";

    private static final String RELEASE = "UPDATE run SET lease_until = NULL WHERE id = ? AND fence = ?";

    /** Whether it needs a driver, and from when on. */
    private static final String LOOK = "SELECT " + Leases.MOVING + ", greatest(start_at, clock_timestamp()"
            + " + ? * interval '1 millisecond') FROM run WHERE id = ? FOR UPDATE";

    private static final String THIS = " WHERE task_name = '" + DRIVE + "' AND task_instance = ? AND version = ?";

    private static final String REMOVE = "DELETE FROM scheduled_tasks" + THIS;

    private static final String PUT_BACK = "UPDATE scheduled_tasks SET picked = false, picked_by = NULL,"
            + " last_heartbeat = NULL, execution_time = ?, version = version + 1" + THIS;

    private static final String FREE = "UPDATE scheduled_tasks SET picked = false, picked_by = NULL,"
            + " last_heartbeat = NULL, execution_time = clock_timestamp(), version = version + 1"
            + " WHERE task_name = '" + DRIVE + "' AND picked AND picked_by = ?";

    /** What was picked so long ago is being carried out by now, or nobody knows of it. */
    private static final String FREE_LOST =
            FREE + " AND last_heartbeat < clock_timestamp() - interval '2 seconds' AND task_instance <> ALL (?)";

    @Inject
    @DataSource("engine")
    javax.sql.DataSource database;

    /** Gives every run that moves its row; returns how many had none. */
    int fill() {
        try (Connection connection = database.getConnection();
                PreparedStatement fill = connection.prepareStatement(FILL)) {
            return fill.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("due runs could not be looked for", e);
        }
    }

    /** After a restart: what this instance had picked before is free for everybody. */
    void free(String instance) {
        try (Connection connection = database.getConnection();
                PreparedStatement free = connection.prepareStatement(FREE)) {
            free.setString(1, instance);
            free.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("what " + instance + " had picked could not be given back", e);
        }
    }

    /**
     * Frees what this instance has picked without knowing it, because the connection broke before the answer came: nobody
     * would look at it until the instance is held for dead.
     *
     * @param known the runs that it carries out
     * @return how many there were
     */
    int freeLost(String instance, Collection<String> known) {
        try (Connection connection = database.getConnection();
                PreparedStatement free = connection.prepareStatement(FREE_LOST)) {
            free.setString(1, instance);
            free.setArray(2, connection.createArrayOf("text", known.toArray()));
            return free.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("what " + instance + " had picked could not be looked for", e);
        }
    }

    /**
     * Ends an execution: gives the lease back and decides, while nobody can change the run, whether a driver is needed
     * again.
     *
     * @param version of the row as it was picked: when it is another one by now, the row is left alone
     * @param lease what is given back; null when none was taken or it has to run out by itself
     * @param pause how long the next driver waits at least
     */
    void done(long runId, long version, Lease lease, Duration pause) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (lease != null) {
                    release(connection, lease);
                }
                putBackOrRemove(connection, runId, version, pause);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void release(Connection connection, Lease lease) throws SQLException {
        try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
            release.setLong(1, lease.runId());
            release.setLong(2, lease.fence());
            release.executeUpdate();
        }
    }

    private static void putBackOrRemove(Connection connection, long runId, long version, Duration pause)
            throws SQLException {
        try (PreparedStatement look = connection.prepareStatement(LOOK)) {
            look.setLong(1, pause.toMillis());
            look.setLong(2, runId);
            try (ResultSet row = look.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    putBack(connection, runId, version, row.getObject(2));
                    tell(connection, runId);
                } else {
                    remove(connection, runId, version);
                }
            }
        }
    }

    private static void remove(Connection connection, long runId, long version) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setString(1, "" + runId);
            remove.setLong(2, version);
            remove.executeUpdate();
        }
    }

    private static void putBack(Connection connection, long runId, long version, Object when) throws SQLException {
        try (PreparedStatement back = connection.prepareStatement(PUT_BACK)) {
            back.setObject(1, when);
            back.setString(2, "" + runId);
            back.setLong(3, version);
            back.executeUpdate();
        }
    }

    /** Another instance may be idle. */
    private static void tell(Connection connection, long runId) throws SQLException {
        try (PreparedStatement tell = connection.prepareStatement("SELECT pg_notify('switchback', ?)")) {
            tell.setString(1, "run " + runId);
            tell.execute();
        }
    }
}
