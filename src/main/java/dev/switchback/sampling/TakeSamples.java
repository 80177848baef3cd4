package dev.switchback.sampling;

import dev.switchback.sampling.Turns.Turn;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepExecutors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
    private final Companion.Opening opening;

    /**
     * @param executors for queries, commands and whatever makes caches cold
     * @param bodyKey the key of the hashes of bodies: who does not know it cannot guess a body from its hash, and hashes
     *     with the same key can be compared
     */
    public TakeSamples(StepExecutors executors, byte[] bodyKey) {
        this(executors, bodyKey, Companion.POSTGRES);
    }

    TakeSamples(StepExecutors executors, byte[] bodyKey, Companion.Opening opening) {
        this.executors = executors;
        this.bodyKey = bodyKey.clone();
        this.opening = opening;
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
        return take(plans, place, seed, brake, progress, metric -> Turn.ALONE);
    }

    /**
     * The same in turns with another sitting.
     *
     * @param turns the side that this is, by the name of an http metric
     */
    public List<Sitting> take(
            List<MetricPlan> plans,
            Place place,
            long seed,
            Cancellation brake,
            Progress progress,
            Function<String, Turn> turns) {
        Map<String, List<Companion>> companions = Companion.byMetric(plans);
        var sittings = new HashMap<MetricPlan, Sitting>();
        for (int i = 0; i < plans.size(); i++) {
            MetricPlan plan = plans.get(i);
            var telling = new Telling(progress, brake, plan, plans.subList(i + 1, plans.size()));
            if (plan.source() == SourceKind.HTTP) {
                List<Companion> along = companions.getOrDefault(plan.name(), List.of());
                http(plan, place, seed, brake, telling, along, turns.apply(plan.name()))
                        .forEach(each -> sittings.put(each.plan(), each));
            } else if (plan.source() != SourceKind.STATEMENTS) {
                sittings.put(plan, numbers(plan, place, seed, brake, telling));
            }
        }
        return plans.stream()
                .map(plan -> sittings.containsKey(plan) ? sittings.get(plan) : alone(plan, seed, brake, progress))
                .toList();
    }

    private List<Sitting> http(
            MetricPlan plan,
            Place place,
            long seed,
            Cancellation brake,
            Telling telling,
            List<Companion> companions,
            Turn turn) {
        try {
            companions.forEach(each -> each.open(opening, place));
            return new HttpSitting(plan, place, seed, brake, telling, companions, executors, bodyKey, turn).take();
        } finally {
            turn.leave();
            companions.forEach(Companion::close);
        }
    }

    private Sitting numbers(MetricPlan plan, Place place, long seed, Cancellation brake, Telling telling) {
        return new NumberSitting(plan, seed, brake, telling)
                .take(() -> plan.source() == SourceKind.PROMETHEUS
                        ? NumberByPrometheus.of(plan, place, brake)
                        : NumberByStep.of(plan, executors, place, brake));
    }

    /** Statements are counted during an http metric; this one has none. */
    private static Sitting alone(MetricPlan plan, long seed, Cancellation brake, Progress progress) {
        return new NumberSitting(plan, seed, brake, new Telling(progress, brake, plan, List.of())).take(() -> {
            throw new CouldNotAskException(
                    "the metric " + plan.during() + ", during which statements are counted, is not taken along",
                    "the http metric " + plan.during() + " beside it");
        });
    }
}
