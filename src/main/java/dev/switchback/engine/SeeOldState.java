package dev.switchback.engine;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.AskTargets;
import dev.switchback.run.Leg;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunLedger;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Answer;
import dev.switchback.step.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rollback that does nothing ends without an error too. Therefore, when the way back of a rehearsal is over, every step
 * that has an undo and says with {@code appliedWhen} how to find out is asked whether it is still applied, and every check
 * that was asked before the first step must say what it said then ({@link ChecksBefore}). When one says otherwise, or does
 * not answer, the rehearsal has proved nothing and ends there, before anything is measured.
 */
@ApplicationScoped
class SeeOldState {

    /** The note of a run that saw the old state again, and of one in which no step can be asked. */
    static final String SEEN = RunLedger.SAW_OLD_STATE;

    static final String NOBODY_CAN_TELL = RunLedger.CANNOT_TELL_OLD_STATE;

    private static final String UNTOLD =
            "No step says with appliedWhen how to find out whether the old state is there again";
    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Inject
    AskTargets ask;

    @Inject
    ChecksBefore checks;

    @Inject
    RunLedger ledger;

    /**
     * To be asked outside of the transaction.
     *
     * @param steps those that must not be applied any more
     * @param checks those that must say what they said before the first step
     */
    record Look(List<RunbookStep> steps, List<ChecksBefore.Said> checks, EnvironmentContent environment)
            implements RunDriver.Work {}

    /** Whether this move ends a way back that nobody has looked at yet; needs the transaction that holds the run. */
    Optional<RunDriver.Work> before(NextMove move, Course course, Run run) {
        if (!endsWayBack(move, run) || course.hasSeenOldState(run.legNo())) {
            return Optional.empty();
        }
        return Optional.of(
                new Look(asked(course.runbook(run)), checks.said(run, course.runbook(run)), course.environment(run)));
    }

    private static boolean endsWayBack(NextMove move, Run run) {
        return run.purpose() == Purpose.REHEARSAL
                && run.leg() == Leg.BACK
                && !run.isRollingBack()
                && (move instanceof NextMove.Turn || move instanceof NextMove.Finish);
    }

    /** The steps in front of the point of no return that have an undo and can be asked. */
    static List<RunbookStep> asked(Runbook runbook) {
        return reversible(runbook)
                .filter(step ->
                        step.rollback().isPresent() && step.appliedWhen().isPresent())
                .toList();
    }

    /** What the first leg of a rehearsal carries out. */
    static Stream<RunbookStep> reversible(Runbook runbook) {
        return runbook.steps().stream().takeWhile(step -> step.irreversible().isEmpty());
    }

    /** Asks; what came of it is written under the lock of the run. */
    RunDriver.Entry look(Course course, Look look) throws InterruptedException {
        var against = new ArrayList<String>();
        for (RunbookStep step : look.steps()) {
            against(step, answer(course, step, look.environment())).ifPresent(against::add);
        }
        for (ChecksBefore.Said said : look.checks()) {
            checks.against(course, said, look.environment()).ifPresent(against::add);
        }
        if (course.reins().dropped() || course.reins().leaving()) {
            return RunDriver.Entry.NOTHING;
        }
        return run -> {
            course.seesOldState(run.legNo());
            if (against.isEmpty() && look.steps().isEmpty()) {
                ledger.note(
                        run, null, NOBODY_CAN_TELL, RunLedger.ENGINE, UNTOLD + ChecksBefore.asBefore(look.checks()));
                return;
            }
            if (against.isEmpty()) {
                ledger.note(
                        run, null, SEEN, RunLedger.ENGINE, seen(look.steps()) + ChecksBefore.asBefore(look.checks()));
                return;
            }
            String why = "The way back did not bring the old state back: " + String.join("; ", against)
                    + ". A rehearsal proves the way back only when the old state is seen again";
            ledger.move(run, RunHappening.NOT_PROVEN, RunLedger.ENGINE, why);
            run.because(why);
        };
    }

    private static String seen(List<RunbookStep> steps) {
        return "The old state is there again: "
                + String.join(", ", steps.stream().map(RunbookStep::id).toList())
                + (steps.size() == 1 ? " is" : " are") + " not applied any more";
    }

    /** A target that is just starting again gets a moment; "we could not ask" is never taken for "no". */
    private Answer answer(Course course, RunbookStep step, EnvironmentContent environment) throws InterruptedException {
        Condition condition = Condition.of(step.appliedWhen().orElseThrow());
        Answer answer = ask.once(condition, environment);
        for (int tries = 1; answer.couldNotAsk() && tries < TRIES; tries++) {
            course.reins().rest(BETWEEN_TRIES);
            answer = ask.once(condition, environment);
        }
        return answer;
    }

    /** What this answer says against the old state; empty when nothing. */
    static Optional<String> against(RunbookStep step, Answer answer) {
        return switch (answer.state()) {
            case DOES_NOT_HOLD -> Optional.empty();
            case HOLDS -> Optional.of("step " + step.id() + " is still applied (" + answer.message() + ")");
            case COULD_NOT_ASK ->
                Optional.of("whether step " + step.id() + " is still applied could not be found out ("
                        + answer.message() + ")");
        };
    }
}
