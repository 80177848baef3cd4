package dev.switchback.engine;

import dev.switchback.run.Wanted;
import dev.switchback.step.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What a driver holds in its hands: the brake of the present attempt, and whether it may still drive. Thread-safe. */
final class Reins {

    private final Semaphore awake = new Semaphore(0);
    private Cancellation brake;
    private long attempts;
    private boolean dropped;

    /** An attempt began; a loss that came before pulls its brake at once. */
    synchronized void hold(Cancellation present) {
        brake = present;
        attempts++;
        if (dropped) {
            present.cancel(Cancellation.Reason.ABORTED);
        }
    }

    synchronized void letGo() {
        brake = null;
        attempts++;
    }

    /** Which attempt is in hand; to be asked before the wish is read from the database. */
    synchronized long attempt() {
        return attempts;
    }

    /**
     * A person wants something: abort and rollback end the attempt now, a pause lets it finish. A wish that was read
     * while another attempt was in hand is old news: it was obeyed before this attempt began.
     */
    synchronized void wish(Optional<Wanted> wanted, long duringAttempt) {
        if (duringAttempt != attempts) {
            return;
        }
        if (brake != null && wanted.filter(w -> w != Wanted.PAUSE).isPresent()) {
            brake.cancel(Cancellation.Reason.ABORTED);
        }
        if (wanted.isPresent()) {
            awake.release();
        }
    }

    /** The lease is lost or the server stops: end the attempt and write nothing more. */
    synchronized void drop() {
        dropped = true;
        if (brake != null) {
            brake.cancel(Cancellation.Reason.ABORTED);
        }
        awake.release();
    }

    synchronized boolean dropped() {
        return dropped;
    }

    /** Waits, unless somebody wants something. */
    void rest(Duration atMost) throws InterruptedException {
        if (awake.tryAcquire(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            awake.drainPermits();
        }
    }
}
