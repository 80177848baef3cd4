package dev.switchback.migration;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Makes what an older version of Switchback kept searchable, beside the first requests: until a migration was read, a
 * search does not find it. What a failure or the end of the server leaves is read at the next start.
 */
@ApplicationScoped
class ReadOlderMigrations {

    private static final Logger LOG = Logger.getLogger(ReadOlderMigrations.class);

    @Inject
    SearchIndex index;

    private volatile boolean goesOn = true;

    void start(@Observes @Priority(3000) StartupEvent event) {
        var reading = new Thread(this::readAll, "search-index");
        reading.setDaemon(true);
        reading.start();
    }

    void stop(@Observes ShutdownEvent event) {
        goesOn = false;
    }

    private void readAll() {
        try {
            long last = index.readOlder(0);
            while (last > 0 && goesOn) {
                last = index.readOlder(last);
            }
        } catch (RuntimeException e) {
            if (goesOn) {
                LOG.warn("Some migrations cannot be searched for until the next start, which tries again", e);
            }
        }
    }
}
