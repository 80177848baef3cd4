package dev.switchback.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.switchback.problem.Problem;
import io.quarkus.logging.Log;
import io.quarkus.runtime.BlockingOperationControl;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes down who was not allowed to do something. One entry for the same attempt of the same person in a minute, and so
 * many of one person in a minute, so that nobody can fill the disk with them; what is left out is counted in the log.
 */
@ApplicationScoped
public class RecordRefusals {

    /** Where the answer keeps what it says, for this. */
    public static final String PROBLEM = "told problem";

    private static final int A_MINUTE = 300;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    Trail trail;

    @Inject
    WhoActs who;

    @Inject
    RoutingContext request;

    @Inject
    ScheduledExecutorService timer;

    private final Cache<String, Boolean> told =
            Caffeine.newBuilder().expireAfterWrite(MINUTE).maximumSize(10_000).build();

    private final Cache<String, AtomicInteger> inThisMinute =
            Caffeine.newBuilder().expireAfterWrite(MINUTE).build();

    /** Looks at every answer. */
    @ServerResponseFilter
    public void look(ContainerResponseContext answer) {
        if (answer.getStatus() != 403) {
            return;
        }
        Optional<Actor> actor = who.now();
        String attempt = request.request().method() + " " + request.normalizedPath();
        if (actor.isEmpty() || !isNew(actor.get().name(), actor.get().token() + " " + attempt)) {
            return;
        }
        Problem problem = request.get(PROBLEM);
        Entry entry = Entry.of("access.refused", "address", attempt).note(problem == null ? null : problem.detail());
        if (BlockingOperationControl.isBlockingAllowed()) {
            write(actor.get(), entry);
        } else {
            timer.execute(() -> write(actor.get(), entry));
        }
    }

    private boolean isNew(String actor, String attempt) {
        if (told.asMap().putIfAbsent(actor + " " + attempt, true) != null) {
            return false;
        }
        int number = inThisMinute.get(actor, any -> new AtomicInteger()).incrementAndGet();
        if (number == A_MINUTE) {
            Log.warnf(
                    "more than %d attempts of one person were refused within a minute; the trail leaves out the rest",
                    A_MINUTE);
        }
        return number <= A_MINUTE;
    }

    private void write(Actor actor, Entry entry) {
        try {
            trail.write(actor, entry);
        } catch (RuntimeException e) {
            // The answer is no all the same.
            Log.warnf("a refused attempt could not be written into the audit trail: %s", e.getMessage());
        }
    }
}
