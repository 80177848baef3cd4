package dev.switchback.engine;

import dev.switchback.run.Wanted;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who drives which run. Every decision is one statement by the clock of the database, so that two instances cannot both
 * win and no clock of a machine matters.
 */
@ApplicationScoped
public class Leases {

    /** The engine has something to do. */
    static final String MOVING = "state IN ('queued', 'running', 'rolling-back')";

    private static final String DUE = MOVING + " AND (start_at IS NULL OR start_at <= clock_timestamp())";
    private static final String AFTER = "clock_timestamp() + ? * interval '1 millisecond'";

    /**
     * A lease that its holder gave back is free at once. One that ran out is free for others only when its holder could
     * have renewed it: a database that has just come back declares nobody dead.
     */
    private static final String FREE = "(lease_until IS NULL OR lease_until < clock_timestamp() AND (instance = ?"
            + " OR ? AND pg_postmaster_start_time() + ? * interval '1 millisecond' < clock_timestamp()))";

    private static final String TAKE = "WITH before AS (SELECT instance FROM run WHERE id = ?)"
            + " UPDATE run SET instance = ?, fence = fence + 1, lease_until = " + AFTER + " WHERE id = ? AND " + DUE
            + " AND " + FREE + " RETURNING fence, (SELECT instance FROM before)";

    /** Who holds the row of a run just now and has done nothing for a while. */
    private static final String END_FROZEN = "SELECT pg_terminate_backend(holder.pid) FROM run"
            + " JOIN pg_stat_activity AS holder ON holder.backend_xid = run.xmax WHERE run.id = ?"
            + " AND holder.state LIKE 'idle in transaction%'"
            + " AND holder.state_change < clock_timestamp() - ? * interval '1 millisecond'";

    private static final String WISHES = "SELECT run.id, run.fence, run.wanted, false FROM run"
            + " JOIN unnest(?::bigint[], ?::bigint[]) AS mine (id, fence)"
            + " ON run.id = mine.id AND run.fence = mine.fence";

    private static final String RENEW = "UPDATE run SET lease_until = " + AFTER
            + " FROM unnest(?::bigint[], ?::bigint[]) AS mine (id, fence)"
            + " WHERE run.id = mine.id AND run.fence = mine.fence RETURNING run.id, run.fence, run.wanted, true";

    /** The same, without waiting for those whose row somebody holds just now. */
    private static final String RENEW_WHAT_IS_FREE = "WITH mine AS (SELECT run.id, run.fence, run.wanted FROM run"
            + " JOIN unnest(?::bigint[], ?::bigint[]) AS held (id, fence)"
            + " ON run.id = held.id AND run.fence = held.fence),"
            + " unlocked AS (SELECT run.id FROM run JOIN mine ON run.id = mine.id AND run.fence = mine.fence"
            + " FOR NO KEY UPDATE OF run SKIP LOCKED),"
            + " renewed AS (UPDATE run SET lease_until = " + AFTER + " FROM unlocked WHERE run.id = unlocked.id"
            + " RETURNING run.id)"
            + " SELECT mine.id, mine.fence, mine.wanted, renewed.id IS NOT NULL FROM mine"
            + " LEFT JOIN renewed ON renewed.id = mine.id";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @Inject
    @DataSource("engine")
    javax.sql.DataSource database;

    /**
     * A lease that was just taken.
     *
     * @param lease the lease
     * @param before which instance drove the run before; empty when none did
     */
    record Taken(Lease lease, Optional<String> before) {}

    /**
     * Takes a run that is due, unless somebody else drives it.
     *
     * @param others whether a lease of another instance that has run out may be taken: not when this instance itself
     *     could not reach the database a moment ago
     */
    public Optional<Lease> take(long runId, String instance, Duration duration, boolean others) {
        return takeOver(runId, instance, duration, others).map(Taken::lease);
    }

    Optional<Taken> takeOver(long runId, String instance, Duration duration, boolean others) {
        try (Connection connection = database.getConnection();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setLong(1, runId);
            take.setString(2, instance);
            take.setLong(3, duration.toMillis());
            take.setLong(4, runId);
            take.setString(5, instance);
            take.setBoolean(6, others);
            take.setLong(7, duration.toMillis());
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Taken(new Lease(runId, row.getLong(1)), Optional.ofNullable(row.getString(2))))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the lease of run " + runId + " could not be taken", e);
        }
    }

    /**
     * Ends the connection of whoever was frozen in the middle of writing this run: the database would keep the row for it
     * until it wakes up, and nobody could take the run over.
     *
     * @param idle only when it has said nothing for so long
     * @return whether there was one
     */
    boolean endFrozen(long runId, Duration idle) {
        try (Connection connection = database.getConnection();
                PreparedStatement end = connection.prepareStatement(END_FROZEN)) {
            end.setLong(1, runId);
            end.setLong(2, idle.toMillis());
            try (ResultSet row = end.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("it could not be found out who holds run " + runId, e);
        }
    }

    /**
     * What is known of a lease that is ours.
     *
     * @param wanted what a person wants of the run
     * @param renewed whether the lease was prolonged; not when somebody holds the row of the run just now
     */
    public record Beat(Optional<Wanted> wanted, boolean renewed) {}

    /**
     * Prolongs all these leases in one statement. What does not come back is somebody else's by now.
     *
     * @param connection commits by itself and waits for locks only for a moment
     */
    static Map<Lease, Beat> renew(Connection connection, Collection<Lease> leases, Duration duration)
            throws SQLException {
        try {
            return beats(connection, RENEW, leases, duration, 1);
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            return beats(connection, RENEW_WHAT_IS_FREE, leases, duration, 3);
        }
    }

    /** What people want of these runs, without prolonging anything. */
    static Map<Lease, Beat> wishes(Connection connection, Collection<Lease> leases) throws SQLException {
        return beats(connection, WISHES, leases, null, 0);
    }

    private static Map<Lease, Beat> beats(
            Connection connection, String sql, Collection<Lease> leases, Duration duration, int durationAt)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Object[] ids = leases.stream().map(Lease::runId).toArray();
            Object[] fences = leases.stream().map(Lease::fence).toArray();
            int at = durationAt == 1 ? 2 : 1;
            statement.setArray(at, connection.createArrayOf("bigint", ids));
            statement.setArray(at + 1, connection.createArrayOf("bigint", fences));
            if (duration != null) {
                statement.setLong(durationAt, duration.toMillis());
            }
            return read(statement);
        }
    }

    private static Map<Lease, Beat> read(PreparedStatement statement) throws SQLException {
        var beats = new HashMap<Lease, Beat>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                beats.put(
                        new Lease(rows.getLong(1), rows.getLong(2)),
                        new Beat(Optional.ofNullable(rows.getString(3)).map(Wanted::of), rows.getBoolean(4)));
            }
        }
        return beats;
    }

    /** After a restart: what this instance drove before is free at once, nobody else can be driving it. */
    public List<Long> releaseAllOf(String instance) {
        try (Connection connection = database.getConnection();
                PreparedStatement release = connection.prepareStatement("UPDATE run SET lease_until = NULL"
                        + " WHERE instance = ? AND lease_until IS NOT NULL AND " + MOVING + " RETURNING id")) {
            release.setString(1, instance);
            try (ResultSet rows = release.executeQuery()) {
                var ids = new ArrayList<Long>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return ids;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the leases of " + instance + " could not be given back", e);
        }
    }
}
