package dev.switchback.engine;

import dev.switchback.run.Leg;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunState;
import dev.switchback.run.RunStep;
import dev.switchback.run.StepState;
import dev.switchback.run.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a driver does next. A pure function of the run and the steps of its present leg. */
public sealed interface NextMove {

    /** Take a queued run up. */
    record Begin() implements NextMove {}

    /** Do what a person asked for, between two steps. */
    record Obey(Wanted wanted) implements NextMove {}

    /** Try this step. */
    record Try(RunStep step) implements NextMove {}

    /** Find out what happened to a step whose driver disappeared. */
    record Settle(RunStep step) implements NextMove {}

    /** Not before this moment: a retry waits. */
    record Rest(Instant until) implements NextMove {}

    /** A rehearsal goes on with its next leg. */
    record Turn(Leg leg, int legNo) implements NextMove {}

    /** Every step of the last leg is passed. */
    record Finish() implements NextMove {}

    /** This step needs a person who was not asked yet: it ended while the run was about to pause. */
    record Ask(RunStep step) implements NextMove {}

    /** A person decides; the driver lets go. */
    record LetGo() implements NextMove {}

    /** Looks at the run and decides. */
    static NextMove of(Run run, List<RunStep> leg, Instant now) {
        if (run.state() == RunState.QUEUED) {
            return new Begin();
        }
        if (run.state() != RunState.RUNNING && run.state() != RunState.ROLLING_BACK) {
            return new LetGo();
        }
        Optional<RunStep> interrupted =
                leg.stream().filter(step -> step.state() == StepState.RUNNING).findFirst();
        if (interrupted.isPresent()) {
            return new Settle(interrupted.get());
        }
        if (run.wanted().isPresent()) {
            return new Obey(run.wanted().get());
        }
        return leg.stream()
                .filter(step -> !step.state().isPassed())
                .findFirst()
                .map(step -> onStep(step, now))
                .orElseGet(() -> onLegEnd(run));
    }

    private static NextMove onStep(RunStep step, Instant now) {
        if (step.state() != StepState.PENDING) {
            return new Ask(step);
        }
        boolean rests = step.notBefore() != null && step.notBefore().isAfter(now);
        return rests ? new Rest(step.notBefore()) : new Try(step);
    }

    private static NextMove onLegEnd(Run run) {
        if (run.isRollingBack() || run.purpose() != Purpose.REHEARSAL) {
            return new Finish();
        }
        return switch (run.legNo()) {
            case 1 -> new Turn(Leg.BACK, 2);
            case 2 -> new Turn(Leg.AGAIN, 3);
            case 3 -> run.finish().equals("restored") ? new Turn(Leg.BACK, 4) : new Finish();
            default -> new Finish();
        };
    }
}
