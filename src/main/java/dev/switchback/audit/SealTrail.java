package dev.switchback.audit;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Seals new entries every few seconds, on whichever instance comes first, remembers the end of the chain outside the
 * database, and tells it in the log now and then, so that a chain that was rewritten as a whole is noticed.
 */
@ApplicationScoped
public class SealTrail {

    private static final String OWNER = "SELECT bool_or(pg_has_role(current_user, relowner, 'MEMBER')) FROM pg_class"
            + " WHERE oid = ANY (ARRAY['audit_entry', 'audit_batch', 'audit_checkpoint', 'audit_head']::regclass[])";

    @Inject
    AuditConfig config;

    @Inject
    DataSource database;

    @Inject
    InstantSource clock;

    @Inject
    ScheduledExecutorService timer;

    @ConfigProperty(name = "switchback.data", defaultValue = "data")
    Path data;

    private SealBatches batches;
    private ScheduledFuture<?> sealing;
    private Optional<Anchor.Seen> seen = Optional.empty();
    private Instant told = Instant.EPOCH;
    private boolean inTrouble;

    void start(@Observes StartupEvent event) {
        batches = new SealBatches(Chain.Key.of(config.key()));
        sayWhatProtects();
        long every = config.seal().toMillis();
        sealing = timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        if (sealing != null) {
            sealing.cancel(false);
        }
    }

    private void sayWhatProtects() {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(OWNER);
                ResultSet row = select.executeQuery()) {
            row.next();
            Log.info(
                    row.getBoolean(1)
                            ? "audit trail: triggers refuse every change; the application's database user owns the"
                                    + " tables and could remove the triggers, which the chain would show (docs/audit.md"
                                    + " gives the tables another owner)"
                            : "audit trail: another database role owns the tables; the application can only add to"
                                    + " them");
        } catch (SQLException e) {
            Log.warn("it could not be asked who owns the audit trail", e);
        }
    }

    /** Seals what can be sealed; what fails is tried again at the next look. */
    synchronized void look() {
        try (Connection connection = database.getConnection()) {
            batches.seal(connection, clock.instant());
            remember(connection, SealBatches.end(connection));
            inTrouble = false;
        } catch (SQLException | RuntimeException e) {
            if (!inTrouble) {
                Log.warnf("the audit trail could not be sealed (%s); it is tried again every %s", e, config.seal());
            }
            inTrouble = true;
        }
    }

    private void remember(Connection connection, SealBatches.End end) throws SQLException {
        Anchor anchor = Anchor.of(data, end.chain());
        if (seen.isEmpty()) {
            seen = anchor.read();
        }
        if (end.number() == 0
                || seen.filter(last ->
                                last.number() == end.number() && last.hash().equals(end.hash()))
                        .isPresent()) {
            return;
        }
        if (seen.isPresent() && !continues(connection, seen.get(), end)) {
            if (isTimeToTell()) {
                Log.errorf(
                        "audit trail: batch %d, which this machine saw, is not in the database any more;"
                                + " ./switchback verify-audit says more",
                        seen.get().number());
            }
            // Not forgotten: who verifies is to see it.
            return;
        }
        seen = Optional.of(new Anchor.Seen(end.number(), end.hash()));
        anchor.write(seen.get());
        if (isTimeToTell()) {
            Log.infof("audit trail: batch %d ends with entry %d, %s", end.number(), end.last(), end.hash());
        }
    }

    private boolean isTimeToTell() {
        Instant now = clock.instant();
        boolean due = !now.isBefore(told.plus(config.tell()));
        told = due ? now : told;
        return due;
    }

    private static boolean continues(Connection connection, Anchor.Seen seen, SealBatches.End end) throws SQLException {
        if (end.number() < seen.number()) {
            return false;
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT"
                + " (SELECT hash FROM audit_batch WHERE number = ?), (SELECT max(number) FROM audit_checkpoint)")) {
            select.setLong(1, seen.number());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                String hash = row.getString(1);
                return hash == null ? row.getLong(2) >= seen.number() : hash.equals(seen.hash());
            }
        }
    }
}
