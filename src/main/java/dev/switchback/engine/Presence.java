package dev.switchback.engine;

import dev.switchback.platform.StartRefused;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which instances share the work: a row each, written while they live. {@code instance.Instances} reads them. */
@ApplicationScoped
class Presence {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private static final String WRITE = "INSERT INTO instance"
            + " (name, machine, process, version, started_at, heard_at, draining)"
            + " VALUES (?, ?, ?, ?, clock_timestamp(), clock_timestamp(), ?) ON CONFLICT (name) DO UPDATE SET";

    private static final String CLAIM = WRITE
            + " machine = excluded.machine, process = excluded.process, version = excluded.version,"
            + " started_at = excluded.started_at, heard_at = excluded.heard_at, draining = excluded.draining"
            + " WHERE instance.heard_at = ?";

    private static final String BEAT = WRITE + " heard_at = excluded.heard_at, draining = excluded.draining"
            + " WHERE instance.process = excluded.process RETURNING clock_timestamp(), pg_postmaster_start_time(),"
            + " NOT EXISTS (SELECT 1 FROM instance AS other WHERE other.name <> instance.name"
            + " AND other.heard_at > clock_timestamp() - interval '1 minute')";

    @Inject
    @DataSource("engine")
    javax.sql.DataSource database;

    /**
     * What the database says about itself.
     *
     * @param now its clock
     * @param since when its server was started
     * @param alone whether no other instance was heard of for a minute
     */
    record Heard(Instant now, Instant since, boolean alone) {}

    private record Row(Instance instance, Instant heardAt) {}

    /**
     * Takes the name for this process. A row of an ended process of this machine is taken over at once, any other once
     * it was silent for a whole lease.
     *
     * @throws StartRefused when another process with this name lives
     */
    void claim(Instance here, Duration lease) {
        try (Connection connection = database.getConnection()) {
            Optional<Row> other = find(connection, here.name());
            if (other.isPresent()) {
                requireDead(connection, here, other.get(), lease);
            }
            if (!claim(connection, here, other)) {
                throw taken(find(connection, here.name()).map(Row::instance).orElse(here));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the name of this instance could not be written down", e);
        }
    }

    private static void requireDead(Connection connection, Instance here, Row other, Duration lease)
            throws SQLException {
        if (!here.isBeside(other.instance())) {
            requireSilence(connection, other, lease);
        } else if (here.seesAlive(other.instance())) {
            throw taken(other.instance());
        }
    }

    private static void requireSilence(Connection connection, Row other, Duration lease) throws SQLException {
        long deadline = System.nanoTime() + lease.toNanos();
        while (System.nanoTime() < deadline && !silentFor(connection, other, lease)) {
            pause();
            Optional<Row> now = find(connection, other.instance().name());
            if (now.isPresent() && !now.get().heardAt().equals(other.heardAt())) {
                throw taken(other.instance());
            }
        }
    }

    private static boolean silentFor(Connection connection, Row other, Duration lease) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(
                "SELECT heard_at + ? * interval '1 millisecond' < clock_timestamp() FROM instance WHERE name = ?")) {
            ask.setLong(1, lease.toMillis());
            ask.setString(2, other.instance().name());
            try (ResultSet answer = ask.executeQuery()) {
                return !answer.next() || answer.getBoolean(1);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException stopping) {
            throw new StartRefused("Interrupted while it waited for another instance of the same name to fall silent.");
        }
    }

    private static StartRefused taken(Instance other) {
        return new StartRefused("Another Switchback named \"" + other.name() + "\" is alive on "
                + other.machine().split(" ", 2)[0] + " (process id "
                + other.process().split(" ", 2)[0]
                + "); stop it, or give this one another name with SWITCHBACK_ENGINE_INSTANCE.");
    }

    private static Optional<Row> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(
                "SELECT machine, process, version, heard_at FROM instance WHERE name = ?")) {
            ask.setString(1, name);
            try (ResultSet row = ask.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(
                                new Instance(name, row.getString(1), row.getString(2), row.getString(3)),
                                instant(row, 4)))
                        : Optional.empty();
            }
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, java.time.OffsetDateTime.class).toInstant();
    }

    private static boolean claim(Connection connection, Instance here, Optional<Row> other) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            bind(claim, here, false);
            claim.setObject(6, other.map(Row::heardAt).orElse(Instant.EPOCH).atOffset(java.time.ZoneOffset.UTC));
            return claim.executeUpdate() == 1;
        }
    }

    private static void bind(PreparedStatement statement, Instance here, boolean draining) throws SQLException {
        statement.setString(1, here.name());
        statement.setString(2, here.machine());
        statement.setString(3, here.process());
        statement.setString(4, here.version());
        statement.setBoolean(5, draining);
    }

    /**
     * Says that this process lives.
     *
     * @return what the database says about itself; empty when the name belongs to another process by now
     */
    static Optional<Heard> beat(Connection connection, Instance here, boolean draining) throws SQLException {
        try (PreparedStatement beat = connection.prepareStatement(BEAT)) {
            bind(beat, here, draining);
            try (ResultSet row = beat.executeQuery()) {
                return row.next()
                        ? Optional.of(new Heard(instant(row, 1), instant(row, 2), row.getBoolean(3)))
                        : Optional.empty();
            }
        }
    }

    /** It stops in order: nobody has to wait for it. */
    void leave(Instance here) {
        try (Connection connection = database.getConnection();
                PreparedStatement leave =
                        connection.prepareStatement("DELETE FROM instance WHERE name = ? AND process = ?")) {
            leave.setString(1, here.name());
            leave.setString(2, here.process());
            leave.executeUpdate();
        } catch (SQLException e) {
            io.quarkus.logging.Log.warnf("the row of this instance stays until it is old: %s", e.getMessage());
        }
    }

    /** Forgets those that were not heard of for a day. */
    static void forgetOld(Connection connection) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(
                "DELETE FROM instance WHERE heard_at < clock_timestamp() - interval '1 day'")) {
            forget.executeUpdate();
        }
    }
}
