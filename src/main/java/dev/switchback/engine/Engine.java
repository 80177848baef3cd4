package dev.switchback.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.switchback.probe.Probing;
import dev.switchback.run.RunFeed;
import dev.switchback.run.RunLog.LostLeaseException;
import io.quarkus.agroal.DataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Drives the runs that are due. db-scheduler picks a run, keeps it from the other instances and finds those of an
 * instance that fell silent; the lease, which every write names, makes sure that a driver which was frozen or cut off
 * changes nothing any more.
 */
@ApplicationScoped
public class Engine {

    /** How long nobody looks again at a run that could not be taken, or whose driver failed. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How often news are acted upon at most. */
    private static final Duration BETWEEN_NEWS = Duration.ofMillis(50);

    /** How often it is looked for what was picked and got lost. */
    private static final Duration BETWEEN_LOST = Duration.ofSeconds(1);

    /** How long what is ended may take to be gone, besides its grace. */
    private static final Duration ENDING = Duration.ofSeconds(8);

    @Inject
    EngineConfig config;

    @Inject
    @DataSource("engine")
    javax.sql.DataSource database;

    @Inject
    Presence presence;

    @Inject
    Leases leases;

    @Inject
    Heart heart;

    @Inject
    Queue queue;

    @Inject
    EndLeftovers leftovers;

    @Inject
    RunDriver driver;

    @Inject
    RunFeed feed;

    @Inject
    Probing probing;

    @Inject
    Watching watching;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    private final Semaphore news = new Semaphore(0);
    private Instance here;
    private Scheduler scheduler;
    private ExecutorService drivers;
    private Thread looking;
    private RunFeed.Subscription subscription;
    private volatile boolean stopping;

    void start(@Observes @Priority(3000) StartupEvent event) {
        here = Instance.here(config.instance().orElseGet(() -> Instance.host() + ":" + port), version);
        presence.claim(here, config.lease());
        heart.start(here);
        var stranded = leases.releaseAllOf(here.name());
        if (!stranded.isEmpty()) {
            Log.warnf("runs %s were driven by this instance before it stopped; they are taken up again", stranded);
        }
        queue.free(here.name());
        probing.start(here.name());
        watching.start(here.name());
        leftovers.end(here.name());
        scheduler = scheduler();
        scheduler.start();
        subscription = feed.onChange(RunFeed.EVERY_RUN, this::hearNews);
        looking = Daemon.start("run-finder", this::look);
    }

    private Scheduler scheduler() {
        drivers = drivers(config.runs(), () -> scheduler.triggerCheckForDueExecutions());
        return Scheduler.create(database, task())
                .schedulerName(new SchedulerName.Fixed(here.name()))
                .clock(heart.clock())
                .threads(config.runs())
                .executorService(drivers)
                .pollingInterval(config.look())
                // All threads may be busy, and no run waits here that another instance could drive.
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(config.lease().dividedBy(12))
                // One beat before the lease is over, so that looking every second beat costs no time.
                .missedHeartbeatsLimit(11)
                .shutdownMaxWait(ENDING)
                .failureLogging(LogLevel.WARN, false)
                .build();
    }

    /**
     * As many threads as runs are driven at once.
     *
     * @param free told each time when one of them has become free, and not a moment before: who looks for the next run
     *     while the slot still counts as taken finds no room for it, and the slot stays idle until the next look
     */
    static ExecutorService drivers(int runs, Runnable free) {
        return new ThreadPoolExecutor(
                runs, runs, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> Daemon.of("run-driver", work)) {
            @Override
            protected void afterExecute(Runnable work, Throwable failure) {
                free.run();
            }
        };
    }

    private CustomTask<Void> task() {
        return Tasks.custom(Queue.DRIVE, Void.class)
                .onFailure(
                        (done, row) -> row.reschedule(done, heart.clock().now().plus(PAUSE)))
                .onDeadExecution((done, row) -> {
                    if (heart.mayCallDead()) {
                        Log.warnf(
                                "run %s was driven by %s, which is silent; it is taken up here",
                                done.getExecution().getId(), done.getExecution().pickedBy);
                        endFrozen(Long.parseLong(done.getExecution().getId()));
                        row.reschedule(done, heart.clock().now());
                    }
                })
                .execute(this::execute);
    }

