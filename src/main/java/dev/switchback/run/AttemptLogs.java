package dev.switchback.run;

import dev.switchback.spool.Batch;
import dev.switchback.spool.Spool;
import dev.switchback.spool.SpoolFile;
import dev.switchback.step.Cancellation;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Opens the logs of attempts, and sends what earlier ones had to leave on disk: at the start before any run is taken up,
 * then every second.
 */
@ApplicationScoped
public class AttemptLogs {

    @Inject
    RunLog store;

    @Inject
    RunFeed feed;

    @Inject
    LogConfig config;

    @Inject
    PauseOutput pauses;

    @Inject
    InstantSource clock;

    @Inject
    ScheduledExecutorService timer;

    @ConfigProperty(name = "switchback.data", defaultValue = "data")
    Path data;

    @ConfigProperty(name = "switchback.engine.lease", defaultValue = "12s")
    Duration lease;

    private volatile boolean diskIsFull;
    private Spool spool;
    private SendSpooled leftBehind;
    private ScheduledFuture<?> sending;
    private ExecutorService senders;

    void start(@Observes @Priority(2500) StartupEvent event) {
        spool = new Spool(data.resolve("spool"), config.spool().asLongValue());
        leftBehind = new SendSpooled(spool, store, clock, feed::linesStored);
        senders = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "log-sender");
            thread.setDaemon(true);
            return thread;
        });
        leftBehind.send();
        sending = timer.scheduleWithFixedDelay(this::lookAfterDisk, 1, 1, TimeUnit.SECONDS);
    }

    private void lookAfterDisk() {
        lookAtDisk();
        sendLeftBehind();
    }

    private void lookAtDisk() {
        long free = Files.isDirectory(data) ? data.toFile().getUsableSpace() : Long.MAX_VALUE;
        boolean full = free < config.freeDisk().asLongValue();
        if (full && !diskIsFull) {
            Log.warnf(
                    "only %s are free in %s; steps that print wait until there are %s",
                    PauseOutput.size(free),
                    data,
                    PauseOutput.size(config.freeDisk().asLongValue()));
        } else if (!full && diskIsFull) {
            Log.infof("there is room in %s again", data);
        }
        diskIsFull = full;
    }

    private void sendLeftBehind() {
        try {
            leftBehind.send();
        } catch (RuntimeException e) {
            Log.warn("lines that wait on disk could not be sent", e);
        }
    }

    void stop(@Observes @Priority(500) ShutdownEvent event) {
        sending.cancel(false);
    }

    /**
     * The log of an attempt that begins.
     *
     * @param fence of the lease that drives it
     * @param brake of the attempt, which is pulled when the lease turns out to be gone
     */
    public AttemptLog open(Run run, RunStep step, long fence, Cancellation brake) {
        long id = run.id();
        var like = new Batch(id, fence, step.legNo(), step.stepId(), step.attempt(), 0, 0, new byte[0]);
        var way = new AttemptLog.Way(store, spool, senders, timer, clock, lease);
        Runnable stop = () -> brake.cancel(Cancellation.Reason.ABORTED);
        var gate = new OutputGate(pauses.of(run, step, fence), config.limit().asLongValue(), () -> diskIsFull, stop);
        brake.onCancel(gate::end);
        return new AttemptLog(way, like, gate, () -> feed.linesStored(id), stop);
    }

    /** Lines whose own way to the database failed wait on disk from now on. */
    public void keep(Batch batch) {
        SpoolFile file = spool.create(new Batch(
                batch.runId(),
                batch.fence(),
                batch.legNo(),
                batch.stepId(),
                batch.attempt(),
                RunLog.nextPart(),
                0,
                new byte[0]));
        if (file.add(batch)) {
            file.close();
        } else {
            file.delete();
            Log.errorf("run %d, step %s: the spool is full; lines are lost", batch.runId(), batch.stepId());
        }
    }
}
