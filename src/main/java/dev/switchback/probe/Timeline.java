package dev.switchback.probe;

import java.time.Instant;

/**
 * Microseconds since the probing of a run began, by a clock that nobody turns; laid beside the wall clock once, when this
 * instance began with it.
 */
final class Timeline {

    private final long beganUs;
    private final long atNanos = System.nanoTime();
    private final long atUs;

    Timeline(Instant began, Instant now) {
        beganUs = micros(began);
        atUs = micros(now) - beganUs;
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    long nowUs() {
        return atUs + (System.nanoTime() - atNanos) / 1000;
    }

    Instant instant(long us) {
        long all = beganUs + us;
        return Instant.ofEpochSecond(Math.floorDiv(all, 1_000_000L), Math.floorMod(all, 1_000_000L) * 1000);
    }

    Instant began() {
        return instant(0);
    }

    double beganMs() {
        return beganUs / 1000.0;
    }
}
