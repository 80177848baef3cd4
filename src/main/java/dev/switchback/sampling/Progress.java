package dev.switchback.sampling;

import java.time.Duration;
import java.util.List;

/**
 * Is told while samples are taken, one call at a time and never while requests wait for it: the thread that called
 * {@link TakeSamples#take} tells it. What it throws ends the taking.
 */
public interface Progress {

    /** What a metric is at. */
    enum Phase {
        WARM_UP("warm-up"),
        BLOCK("block"),
        PAUSE("pause"),
        /** The other side sends just now. */
        OTHER_SIDE("the other side’s turn"),
        /** The caches are made cold, or the way to do so is tried out. */
        COOLING("cooling"),
        /** Ten more blocks, because the first were not steady. */
        EXTENDING("extending"),
        /** Nothing is sent: what the database counts now is not ours. */
        IDLE_WINDOW("idle window");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        /** As the page says it. */
        public String words() {
            return words;
        }
    }

    /**
     * About once a second and at each change.
     *
     * @param plan the metric
     * @param block the block it is at, counted from 1; 0 before the first
     * @param ofBlocks how many there will be
     * @param phase what it is doing
     * @param left about how long until all metrics are taken
     */
    void metric(MetricPlan plan, int block, int ofBlocks, Phase phase, Duration left);

    /** Samples of a metric, each once, in blocks as they are complete; sorted by block and place in it. */
    void taken(MetricPlan plan, List<Taken> batch);
}
