package dev.switchback.engine;

import dev.switchback.run.Wanted;
import dev.switchback.step.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What a driver holds in its hands: the brake of the present attempt, and whether it may still drive. Thread-safe. */
final class Reins {

    private final Freshness freshness;
    private final Semaphore awake = new Semaphore(0);
    private Cancellation brake;
    private String cutShort;
    private long attempts;
    private boolean dropped;
    private boolean leaving;

    Reins(Freshness freshness) {
        this.freshness = freshness;
    }

    /** A brake for the next attempt: it is pulled by itself when the lease is not fresh, and when it is lost. */
    synchronized Cancellation hold() {
        brake = new Cancellation(this::mayGoOn);
        cutShort = null;
        attempts++;
        if (dropped) {
            brake.cancel(Cancellation.Reason.ABORTED);
        }
        return brake;
    }

    private boolean mayGoOn() {
        return isFresh() || !endIfStale();
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

    /** A renewal that was sent at that moment of {@link #now} was confirmed. */
    void renewed(long sentAt) {
        freshness.renewed(sentAt);
    }

    long now() {
        return freshness.now();
    }

    /** Whether something may be begun. */
    boolean isFresh() {
        return freshness.isFresh();
    }

    /**
     * Ends the attempt when the lease could not be renewed for too long: everything it started is dead before anybody
     * else may begin.
     *
     * @return whether there was one to end
     */
    synchronized boolean endIfStale() {
        return !freshness.isFresh()
                && cut("the database could not be reached for so long that the lease on this run was about to run out");
    }

    /** The instance stops: the driver lets go after the present attempt. */
    synchronized void leave() {
        leaving = true;
        awake.release();
    }

    /** The instance stops, and does not wait any longer. */
    synchronized void leaveNow() {
        leaving = true;
        cut("this instance was stopped");
        awake.release();
    }

    synchronized boolean leaving() {
        return leaving;
    }

    private boolean cut(String why) {
        if (brake == null || brake.reason().isPresent()) {
            return false;
        }
        cutShort = why;
        brake.cancel(Cancellation.Reason.ABORTED, freshness.lastGrace());
        return true;
    }

    /** Why the engine itself ended the last attempt; empty when it did not. */
    synchronized Optional<String> cutShort() {
        return Optional.ofNullable(cutShort);
    }

    /** Somebody else drives the run now: end the attempt and write nothing more. */
    synchronized void drop() {
        dropped = true;
        if (brake != null) {
            brake.cancel(Cancellation.Reason.ABORTED, freshness.lastGrace());
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
