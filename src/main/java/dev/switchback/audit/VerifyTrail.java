package dev.switchback.audit;

import dev.switchback.problem.Problem;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Verifies the chain: when asked, one at a time, and once a day by itself. Thread-safe. */
@ApplicationScoped
public class VerifyTrail {

    /** Up to so many entries a page verifies the chain itself, unless that was done a minute ago. */
    private static final int AT_ONCE = 20_000;

    private static final Duration FRESH = Duration.ofMinutes(1);

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

    private final ReentrantLock turn = new ReentrantLock();
    private ScheduledFuture<?> looking;
    private volatile ChainReport latest;

    void start(@Observes StartupEvent event) {
        long every = config.verify().toMillis();
        looking = timer.scheduleWithFixedDelay(
                this::look, Math.min(every, Duration.ofMinutes(10).toMillis()), every, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        if (looking != null) {
            looking.cancel(true);
        }
    }

    private void look() {
        try {
            ChainReport report = now();
            if (!report.whole()) {
                Log.errorf("audit trail: %s (./switchback verify-audit says more)", report.sentence());
            }
        } catch (RuntimeException e) {
            Log.warnf("the audit trail could not be verified (%s); it is tried again in %s", e, config.verify());
        }
    }

    /**
     * Reads all of it.
     *
     * @throws dev.switchback.problem.ProblemException 409 when somebody else's question takes longer than five seconds
     */
    public ChainReport now() {
        if (!mayGoOn()) {
            throw Problem.conflict(
                            "The trail is being verified already", "one question at a time; ask again in a minute")
                    .toException();
        }
        try (Connection connection = database.getConnection()) {
            var chain = new VerifyChain(
                    connection,
                    Chain.Key.of(config.key()),
                    name -> Anchor.of(data, name).read());
            latest = chain.verify(clock.instant());
            return latest;
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail could not be read", e);
        } finally {
            turn.unlock();
        }
    }

    private boolean mayGoOn() {
        try {
            return turn.tryLock(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a page says: found out now when that is quick, otherwise what was found last; empty when nobody looked yet. */
    public Optional<ChainReport> latest() {
        ChainReport known = latest;
        boolean fresh =
                known != null && known.checkedAt().isAfter(clock.instant().minus(FRESH));
        return fresh || !isQuick() ? Optional.ofNullable(known) : Optional.of(now());
    }

    private boolean isQuick() {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT max(id) - min(id) < " + AT_ONCE + " FROM audit_entry");
                ResultSet row = select.executeQuery()) {
            return !row.next() || row.getBoolean(1) || row.wasNull();
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail could not be read", e);
        }
    }
}
