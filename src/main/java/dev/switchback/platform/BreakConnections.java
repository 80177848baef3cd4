package dev.switchback.platform;

import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Breaks the connections of the pages when the database is away, so that whoever waits for an answer on one stops
 * waiting: a server that vanished without a word would keep them for a minute.
 */
@ApplicationScoped
class BreakConnections {

    @Inject
    AgroalDataSource pool;

    @Inject
    DatabaseWatch watch;

    void start(@Observes StartupEvent event) {
        watch.onAway(this::breakAll);
    }

    private void breakAll() {
        try {
            pool.flush(AgroalDataSource.FlushMode.ALL);
        } catch (RuntimeException e) {
            Log.warn("connections to a database that is away could not be broken; they end by themselves", e);
        }
    }
}
