package dev.switchback.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Whether the database answers, known without asking it: somebody listens to it all the time and says here what they
 * see: at once when the server is gone, and after 10 seconds at the latest when the network swallows everything. Safe for
 * use by several threads.
 */
@ApplicationScoped
public class DatabaseWatch {

    private final InstantSource clock;
    private volatile Instant heard;
    private volatile boolean silent;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Inject
    public DatabaseWatch(InstantSource clock) {
        this.clock = clock;
        this.heard = clock.instant();
    }

    /** Since when it does not answer; empty while it does. */
    public Optional<Instant> awaySince() {
        return silent ? Optional.of(heard) : Optional.empty();
    }

    /** It answered just now. */
    void answers() {
        heard = clock.instant();
        silent = false;
    }

    /** Calls this, from now on, whenever it turns out that the database is away. Must return soon and not fail. */
    public void onAway(Runnable listener) {
        listeners.add(listener);
    }

    /** It did not, and cannot be reached again. */
    void isSilent() {
        boolean news = !silent;
        silent = true;
        if (news) {
            listeners.forEach(Runnable::run);
        }
    }
}
