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
    private boolean dropped;
    private boolean wished;

    /** An attempt began; a wish or a loss that came before pulls its brake at once. */
    synchronized void hold(Cancellation present) {
        brake = present;
        if (dropped || wished) {
            present.cancel(Cancellation.Reason.ABORTED);
        }
    }

    synchronized void letGo() {
        brake = null;
    }

    /** A person wants something: abort and rollback end the attempt now, a pause lets it finish. */
    synchronized void wish(Optional<Wanted> wanted) {
        wished = wanted.filter(w -> w != Wanted.PAUSE).isPresent();
        if (wished && brake != null) {
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

    synchronized boolean wished() {
        return wished;
    }

    /** Waits, unless somebody wants something. */
    void rest(Duration atMost) throws InterruptedException {
        if (awake.tryAcquire(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            awake.drainPermits();
        }
    }
}
