package dev.switchback.run;

import dev.switchback.step.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What took longer than usual. Half as long again as usual <em>and</em> five seconds more: a share alone would call every
 * step of a second late, because starting a process or a connection varies by that much; seconds alone would call every
 * step of an hour late. Both numbers are chosen, not measured. Pure functions.
 */
final class Lateness {

    static final double SHARE = 1.5;
    static final Duration LEAST = Duration.ofSeconds(5);

    private Lateness() {}

    /** Whether this took longer than usual. */
    static boolean isLate(Duration took, Duration usually) {
        return took.toMillis() > usually.toMillis() * SHARE
                && took.minus(usually).compareTo(LEAST) >= 0;
    }

    /** {@code Longer than usual: 40 s, usually 12 s}; empty when it is not, or when nobody knows what is usual. */
    static Optional<String> words(Duration took, Duration usually) {
        return took == null || usually == null || !isLate(took, usually)
                ? Optional.empty()
                : Optional.of("Longer than usual: " + Durations.words(rounded(took)) + ", usually "
                        + Durations.words(rounded(usually)));
    }

    /** In whole seconds: nobody reads tenths of what is late. */
    static Duration rounded(Duration time) {
        return Duration.ofSeconds(Math.round(time.toMillis() / 1000.0));
    }

    /**
     * By how much a run is off what is usual: what its ended steps took more or less, and what the running one takes more
     * already. Steps whose usual time is not known count for nothing.
     */
    static Duration drift(Walk walk, StepTimes times, Instant now) {
        Duration drift = Duration.ZERO;
        for (RunStep step : walk.steps()) {
            Optional<Duration> usual = times.of(step);
            if (usual.isEmpty() || step.startedAt() == null) {
                continue;
            }
            Duration took = Duration.between(step.startedAt(), step.endedAt() == null ? now : step.endedAt());
            Duration more = took.minus(usual.get());
            drift = step.endedAt() == null && more.isNegative() ? drift : drift.plus(more);
        }
        return drift;
    }
}
