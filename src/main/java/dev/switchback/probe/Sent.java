package dev.switchback.probe;

import dev.switchback.verdict.Probe;
import dev.switchback.verdict.Probe.Failure;

/**
 * A probe that was sent and is over. Times in microseconds from the beginning of the probing.
 *
 * @param slot in which slot of its prober
 * @param sentUs when it was sent
 * @param tookUs until it was over
 * @param failure null when it was answered as expected
 * @param status 0 for none
 * @param message what was wrong; null when nothing was, and when it was read back
 */
record Sent(long slot, long sentUs, long tookUs, Failure failure, int status, String message) {

    /**
     * The moment at which it tells something: a steady one when it was sent; one that takes seconds, or takes its turn,
     * when it was over, because what cut it happened then.
     */
    long momentUs(Prober.Kind kind) {
        return kind.isSteady() ? sentUs : sentUs + tookUs;
    }

    /** As the judge counts it: on the common grid of slots, whatever the shift of its prober. */
    Probe asProbe(Prober.Kind kind, double beganMs, long slotUs, long slowUs) {
        return new Probe(
                kind.judged,
                beganMs + slot * slotUs / 1000.0,
                beganMs + momentUs(kind) / 1000.0,
                tookUs / 1000.0,
                failure,
                kind.isSteady() && tookUs > slowUs,
                null,
                message);
    }
}
