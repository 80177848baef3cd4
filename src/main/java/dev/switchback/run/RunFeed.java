package dev.switchback.run;

import dev.switchback.platform.Notices;
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
 * Tells who looks at a run that something is new: at once after each commit of this instance, within milliseconds for
 * what other instances did, and twice a second in any case, so that a notice that got lost costs half a second and
 * nothing else. Says only that, never what: the listener reads the database. Safe for use by several threads.
 */
@ApplicationScoped
public class RunFeed {

    /** The number under which a listener hears of every run. */
    public static final long EVERY_RUN = 0;

    private static final String RUN = "run ";
    private static final String LINES = "lines ";

    private final Notices notices;
    private final ScheduledExecutorService timer;
    private ScheduledFuture<?> looking;
    private final Map<Long, List<Runnable>> listeners = new ConcurrentHashMap<>();

    @Inject
    RunFeed(Notices notices, ScheduledExecutorService timer) {
        this.notices = notices;
        this.timer = timer;
    }

    /** One of an instance that is alone, and that tells only what it is told. */
    RunFeed() {
        this(Notices.none(), null);
    }

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

    /** New lines of this run are stored and committed. */
    public void linesStored(long runId) {
        call(runId);
        notices.tell(LINES + runId);
    }

    /** Something about this run is new and committed. */
    public void changed(long runId) {
        call(runId);
        call(EVERY_RUN);
        notices.tell(RUN + runId);
    }

    private void call(long runId) {
        listeners.getOrDefault(runId, List.of()).forEach(Runnable::run);
    }

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged change) {
        changed(change.runId());
    }

    void start(@Observes StartupEvent event) {
        listenToOthers();
        looking = timer.scheduleWithFixedDelay(this::lookAround, 500, 500, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        looking.cancel(false);
    }

    void listenToOthers() {
        notices.listen(new Notices.Listener() {
            @Override
            public void heard(String notice) {
                if (notice.startsWith(LINES)) {
                    call(Long.parseLong(notice.substring(LINES.length())));
                } else if (notice.startsWith(RUN)) {
                    call(Long.parseLong(notice.substring(RUN.length())));
                    call(EVERY_RUN);
                }
            }

            @Override
            public void missed() {
                lookAround();
            }
        });
    }

    private void lookAround() {
        listeners.values().forEach(list -> list.forEach(Runnable::run));
    }
}
