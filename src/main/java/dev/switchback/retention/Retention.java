package dev.switchback.retention;

import dev.switchback.audit.ShortenTrail;
import dev.switchback.retention.RemoveOld.Records;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Looks now and then for what has been kept long enough. Logs and events are kept for ever unless it was told otherwise. */
@ApplicationScoped
public class Retention {

    private static final Duration AFTER_THE_START = Duration.ofMinutes(1);

    @Inject
    RetentionConfig config;

    @Inject
    DataSource database;

    @Inject
    ScheduledExecutorService timer;

    private ScheduledFuture<?> looking;

    void start(@Observes StartupEvent event) {
        long every = config.every().toMillis();
        looking = timer.scheduleWithFixedDelay(
                this::look, Math.min(AFTER_THE_START.toMillis(), every), every, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        if (looking != null) {
            looking.cancel(true);
        }
    }

    private void look() {
        config.logs().ifPresent(kept -> remove(Records.LOGS, "log", kept));
        config.events().ifPresent(kept -> remove(Records.EVENTS, "history", kept));
        remove(Records.PROBES, "probes", config.probes());
        removeSamples(config.samples());
        config.audit().ifPresent(this::shortenTrail);
    }

    private void shortenTrail(Duration kept) {
        try {
            long entries = new ShortenTrail(database).remove(kept);
            if (entries > 0) {
                Log.infof("removed %d entries of the audit trail older than %s", entries, RemoveOld.words(kept));
            }
        } catch (SQLException | RuntimeException e) {
            Log.warnf("the audit trail could not be shortened: %s", e.getMessage());
        }
    }

    private void removeSamples(Duration kept) {
        try {
            int parts = new RemoveSamples(database).remove(kept);
            if (parts > 0) {
                Log.infof(
                        "removed %d parts of samples that were stored more than %s ago", parts, RemoveOld.words(kept));
            }
        } catch (SQLException | RuntimeException e) {
            Log.warnf(e, "old samples could not be removed; it is tried again in %s", config.every());
        }
    }

    private void remove(Records records, String what, Duration kept) {
        try {
            int runs = new RemoveOld(database).remove(records, kept);
            if (runs > 0) {
                Log.infof("removed the %s of %d runs that ended more than %s ago", what, runs, RemoveOld.words(kept));
            }
        } catch (SQLException | RuntimeException e) {
            Log.warnf(e, "old records could not be removed; it is tried again in %s", config.every());
        }
    }
}
