package dev.switchback.engine;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.AskTargets;
import dev.switchback.run.Legs;
import dev.switchback.run.Run;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunState;
import dev.switchback.run.Runs;
import dev.switchback.run.Wanted;
import dev.switchback.run.WatchConfig;
import dev.switchback.run.WatchPlan;
import dev.switchback.run.Watches;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Condition;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks, as long as a run is under way, whether what must stay true still does and whether the way back has what it needs:
 * also during a long step, and while the run waits for a person. One instance watches a run, under a lease of its own; when
 * it falls silent another one goes on. Something broken makes a run that goes forward pause after its present step, which
 * is never ended for it.
 */
@ApplicationScoped
class Watching {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A look that takes longer renews its lease in between. */
    private static final Duration RENEW = Duration.ofSeconds(5);

    /** "Could not ask" is not "no": so many looks in a row are borne. */
    static final int TRIES = 3;

    private static final int THREADS = 16;

    @Inject
    WatchStore store;

    @Inject
    WatchConfig config;

    @Inject
    Runs runs;

    @Inject
    Watches watches;

    @Inject
    RunLedger ledger;

    @Inject
    AskTargets ask;

    @Inject
    EntityManager entities;

    @Inject
    InstantSource clock;

    private final Map<Long, Watched> here = new ConcurrentHashMap<>();
    private final Semaphore stops = new Semaphore(0);
    private String instance;
    private Thread looking;
    private ExecutorService workers;
    private volatile boolean stopping;

    /** One run that is watched here. Its looks come one after the other. */
    private static final class Watched {
        final Lease lease;
        final WatchPlan plan;
        final EnvironmentContent environment;
        final Map<Integer, Integer> misses = new HashMap<>();
        volatile Cancellation brake = new Cancellation();
        volatile boolean busy;
        volatile long dueAt = System.nanoTime();
        volatile boolean ended;

        Watched(Lease lease, WatchPlan plan, EnvironmentContent environment) {
            this.lease = lease;
            this.plan = plan;
            this.environment = environment;
        }
    }

