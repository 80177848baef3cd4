package dev.switchback.run;

import dev.switchback.step.StepLog;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The log of one attempt on its way to the database: lines gather until there are 64 KiB of them or 10 ms have passed,
 * then they become one chunk. Who prints faster than the database stores waits; nothing is dropped. When the database
 * does not answer, the write is tried again for as long as the lease can last, then the attempt is told. Safe for use
 * by several threads.
 */
public final class AttemptLog implements StepLog, AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final long QUIET_MILLIS = 10;
    private static final int TRIES = 20;
    private static final long BETWEEN_TRIES_MILLIS = 500;

    private final RunLog store;
    private final long runId;
    private final long fence;
    private final int legNo;
    private final String stepId;
    private final int attempt;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Runnable stored;
    private final Runnable lost;

    private LogChunk.Builder chunk = new LogChunk.Builder();
    private ScheduledFuture<?> flushSoon;
    private boolean gone;

    public AttemptLog(
            RunLog store,
            Run run,
            RunStep step,
            long fence,
            InstantSource clock,
            ScheduledExecutorService timer,
            Runnable stored,
            Runnable lost) {
        this.store = store;
        this.runId = run.id();
        this.fence = fence;
        this.legNo = step.legNo();
        this.stepId = step.stepId();
        this.attempt = step.attempt();
        this.clock = clock;
        this.timer = timer;
        this.stored = stored;
        this.lost = lost;
    }

    @Override
    public synchronized void line(Stream stream, String text) {
        chunk.add(clock.millis(), stream, text);
        if (chunk.size() >= CHUNK_BYTES) {
            flush();
        } else if (flushSoon == null) {
            flushSoon = timer.schedule(this::flush, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Stores what has gathered. */
    private synchronized void flush() {
        if (flushSoon != null) {
            flushSoon.cancel(false);
            flushSoon = null;
        }
        if (chunk.lines() == 0 || gone) {
            return;
        }
        LogChunk.Builder full = chunk;
        chunk = new LogChunk.Builder();
        store(full);
    }

    private void store(LogChunk.Builder full) {
        for (int i = 1; ; i++) {
            try {
                store.append(runId, fence, legNo, stepId, attempt, full);
                stored.run();
                return;
            } catch (RunLog.LostLeaseException e) {
                gone = true;
                lost.run();
                return;
            } catch (SQLException e) {
                if (i == TRIES) {
                    gone = true;
                    io.quarkus.logging.Log.errorf(
                            e, "run %d, step %s: the log could not be stored; the step is ended", runId, stepId);
                    lost.run();
                    return;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stores what is left; afterwards everything that was printed can be read. */
    @Override
    public void close() {
        flush();
    }
}
