package dev.switchback.run;

import dev.switchback.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run with its steps: where it stands on its way. Immutable.
 *
 * @param run the run
 * @param runbook the pinned revision
 * @param steps every step on every leg, in the order they are walked
 * @param takenBack the ids of the steps that another run, made to take this one back, has undone already
 */
public record Walk(Run run, Runbook runbook, List<RunStep> steps, Set<String> takenBack) {

    public Walk {
        steps = List.copyOf(steps);
        takenBack = Set.copyOf(takenBack);
    }

    /** Of a run that nobody began to take back. */
    public Walk(Run run, Runbook runbook, List<RunStep> steps) {
        this(run, runbook, steps, Set.of());
    }

    /** The steps of the leg that is walked now, or was walked last. */
    public List<RunStep> leg() {
        return steps.stream().filter(step -> step.legNo() == run.legNo()).toList();
    }

    /** The step that runs, asks or failed; else the next one; empty when nothing is left to do. */
    public Optional<RunStep> current() {
        Optional<RunStep> busy = busy();
        return busy.isPresent() || run.state().isFinal()
                ? busy.filter(step -> !run.state().isFinal())
                : leg().stream()
                        .filter(step -> step.state() == StepState.PENDING)
                        .findFirst();
    }

    private Optional<RunStep> busy() {
        return leg().stream()
                .filter(step ->
                        step.state() == StepState.RUNNING || step.state().needsPerson())
                .findFirst();
    }

    /** The step that a person has to say something about. */
    public Optional<RunStep> asking() {
        return run.state().needsPerson()
                ? leg().stream().filter(step -> step.state().needsPerson()).findFirst()
                : Optional.empty();
    }

    /** The last step that did something, for the record of a run that is over. */
    public Optional<RunStep> last() {
        return steps.stream().filter(step -> step.startedAt() != null).reduce((a, b) -> b);
    }

    /** The step that failed and was the last word, for the record. */
    public Optional<RunStep> failed() {
        return steps.stream()
                .filter(step -> step.state() == StepState.FAILED || step.state() == StepState.UNKNOWN)
                .reduce((a, b) -> b);
    }

    /** The number that people know a step by: its place in the runbook, on every leg. */
    public int number(String stepId) {
        for (int i = 0; i < runbook.steps().size(); i++) {
            if (runbook.steps().get(i).id().equals(stepId)) {
                return i + 1;
            }
        }
        return 0;
    }

    public int number(RunStep step) {
        return number(step.stepId());
    }

    /** How many steps of this leg are behind it. */
    public int passed() {
        return (int) leg().stream().filter(step -> step.state().isPassed()).count();
    }

    /** What would be undone from here. */
    public WayBack wayBack() {
        return WayBack.of(steps, runbook).without(takenBack);
    }

    /** From the start to the end, or to now. */
    public Optional<Duration> took(Instant now) {
        return Optional.ofNullable(run.startedAt())
                .map(start -> Duration.between(start, run.endedAt() == null ? now : run.endedAt()));
    }
}
