package dev.switchback.run;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells who looks at a run that something is new: after each commit of this instance, and twice a second for what other
 * instances did. Says only that, never what: the listener reads the database. Safe for use by several threads.
 */
@ApplicationScoped
public class RunFeed {

    /** The number under which a listener hears of every run. */
    public static final long EVERY_RUN = 0;

    @Inject
    ScheduledExecutorService timer;

    private ScheduledFuture<?> looking;
    private final Map<Long, List<Runnable>> listeners = new ConcurrentHashMap<>();

    /** Ends the listening; may be called more than once. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Calls the listener whenever the run may have changed. The listener must return at once. */
    public Subscription onChange(long runId, Runnable listener) {
        listeners.compute(runId, (id, present) -> {
            List<Runnable> list = present == null ? new CopyOnWriteArrayList<>() : present;
            list.add(listener);
            return list;
        });
        return () -> listeners.computeIfPresent(runId, (id, present) -> {
            present.remove(listener);
            return present.isEmpty() ? null : present;
        });
    }

    /** New lines of this run are stored. */
    public void linesStored(long runId) {
        listeners.getOrDefault(runId, List.of()).forEach(Runnable::run);
    }

    /** Something about this run is new and committed. */
    public void changed(long runId) {
        linesStored(runId);
        listeners.getOrDefault(EVERY_RUN, List.of()).forEach(Runnable::run);
    }

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged change) {
        changed(change.runId());
    }

    void start(@Observes StartupEvent event) {
        looking = timer.scheduleWithFixedDelay(this::lookAround, 500, 500, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        looking.cancel(false);
    }

    private void lookAround() {
        listeners.values().forEach(list -> list.forEach(Runnable::run));
    }
}
