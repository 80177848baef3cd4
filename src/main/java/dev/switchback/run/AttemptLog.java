package dev.switchback.run;

import dev.switchback.spool.Batch;
import dev.switchback.spool.Spool;
import dev.switchback.spool.SpoolFile;
import dev.switchback.step.StepLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The log of one attempt on its way to the database. A line after a silence goes at once; then lines gather for 10 ms or
 * up to 64 KiB, and for as long as the database is busy with those before. Who prints faster than the database stores
 * waits; nothing is dropped, and never is more than {@value #FULL} bytes in memory, besides what is being stored. While
 * the database is away the lines go to the {@link Spool} and the printing goes on. Safe for use by several threads.
 */
public final class AttemptLog implements StepLog, AutoCloseable {

    /**
     * In bytes: who wants to add more waits. With half of it a million lines took two thirds longer, twice as much gained
     * nothing.
     */
    static final int FULL = 512 * 1024;

    private static final int CHUNK = 64 * 1024;
    private static final long SPILL_MILLIS = 50;

    /** Our own words can wait a little: the end of a short attempt takes them along. */
    private static final long OWN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** So long an answer of the store may take at the end, before somebody else waits for it. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * What all attempts of this instance share.
     *
     * @param store where the lines go
     * @param spool where they wait while the store is away
     * @param senders what the sending runs on; a thread is taken only while there is something to send
     * @param timer for what has to happen soon
     * @param clock tells when a line was read
     * @param patience how long the end of an attempt waits for a store that is away
     */
    record Way(
            LogStore store,
            Spool spool,
            Executor senders,
            ScheduledExecutorService timer,
            InstantSource clock,
            Duration patience) {}

    private final Way way;
    private final Batch like;
    private final OutputGate gate;
    private final Sending sending;

    private LogChunk.Builder gathered = new LogChunk.Builder();
    private ScheduledFuture<?> soon;
    private boolean running;
    private boolean closing;
    private long takenAt = System.nanoTime() - GATHER_NANOS;

    /**
     * @param like names the attempt and its lease
     * @param gate where output waits when there is too much of it
     * @param stored told after lines were stored
     * @param lost told when the lease turns out to be gone; what is printed from then on is not kept
     */
    AttemptLog(Way way, Batch like, OutputGate gate, Runnable stored, Runnable lost) {
        this.way = way;
        this.like = like;
        this.gate = gate;
        this.sending = new Sending(way, like, this, stored, lost);
    }

    @Override
    public void line(Stream stream, String text) {
        if (stream == Stream.ENGINE || gate.pass(text.length())) {
            keep(stream, text);
        }
    }

    private synchronized void keep(Stream stream, String text) {
        makeRoom();
        if (closing || sending.isLost()) {
            return;
        }
        gathered.add(way.clock().millis(), stream, text);
        if (running) {
            goOn();
        } else if (gathered.size() >= CHUNK || stream != Stream.ENGINE && isAfterSilence()) {
            send();
        } else if (soon == null) {
            soon = way.timer().schedule(this::send, OWN_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void goOn() {
        if (gathered.size() >= CHUNK) {
            notifyAll();
        }
        if (soon == null && sending.isStuck()) {
            soon = way.timer().schedule(this::spill, SPILL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void spill() {
        soon = null;
        sending.spill();
    }

    private boolean isAfterSilence() {
        return System.nanoTime() - takenAt >= GATHER_NANOS;
    }

    /** Waits as long as it is full; there is no end to that but room, or the end of the lease. */
    private void makeRoom() {
        boolean interrupted = false;
        while (gathered.size() >= FULL && !sending.isLost() && !sending.spill()) {
            try {
                wait(20);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void send() {
        if (soon != null) {
            soon.cancel(false);
            soon = null;
        }
        if (!running && gathered.lines() > 0) {
            running = true;
            way.senders().execute(sending);
        }
    }

    /** The lines to be sent next, after they had time to gather; empty when there are none, and the sender may go. */
    synchronized Optional<Batch> next() throws InterruptedException {
        long left = takenAt + GATHER_NANOS - System.nanoTime();
        while (left > 0 && gathered.size() < CHUNK && !closing) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = takenAt + GATHER_NANOS - System.nanoTime();
        }
        Optional<Batch> next = take();
        running = next.isPresent();
        return next;
    }

    /** The sender gave up. */
    synchronized void senderEnded() {
        running = false;
        notifyAll();
    }

    private Optional<Batch> take() {
        if (gathered.lines() == 0) {
            return Optional.empty();
        }
        Batch batch = batch(gathered.lines(), gathered.toBytes());
        startAfresh();
        return Optional.of(batch);
    }

    private void startAfresh() {
        gathered = new LogChunk.Builder();
        takenAt = System.nanoTime();
        notifyAll();
    }

    /** Moves what has gathered to disk; false when there is no room. */
    boolean moveInto(SpoolFile file) {
        boolean moved = gathered.lines() == 0 || file.add(batch(gathered.lines(), gathered.toBytes()));
        if (moved) {
            startAfresh();
        }
        return moved;
    }

    boolean hasGathered() {
        return gathered.lines() > 0;
    }

    /** Lines of this attempt, under a new part. */
    Batch batch(int lines, byte[] bytes) {
        return new Batch(
                like.runId(),
                like.fence(),
                like.legNo(),
                like.stepId(),
                like.attempt(),
                RunLog.nextPart(),
                lines,
                bytes);
    }

    /**
     * The end of an attempt that has little left to store: those lines, for the caller to append in the transaction that
     * says what came of the attempt; they are not kept here any more. Empty when everything is stored, or when there is
     * so much, or so much trouble, that {@link #close} has to see to it. A caller whose transaction fails for good gives
     * them to {@link AttemptLogs#keep}.
     */
    public synchronized Optional<Batch> rest() {
        long until = System.nanoTime() + ANSWER_NANOS;
        long left = ANSWER_NANOS;
        try {
            while (sending.isBusy() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = until - System.nanoTime();
            }
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
        }
        return sending.isBusy() || sending.isLost() || gathered.size() > CHUNK ? Optional.empty() : take();
    }

    /**
     * Stores what is left; afterwards everything that was printed can be read. When the store stays away, the lines stay
     * on disk and are sent later.
     */
    @Override
    public void close() {
        boolean mine;
        synchronized (this) {
            closing = true;
            sending.giveUpAt(System.nanoTime() + way.patience().toNanos());
            if (soon != null) {
                soon.cancel(false);
            }
            notifyAll();
            mine = !running && gathered.lines() > 0;
            running |= mine;
        }
        if (mine) {
            sending.run();
        } else {
            awaitSender();
        }
        sending.leave();
    }

    private synchronized void awaitSender() {
        boolean interrupted = false;
        long until = System.nanoTime() + way.patience().toNanos();
        while (running && System.nanoTime() < until) {
            try {
                wait(100);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
