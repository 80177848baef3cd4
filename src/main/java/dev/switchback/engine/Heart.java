package dev.switchback.engine;

import dev.switchback.platform.Notices;
import io.quarkus.agroal.DataSource;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.jdbc.PgConnection;

/**
 * Says every second that this instance lives, and renews all leases that it holds in one statement, over a connection of
 * its own. What a renewal does not bring back is somebody else's: its driver is told at once. A second thread, which
 * never waits for the database, ends the steps of runs whose lease could not be renewed for too long.
 */
@ApplicationScoped
class Heart {

    private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);
    private static final Duration BETWEEN_NEWS = Duration.ofMillis(50);

    @Inject
    @DataSource("engine")
    javax.sql.DataSource database;

    @Inject
    EngineConfig config;

    @Inject
    Notices notices;

    private final Map<Lease, Reins> held = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final DatabaseClock clock = new DatabaseClock();
    private Instance here;
    private Connection connection;
    private Thread beating;
    private Thread guarding;
    private long beats;
    private volatile boolean draining;
    private volatile boolean stopped;
    private volatile boolean robbed;
    private volatile boolean silent;
    private volatile long missedAt;
    private volatile Instant serverSince = Instant.EPOCH;

    void start(Instance instance) {
        here = instance;
        missedAt = System.nanoTime() - config.lease().toNanos();
        if (!beat()) {
            throw new IllegalStateException("the database did not take the first heartbeat of " + here.name());
        }
        beating = Daemon.start("run-heart", this::beatOnAndOn);
        guarding = Daemon.start("run-guard", this::guard);
    }

    /** The clock of the database, as far as it is known here. */
    DatabaseClock clock() {
        return clock;
    }

    Reins hold(Lease lease, Freshness freshness) {
        var reins = new Reins(freshness);
        held.put(lease, reins);
        if (draining) {
            reins.leave();
        }
        return reins;
    }

    void letGo(Lease lease) {
        held.remove(lease);
    }

    boolean holdsNothing() {
        return held.isEmpty();
    }

    /** All that are driven here just now. */
    List<Reins> reins() {
        return List.copyOf(held.values());
    }

    /** Something has changed: a person may want something of a run that is driven here. */
    void hearNews() {
        if (!held.isEmpty()) {
            news.release();
        }
    }

    /** From now on this instance says that it takes no new run. */
    void drain() {
        draining = true;
        news.release();
    }

    /** Whether another process has taken the name of this instance. */
    boolean robbed() {
        return robbed;
    }

    /**
     * Whether a silent lease says anything about its holder: not for one lease after the database was started, and
     * not for one lease after this instance could not reach it.
     */
    boolean mayCallDead() {
        boolean reached = System.nanoTime() - missedAt >= config.lease().toNanos();
        return reached && !silent && serverSince.plus(config.lease()).isBefore(clock.now());
    }

    private Duration beatEvery() {
        Duration twelfth = config.lease().dividedBy(12);
        return twelfth.compareTo(LONGEST_BEAT) < 0 ? twelfth : LONGEST_BEAT;
    }

    private void beatOnAndOn() {
        long next = System.nanoTime();
        while (!stopped) {
            try {
                long wait = next - System.nanoTime();
                if (wait > 0 && news.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                    askWishes();
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_NEWS.toMillis());
                } else {
                    next = System.nanoTime() + beatEvery().toNanos();
                    beat();
                }
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException e) {
                Log.error("the heart stumbled and goes on", e);
            }
        }
    }

    /** Once more over a new connection when the present one turns out to be broken. */
    private boolean beat() {
        for (int i = 0; i < 2; i++) {
            try {
                Connection open = connected();
                long before = System.nanoTime();
                Optional<Presence.Heard> heard = Presence.beat(open, here, draining);
                heard.ifPresent(now -> heard(now, before));
                robbed(heard.isEmpty());
                renew(open);
                if (beats++ % 3600 == 0) {
                    Presence.forgetOld(open);
                }
                return true;
            } catch (SQLException e) {
                disconnect();
                if (i == 1) {
                    missed(e);
                }
            }
        }
        return false;
    }

    private void heard(Presence.Heard heard, long before) {
        clock.heard(heard.now(), before);
        if (silent) {
            Log.infof("the database answers again; nobody is taken for dead for %s", config.lease());
            missedAt = System.nanoTime();
        }
        silent = false;
        serverSince = heard.since();
        notices.alone(heard.alone());
    }

    private void missed(SQLException e) {
        if (!silent) {
            Log.warnf(
                    "the database does not answer: %s; steps that run go on for %s at most, then they are ended",
                    e.getMessage(), config.lease());
        }
        silent = true;
        missedAt = System.nanoTime();
    }

    private void robbed(boolean now) {
        if (now && !robbed) {
            Log.errorf(
                    "another process runs under the name %s; this one takes no new run. Stop one of them, or set"
                            + " SWITCHBACK_ENGINE_INSTANCE",
                    here.name());
        }
        robbed = now;
    }

    private void renew(Connection open) throws SQLException {
        Map<Lease, Long> attempts = attempts();
        if (attempts.isEmpty()) {
            return;
        }
        long sentAt = System.nanoTime();
        Map<Lease, Leases.Beat> renewed = Leases.renew(open, attempts.keySet(), config.lease());
        renewed.forEach((lease, beat) -> {
            Reins reins = held.get(lease);
            if (reins != null && beat.renewed()) {
                reins.renewed(sentAt);
            }
        });
        tell(attempts, renewed);
    }

    private void askWishes() {
        Map<Lease, Long> attempts = attempts();
        if (attempts.isEmpty()) {
            return;
        }
        try {
            tell(attempts, Leases.wishes(connected(), attempts.keySet()));
        } catch (SQLException e) {
            // The next beat finds out whether the database is away.
            disconnect();
        }
    }

    /** Which attempt is in hand, read before the wishes are. */
    private Map<Lease, Long> attempts() {
        var attempts = new HashMap<Lease, Long>();
        held.forEach((lease, reins) -> attempts.put(lease, reins.attempt()));
        return attempts;
    }

    private void tell(Map<Lease, Long> attempts, Map<Lease, Leases.Beat> beats) {
        attempts.forEach((lease, attempt) -> {
            Reins reins = held.get(lease);
            if (reins == null) {
                return;
            }
            Leases.Beat beat = beats.get(lease);
            if (beat == null) {
                reins.drop();
            } else {
                reins.wish(beat.wanted(), attempt);
            }
        });
    }

    private void guard() {
        long every = Math.max(20, Math.min(250, config.lease().toMillis() / 24));
        while (!stopped) {
            try {
                TimeUnit.MILLISECONDS.sleep(every);
            } catch (InterruptedException stopping) {
                return;
            }
            held.forEach((lease, reins) -> {
                if (reins.endIfStale()) {
                    Log.errorf("the lease of run %d cannot be renewed; its step is ended here", lease.runId());
                }
            });
        }
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            Connection open = database.getConnection();
            try (Statement set = open.createStatement()) {
                // Whoever does not answer for a quarter of a lease is asked again over a new connection.
                open.setNetworkTimeout(
                        Runnable::run, (int) config.lease().dividedBy(4).toMillis());
                // A heartbeat that a crash of the server forgets does no harm; it should not wait for the disk.
                set.execute("SET synchronous_commit = off");
                set.execute("SET lock_timeout = "
                        + Math.min(1000, config.lease().dividedBy(12).toMillis()));
            } catch (SQLException e) {
                open.close();
                throw e;
            }
            connection = open;
        }
        return connection;
    }

    private void disconnect() {
        if (connection != null) {
            // Its settings are the heart's own: nobody else gets it. It is ended itself and then given back, so that
            // the
            // pool throws it away: what the pool lends takes no notice of abort, and would count as lent for ever.
            try (Connection lent = connection) {
                lent.unwrap(PgConnection.class).abort(Runnable::run);
            } catch (SQLException broken) {
                Log.debug("a broken connection was given up", broken);
            }
            connection = null;
        }
    }

    void stop() {
        stopped = true;
        List.of(beating, guarding).forEach(Thread::interrupt);
        try {
            beating.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