    /** What this instance watched before it was killed it goes on with at once. */
    void start(String name) {
        instance = name;
        store.release(name);
        var pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> Daemon.of("run-watch", work));
        pool.allowCoreThreadTimeOut(true);
        workers = pool;
        looking = Daemon.start("run-watch-finder", this::lookOnAndOn);
    }

    /** Lets go of everything; other instances go on. */
    void stop() {
        stopping = true;
        if (looking == null) {
            return;
        }
        stops.release();
        here.values().forEach(watched -> watched.brake.cancel(Cancellation.Reason.ABORTED));
        workers.shutdown();
        try {
            workers.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        here.values().forEach(this::giveBack);
        here.clear();
    }

    private void giveBack(Watched watched) {
        try {
            store.release(watched.lease);
        } catch (IllegalStateException away) {
            Log.debugf(away, "the watching of run %d runs out by itself", watched.lease.runId());
        }
    }

    private void lookOnAndOn() {
        Duration pause = config.every().compareTo(LOOK) < 0 ? config.every() : LOOK;
        while (!stopping) {
            try {
                here.values().removeIf(watched -> watched.ended);
                store.free().forEach(this::take);
                here.values().forEach(this::lookIfDue);
            } catch (RuntimeException away) {
                Log.debugf(away, "runs to be watched could not be looked for");
            }
            rest(pause);
        }
    }

    private void rest(Duration atMost) {
        try {
            if (stops.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping = true;
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    private void take(long runId) {
        store.take(runId, instance, lease())
                .ifPresent(lease ->
                        here.put(runId, QuarkusTransaction.requiringNew().call(() -> watched(lease))));
    }

    private Watched watched(Lease lease) {
        Run run = runs.require(lease.runId());
        return new Watched(lease, WatchPlan.of(Legs.runbookOf(run)), run.pinnedEnvironment());
    }

    private void lookIfDue(Watched watched) {
        if (!watched.busy && !watched.ended && System.nanoTime() - watched.dueAt >= 0) {
            watched.busy = true;
            workers.execute(() -> look(watched));
        }
    }

    private void look(Watched watched) {
        try {
            watched.ended = !lookOnce(watched);
        } catch (RuntimeException e) {
            if (DatabaseTrouble.is(e)) {
                Log.debugf(e, "what was seen of run %d could not be written, asking again", watched.lease.runId());
            } else {
                Log.errorf(e, "run %d could not be watched here, trying again", watched.lease.runId());
            }
        } finally {
            watched.dueAt = System.nanoTime() + config.every().toNanos();
            watched.busy = false;
        }
    }

    /** @return whether there is more to watch for us */
    private boolean lookOnce(Watched watched) {
        Optional<List<WatchPlan.Watch>> asked =
                QuarkusTransaction.requiringNew().call(() -> toAsk(watched));
        if (asked.isEmpty()) {
            store.end(watched.lease);
            return false;
        }
        Optional<Watches.Said> answers = ask(watched, asked.get());
        if (answers.isEmpty() || !store.looked(watched.lease, lease())) {
            return false;
        }
        if (QuarkusTransaction.requiringNew().call(() -> isWorthWriting(watched, answers.get()))) {
            QuarkusTransaction.requiringNew().run(() -> write(watched, answers.get()));
        }
        return true;
    }

    /** Longer than the time between two looks, and than one answer may take. */
    private Duration lease() {
        Duration least = config.every().multipliedBy(2).plusSeconds(20);
        return config.lease().compareTo(least) < 0 && config.every().compareTo(RENEW) > 0 ? least : config.lease();
    }

    /** Empty when the run is over. */
    private Optional<List<WatchPlan.Watch>> toAsk(Watched watched) {
        Run run = runs.require(watched.lease.runId());
        return run.state().isFinal() ? Optional.empty() : Optional.of(watches.toAsk(run, watched.plan));
    }

    /** The answers that count; empty when somebody else watches by now, or this instance stops. */
    private Optional<Watches.Said> ask(Watched watched, List<WatchPlan.Watch> asked) {
        Instant askedAt = clock.instant();
        var answers = new HashMap<Integer, Answer>();
        watched.brake = new Cancellation(() -> !stopping);
        long renewed = System.nanoTime();
        for (WatchPlan.Watch watch : asked) {
            if (System.nanoTime() - renewed > RENEW.toNanos()) {
                if (!store.keep(watched.lease, lease())) {
                    return Optional.empty();
                }
                renewed = System.nanoTime();
            }
            Answer answer = ask.once(
                    Condition.of(watch.condition()),
                    watched.environment,
                    (stream, text) -> {},
                    watched.brake,
                    "watch-" + watched.lease.runId());
            if (stopping) {
                return Optional.empty();
            }
            if (counts(watched.misses, watch.no(), answer)) {
                answers.put(watch.no(), answer);
            }
        }
        return Optional.of(new Watches.Said(answers, askedAt));
    }

    /** An answer counts at once; none only when there was none so many times in a row. */
    static boolean counts(Map<Integer, Integer> misses, int no, Answer answer) {
        if (!answer.couldNotAsk()) {
            misses.remove(no);
            return true;
        }
        return misses.merge(no, 1, Integer::sum) >= TRIES;
    }

    /** Most looks bring nothing new, and hold nobody up. */
    private boolean isWorthWriting(Watched watched, Watches.Said answers) {
        Run run = runs.require(watched.lease.runId());
        return !run.state().isFinal()
                && (watches.isNews(run, answers) || mustPause(run).isPresent());
    }

    private void write(Watched watched, Watches.Said answers) {
        Run run = runs.requireLocked(watched.lease.runId());
        if (run.state().isFinal() || !isMine(watched.lease)) {
            return;
        }
        watches.heard(run, answers);
        mustPause(run).ifPresent(why -> {
            run.wants(Wanted.PAUSE, RunLedger.ENGINE, why);
            ledger.note(run, null, "pause-asked", RunLedger.ENGINE, why);
        });
    }

    /** Whoever waits, is paused or wants something else is not asked to pause. */
    private Optional<String> mustPause(Run run) {
        return run.state() == RunState.RUNNING && run.wanted().isEmpty()
                ? watches.against(run, false)
                : Optional.empty();
    }

    private boolean isMine(Lease lease) {
        return entities.unwrap(org.hibernate.Session.class)
                .doReturningWork(connection -> WatchStore.holds(connection, lease));
    }
}