    private void endFrozen(long runId) {
        if (leases.endFrozen(runId, config.lease().dividedBy(2))) {
            Log.warnf("its driver was frozen in the middle of writing run %d; that transaction was ended", runId);
        }
    }

    private void hearNews() {
        news.release();
        heart.hearNews();
    }

    private void look() {
        long lostLookedFor = System.nanoTime();
        while (!stopping) {
            try {
                if (System.nanoTime() - lostLookedFor > BETWEEN_LOST.toNanos()) {
                    lookForLost();
                    lostLookedFor = System.nanoTime();
                }
                if (queue.fill() > 0) {
                    scheduler.triggerCheckForDueExecutions();
                }
                // The first news after a silence is heard at once; runs that are on their way tell much.
                long filled = System.nanoTime();
                if (news.tryAcquire(config.look().toMillis(), TimeUnit.MILLISECONDS)) {
                    TimeUnit.NANOSECONDS.sleep(BETWEEN_NEWS.toNanos() - (System.nanoTime() - filled));
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                Log.warnf("due runs could not be looked for, looking again: %s", e.getMessage());
                sleep(PAUSE);
            }
        }
    }

    private void lookForLost() {
        List<String> known = scheduler.getCurrentlyExecuting().stream()
                .map(execution -> execution.getTaskInstance().getId())
                .toList();
        int lost = queue.freeLost(here.name(), known);
        if (lost > 0) {
            Log.warnf("picked runs whose answer got lost: %d; they are picked again", lost);
            scheduler.triggerCheckForDueExecutions();
        }
    }

    private static void sleep(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> row, ExecutionContext context) {
        long runId = Long.parseLong(row.getId());
        long version = context.getExecution().version;
        var freshness = new Freshness(config.lease(), System::nanoTime);
        Optional<Leases.Taken> taken = stopping || heart.robbed()
                ? Optional.empty()
                : leases.takeOver(runId, here.name(), config.lease(), heart.mayCallDead());
        if (taken.isEmpty()) {
            return (done, operations) -> done(runId, version, null, PAUSE);
        }
        boolean inOrder = drive(taken.get(), freshness);
        return (done, operations) ->
                done(runId, version, inOrder ? taken.get().lease() : null, inOrder ? Duration.ZERO : PAUSE);
    }

    /** Whether the lease may be given back: nothing that it covered goes on. */
    private boolean drive(Leases.Taken taken, Freshness freshness) {
        Lease lease = taken.lease();
        Reins reins = heart.hold(lease, freshness);
        try {
            driver.drive(new Course(lease, reins, taken.before()));
            return true;
        } catch (LostLeaseException e) {
            Log.warnf("run %d is driven by somebody else now; this driver wrote nothing more", lease.runId());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (RuntimeException e) {
            Log.errorf(
                    e,
                    "the driver of run %d failed; the run is taken up again when its lease has run out",
                    lease.runId());
            return false;
        } finally {
            heart.letGo(lease);
        }
    }

    private void done(long runId, long version, Lease lease, Duration pause) {
        try {
            queue.done(runId, version, lease, pause);
        } catch (SQLException e) {
            Log.warnf(
                    "the end of driving run %d could not be stored; it is taken up again when its lease has run out:"
                            + " %s",
                    runId, e.getMessage());
        }
    }

    void stop(@Observes @Priority(1000) ShutdownEvent event) throws InterruptedException {
        if (scheduler == null) {
            return;
        }
        stopping = true;
        scheduler.pause();
        subscription.close();
        looking.interrupt();
        handOver();
        scheduler.stop();
        watching.stop();
        probing.stop();
        heart.stop();
        presence.leave(here);
    }

    /** Lets present steps end for a while, then ends them; the runs go on elsewhere, or after the next start. */
    private void handOver() throws InterruptedException {
        heart.drain();
        heart.reins().forEach(Reins::leave);
        if (!emptyWithin(config.drain())) {
            Log.warnf("steps still run after %s; they are ended", config.drain());
            heart.reins().forEach(Reins::leaveNow);
            if (!emptyWithin(ENDING.plus(ENDING))) {
                heart.reins().forEach(Reins::drop);
                Log.warn("a step did not end in time; its run tells so after the next start");
            }
        }
    }

    private boolean emptyWithin(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!heart.holdsNothing() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return heart.holdsNothing();
    }
}
