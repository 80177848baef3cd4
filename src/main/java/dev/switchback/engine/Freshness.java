package dev.switchback.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How old the last renewal of a lease is, by a clock that nobody turns and that goes on while this process is frozen.
 * The age counts from before the renewal was sent, so that it is never younger here than in the database. Thread-safe.
 */
final class Freshness {

    /** From here on a step is ended, so that it is over before the lease is over for the others. */
    private static final double ENDS_AT = 0.6;

    /** Anything may take so much of the lease from TERM to KILL then. */
    private static final double GRACE = 0.15;

    private final Duration lease;
    private final LongSupplier nanos;
    private volatile long renewedAt;

    Freshness(Duration lease, LongSupplier nanos) {
        this.lease = lease;
        this.nanos = nanos;
        this.renewedAt = nanos.getAsLong();
    }

    /** The present moment, to be taken before a renewal is sent. */
    long now() {
        return nanos.getAsLong();
    }

    /** A renewal that was sent at that moment was confirmed. */
    void renewed(long sentAt) {
        renewedAt = sentAt;
    }

    /** Whether something may be begun and what runs may go on. */
    boolean isFresh() {
        return nanos.getAsLong() - renewedAt < lease.toNanos() * ENDS_AT;
    }

    /** How long a step that has to be over before the lease is may take from TERM to KILL. */
    Duration lastGrace() {
        return Duration.ofNanos((long) (lease.toNanos() * GRACE));
    }
}
