package dev.switchback.engine;

import dev.switchback.run.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Who drives which run. Every decision is one statement, so that two instances cannot both win. */
@ApplicationScoped
public class Leases {

    private static final String DUE =
            "state IN ('running', 'rolling-back')" + " OR (state = 'queued' AND (start_at IS NULL OR start_at <= ?))";

    @Inject
    DataSource database;

    /** The runs that wait for a driver, oldest first. */
    public List<Long> due(Instant now, int limit) {
        return ids(
                "SELECT id FROM run WHERE (" + DUE + ") AND (lease_until IS NULL OR lease_until < ?)"
                        + " ORDER BY id LIMIT " + limit,
                Timestamp.from(now),
                Timestamp.from(now));
    }

    /** Takes a run, unless somebody was faster. */
    public Optional<Lease> take(long runId, String instance, Instant now, Duration duration) {
        String sql = "UPDATE run SET instance = ?, fence = fence + 1, lease_until = ?" + " WHERE id = ? AND (" + DUE
                + ") AND (lease_until IS NULL OR lease_until < ?) RETURNING fence";
        List<Long> fence =
                ids(sql, instance, Timestamp.from(now.plus(duration)), runId, Timestamp.from(now), Timestamp.from(now));
        return fence.stream().findFirst().map(f -> new Lease(runId, f));
    }

    /** Prolongs a lease and tells what a person wants of the run; empty when the run is somebody else's by now. */
    public Optional<Beat> renew(Lease lease, Instant now, Duration duration) {
        String sql = "UPDATE run SET lease_until = ? WHERE id = ? AND fence = ? RETURNING wanted";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setTimestamp(1, Timestamp.from(now.plus(duration)));
            statement.setLong(2, lease.runId());
            statement.setLong(3, lease.fence());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Beat(Optional.ofNullable(row.getString(1)).map(Wanted::of)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the lease of run " + lease.runId() + " could not be renewed", e);
        }
    }

    /** What a renewed lease tells. */
    public record Beat(Optional<Wanted> wanted) {}

    /** Lets go of a run, if it is still ours. */
    public void release(Lease lease) {
        ids("UPDATE run SET lease_until = NULL WHERE id = ? AND fence = ? RETURNING id", lease.runId(), lease.fence());
    }

    /** After a restart: what this instance drove before is free at once, nobody else can be driving it. */
    public List<Long> releaseAllOf(String instance) {
        return ids(
                "UPDATE run SET lease_until = NULL WHERE instance = ? AND lease_until IS NOT NULL RETURNING id",
                instance);
    }

    private List<Long> ids(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return read(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the leases could not be read or written", e);
        }
    }

    private static List<Long> read(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            var ids = new ArrayList<Long>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        }
    }
}
