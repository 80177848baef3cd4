package dev.switchback.probe;

import java.util.SplittableRandom;

/**
 * When a prober sends: once in each slot, at a uniformly random moment of it, so that it never falls into step with a
 * cron job or a health check. Pure; moments are microseconds from the beginning.
 *
 * @param slotUs the length of a slot
 * @param offsetUs by how much the slots of this prober are shifted
 * @param seed makes the moments
 */
record Slots(long slotUs, long offsetUs, long seed) {

    /** The moment of a slot. */
    long moment(long slot) {
        long random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + slot).nextLong(slotUs);
        return begin(slot) + random;
    }

    private long begin(long slot) {
        return offsetUs + slot * slotUs;
    }

    /** Whether it is too late for this slot: a probe that is sent in the next one proves nothing about this one. */
    boolean isOver(long slot, long nowUs) {
        return nowUs >= begin(slot + 1);
    }

    /** The first slot whose beginning is still to come; before the beginning of all, the first of all. */
    long next(long nowUs) {
        return nowUs < offsetUs ? 0 : (nowUs - offsetUs) / slotUs + 1;
    }
}
