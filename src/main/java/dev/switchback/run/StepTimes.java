package dev.switchback.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long each step usually takes, there and back: the median of its latest times. Immutable.
 *
 * @param there by step id
 * @param back the undo, by step id
 */
public record StepTimes(Map<String, Duration> there, Map<String, Duration> back) {

    /** Nothing is known yet. */
    public static final StepTimes NONE = new StepTimes(Map.of(), Map.of());

    public StepTimes {
        there = Map.copyOf(there);
        back = Map.copyOf(back);
    }

    /** The usual time of this step on its leg; empty when it never ran. */
    public Optional<Duration> of(RunStep step) {
        return Optional.ofNullable((step.leg() == Leg.BACK ? back : there).get(step.stepId()));
    }

    /** The sum for these steps; empty when one of them is not known: half a sum would promise too much. */
    public Optional<Duration> sum(List<RunStep> steps) {
        return sum(steps.stream().map(this::of).toList().stream());
    }

    /** The time that these steps take going forward; empty when one of them never ran. */
    public Optional<Duration> there(List<String> stepIds) {
        return sum(stepIds.stream().map(id -> Optional.ofNullable(there.get(id))));
    }

    /** The time that undoing these steps takes; empty when one of them was never undone. */
    public Optional<Duration> undoing(List<String> stepIds) {
        return sum(stepIds.stream().map(id -> Optional.ofNullable(back.get(id))));
    }

    private static Optional<Duration> sum(java.util.stream.Stream<Optional<Duration>> times) {
        return times.reduce(Optional.of(Duration.ZERO), (a, b) -> a.flatMap(x -> b.map(x::plus)));
    }
}
