package dev.switchback.engine;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of the database, read every second and carried on in between: instances with wrong clocks agree on what is
 * due and who was silent for how long. Thread-safe.
 */
final class DatabaseClock implements Clock {

    private record Reading(Instant at, long nanos) {}

    private volatile Reading last = new Reading(Instant.now(), System.nanoTime());

    /** The database said that it was so late; the question was sent at {@code sentAt} of {@link System#nanoTime}. */
    void heard(Instant databaseNow, long sentAt) {
        long nanos = System.nanoTime();
        last = new Reading(databaseNow, sentAt + (nanos - sentAt) / 2);
    }

    @Override
    public Instant now() {
        Reading reading = last;
        return reading.at().plus(Duration.ofNanos(System.nanoTime() - reading.nanos()));
    }
}
