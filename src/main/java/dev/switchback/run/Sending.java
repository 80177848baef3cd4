package dev.switchback.run;

import dev.switchback.spool.Batch;
import dev.switchback.spool.SpoolFile;
import io.quarkus.logging.Log;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Carries the batches of one attempt to the store, one after the other, and tries each until it is stored. What comes
 * meanwhile goes to disk; from there it is sent before anything newer. Ends when nothing is left, and begins again with
 * the next line. Everything but the store's own work happens under the lock of the attempt's log.
 */
final class Sending implements Runnable {

    private static final long SLOW_NANOS = 500_000_000L;
    private static final long RETRY_MILLIS = 250;

    private final AttemptLog.Way way;
    private final Batch like;
    private final AttemptLog log;
    private final Runnable stored;
    private final Runnable whenLost;

    private Batch inHand;
    private long inHandSince;
    private boolean away;
    private SpoolFile file;
    private long giveUpAt = Long.MAX_VALUE;
    private boolean lost;
    private boolean left;
    private boolean cannotSpool;

    Sending(AttemptLog.Way way, Batch like, AttemptLog log, Runnable stored, Runnable whenLost) {
        this.way = way;
        this.like = like;
        this.log = log;
        this.stored = stored;
        this.whenLost = whenLost;
    }

    @Override
    public void run() {
        boolean ended = false;
        try {
            Optional<Batch> next = next();
            while (next.isPresent() && deliver(next.get())) {
                next = next();
            }
            ended = next.isEmpty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            // When nothing was left, the log knows already, and another sender may be at work by now.
            if (!ended) {
                log.senderEnded();
            }
        }
    }

    private Optional<Batch> next() throws InterruptedException {
        synchronized (log) {
            Optional<Batch> next = file == null ? Optional.empty() : file.peek();
            if (next.isEmpty()) {
                forget();
                next = log.next();
            }
            inHand = next.orElse(null);
            inHandSince = System.nanoTime();
            return next;
        }
    }

    private void forget() {
        if (file != null) {
            file.delete();
            file = null;
        }
    }

    /** Whether it is stored; otherwise there is no use in going on. */
    private boolean deliver(Batch batch) throws InterruptedException {
        while (true) {
            try {
                way.store().store(batch);
                if (!delivered(batch)) {
                    return false;
                }
                stored.run();
                return true;
            } catch (RunLog.LostLeaseException e) {
                lose();
                return false;
            } catch (SQLException | RuntimeException e) {
                if (!keepTrying(e)) {
                    return false;
                }
            }
        }
    }

    private boolean delivered(Batch batch) {
        synchronized (log) {
            if (left) {
                return false;
            }
            if (away) {
                Log.infof("run %d, step %s: the database takes its log again", like.runId(), like.stepId());
            }
            away = false;
            inHand = null;
            if (file != null) {
                file.remove(batch);
            }
            log.notifyAll();
            return true;
        }
    }

    private boolean keepTrying(Exception e) throws InterruptedException {
        synchronized (log) {
            if (!away) {
                Log.warnf(
                        "run %d, step %s: its log cannot be stored now and waits on disk (%s)",
                        like.runId(), like.stepId(), e.getMessage());
            }
            away = true;
            spill();
            log.wait(RETRY_MILLIS);
            return !left && System.nanoTime() < giveUpAt;
        }
    }

    private void lose() {
        synchronized (log) {
            lost = true;
            log.notifyAll();
        }
        whenLost.run();
    }

    /** Whether something is on its way, or waits on disk. */
    boolean isBusy() {
        return inHand != null || file != null;
    }

    /** Whether the lease is gone, so that nothing that is printed is kept any more. */
    boolean isLost() {
        return lost;
    }

    /** Whether lines should wait on disk: the store does not answer, or not soon. */
    boolean isStuck() {
        return inHand != null && (away || System.nanoTime() - inHandSince > SLOW_NANOS);
    }

    /** Puts what has gathered on disk, if the store is away and there is room; whether there is room in memory now. */
    boolean spill() {
        return isStuck() && keepOnDisk();
    }

    private boolean keepOnDisk() {
        try {
            if (file == null && inHand != null) {
                SpoolFile fresh = way.spool().create(log.batch(0, new byte[0]));
                if (!fresh.add(inHand)) {
                    fresh.delete();
                    return false;
                }
                file = fresh;
            }
            return file != null && log.moveInto(file);
        } catch (UncheckedIOException e) {
            if (!cannotSpool) {
                Log.errorf(e, "run %d, step %s: its log cannot wait on disk either", like.runId(), like.stepId());
            }
            cannotSpool = true;
            return false;
        }
    }

    void giveUpAt(long nanos) {
        giveUpAt = nanos;
    }

    /** Nobody waits for the store any more: what is not stored stays on disk, for {@link SendSpooled}. */
    void leave() {
        synchronized (log) {
            left = true;
            boolean waited = file != null;
            if (inHand != null && (!lost || waited)) {
                boolean kept = keepOnDisk();
                if (!kept && log.hasGathered()) {
                    Log.errorf("run %d, step %s: the last lines of its log are lost", like.runId(), like.stepId());
                }
            }
            if (file != null) {
                file.close();
                file = null;
            }
        }
    }
}
