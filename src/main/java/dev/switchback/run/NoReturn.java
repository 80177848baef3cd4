package dev.switchback.run;

import dev.switchback.runbook.RunbookStep;
import java.time.Instant;
import java.util.Optional;

/**
 * The point of no return of a run, which its page shows from the start. Immutable.
 *
 * @param number the number of the first step that cannot be undone
 * @param title its title
 * @param why why there is no way back behind it
 * @param passedAt when it was begun; null before
 * @param passedBy who confirmed that it may be passed; null when nobody had to
 */
public record NoReturn(int number, String title, String why, Instant passedAt, String passedBy) {

    /** That of this run; empty when everything can be undone, and on a rollback. */
    static Optional<NoReturn> of(Walk walk) {
        if (walk.run().purpose() == Purpose.ROLLBACK) {
            return Optional.empty();
        }
        return walk.runbook().pointOfNoReturn().map(step -> of(walk, step));
    }

    private static NoReturn of(Walk walk, RunbookStep step) {
        Optional<RunStep> passed = walk.steps().stream()
                .filter(each -> each.leg() != Leg.BACK && each.stepId().equals(step.id()))
                .filter(each -> WayBack.mayHaveTakenEffect(each) && each.state() != StepState.FAILED)
                .reduce((a, b) -> b);
        return new NoReturn(
                walk.number(step.id()),
                step.title(),
                step.irreversible().orElse(""),
                passed.map(RunStep::startedAt).orElse(null),
                passed.map(RunStep::confirmedBy).orElse(null));
    }

    public boolean isPassed() {
        return passedAt != null;
    }
}
