package dev.switchback.sampling;

import java.util.List;

/**
 * How far apart requests are.
 *
 * @param slotUs how long the slot of a request is, microseconds
 * @param roomUs how much at its beginning is kept free, so that there is at least as much between two requests
 * @param leadNanos how long before its request making cold begins; 0 when nothing is made cold before each
 */
record Tempo(long slotUs, long roomUs, long leadNanos) {

    /** More is not kept free: a service that answers nothing must not make a measurement last for hours. */
    private static final long LONGEST_ROOM_US = 1_000_000;

    static Tempo of(MetricPlan plan) {
        return new Tempo(Math.round(1e6 / plan.rate()), 0, 0);
    }

    /**
     * With room in each slot for making cold and for the answer before, so that no answer is put into a cache after it
     * was purged for the next request. Slots become longer by whole times, when they must.
     *
     * @param trial requests before which it was made cold
     */
    Tempo withRoom(long leadNanos, List<Taken> trial) {
        long[] answers = trial.stream().mapToLong(Taken::responseUs).sorted().toArray();
        long answerUs = answers.length == 0 ? 0 : answers[(int) (answers.length * 0.9)];
        long lead = leadNanos / 1000;
        long room = Math.max(lead, Math.min(lead + answerUs * 6 / 5, LONGEST_ROOM_US));
        long times = Math.max(1, (2 * room + slotUs - 1) / slotUs);
        return new Tempo(slotUs * times, room, leadNanos);
    }

    double rate() {
        return 1e6 / slotUs;
    }

    double seconds(int requests) {
        return requests * slotUs / 1e6;
    }
}
