package dev.switchback.engine;

import dev.switchback.problem.ProblemException;
import dev.switchback.run.DecideStep;
import dev.switchback.run.Leg;
import dev.switchback.run.Legs;
import dev.switchback.run.Run;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunStep;
import dev.switchback.run.Runs;
import dev.switchback.run.StepHappening;
import dev.switchback.run.StepState;
import dev.switchback.run.Wanted;
import dev.switchback.runbook.OnFailure;
import dev.switchback.step.Answer;
import dev.switchback.step.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;

/** Writes down what came of an attempt and what follows from it, in the transaction of the caller. */
@ApplicationScoped
class RecordOutcome {

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    Legs legs;

    @Inject
    DecideStep decideStep;

    @Inject
    InstantSource clock;

    /** The attempt ended in the sight of its driver. */
    void ended(Run run, RunStep step, Attempt attempt, Outcome outcome) {
        switch (outcome.result()) {
            case SUCCEEDED -> succeeded(run, step, outcome);
            case FAILED -> failed(run, step, attempt, outcome, attempt.repeatable());
            case ERRORED -> failed(run, step, attempt, outcome, true);
            case WAITING -> waits(run, step, outcome);
            case UNKNOWN -> {
                step.said(outcome, false);
                ledger.move(step, StepHappening.LOST, RunLedger.ENGINE, outcome.message());
                if (!isCutOff(run)) {
                    asksWhether(run, step);
                }
            }
        }
    }

    /** A person ends the run or calls it back: that ended the step, and nobody is asked about it. A pause ends none. */
    private static boolean isCutOff(Run run) {
        return run.wanted().filter(wanted -> wanted != Wanted.PAUSE).isPresent();
    }

    /**
     * The driver of the attempt disappeared, or lost contact with the target. A repeatable step is done again, for any
     * other its {@code appliedWhen} settles it, or a person.
     */
    void lost(Run run, RunStep step, Attempt attempt, String why, Optional<Answer> tookEffect) {
        step.says(why, step.expected(), attempt.repeatable());
        ledger.move(step, StepHappening.LOST, RunLedger.ENGINE, why);
        if (attempt.repeatable()) {
            ledger.move(step, StepHappening.AGAIN, RunLedger.ENGINE, "The step may be done twice, so it is done again");
        } else if (tookEffect.isPresent() && !tookEffect.get().couldNotAsk()) {
            settled(run, step, attempt, why, tookEffect.get());
        } else {
            tookEffect.ifPresent(answer -> step.says(why + "; " + answer.message(), answer.expected(), false));
            asksWhether(run, step);
        }
    }

    /** A step that failed, or of which nobody knows, keeps a run from going on until a person has said what is to be done. */
    void asksAgain(Run run, RunStep step) {
        String why = "Step " + step.stepId() + " is " + step.state().word() + " and needs a decision first";
        run.because(why);
        boolean undoFailed = step.leg() == Leg.BACK && step.state() == StepState.FAILED;
        ledger.move(run, undoFailed ? RunHappening.UNDO_FAILED : RunHappening.ASKED, RunLedger.ENGINE, why);
    }

    /** The attempt came to its end before it had done anything: it is made again. */
    void notDone(Run run, RunStep step, String why) {
        step.says(why, step.expected(), true);
        ledger.move(step, StepHappening.LOST, RunLedger.ENGINE, why);
        ledger.move(step, StepHappening.AGAIN, RunLedger.ENGINE, "Nothing was done, so it is done again");
    }

    private void settled(Run run, RunStep step, Attempt attempt, String why, Answer answer) {
        if (answer.holds()) {
            succeeded(run, step, Outcome.succeeded(why + "; asked afterwards, it took effect: " + answer.message()));
        } else {
            failed(
                    run,
                    step,
                    attempt,
                    Outcome.failed(
                            why + "; asked afterwards, it did not take effect: " + answer.message(), answer.expected()),
                    true);
        }
    }

    private void succeeded(Run run, RunStep step, Outcome outcome) {
        step.said(outcome, false);
        ledger.move(
                step, StepHappening.SUCCEED, RunLedger.ENGINE, outcome.warning().orElse(null));
        if (step.leg() == Leg.BACK) {
            decideStep.markTakenBack(run, step, RunLedger.ENGINE);
        }
    }

    private void waits(Run run, RunStep step, Outcome outcome) {
        step.says(outcome.message(), null, false);
        ledger.move(step, StepHappening.ASKED_PERSON, RunLedger.ENGINE, null);
        ledger.move(run, RunHappening.ASKED, RunLedger.ENGINE, "Step " + step.stepId() + " asks a person");
        run.because("Step " + step.stepId() + " asks a person");
    }

    private void asksWhether(Run run, RunStep step) {
        String why = "Nobody knows whether step " + step.stepId() + " took effect";
        ledger.move(run, RunHappening.ASKED, RunLedger.ENGINE, why);
        run.because(why);
    }

    private void failed(Run run, RunStep step, Attempt attempt, Outcome outcome, boolean safe) {
        step.said(outcome, safe);
        ledger.move(step, StepHappening.FAIL, RunLedger.ENGINE, outcome.message());
        if (isCutOff(run)) {
            return;
        }
        if (step.retriesLeft() > 0 && attempt.repeatable()) {
            step.retriesAt(clock.instant().plus(attempt.retryDelay()));
            ledger.move(step, StepHappening.AGAIN, RunLedger.ENGINE, step.retriesLeft() + " retries left");
            return;
        }
        runFailed(run, step, outcome);
    }

    /** It did what it should, and the service did not bear it: it is not tried again by itself. */
    void unborne(Run run, RunStep step, Attempt attempt, Outcome outcome) {
        step.said(outcome, attempt.repeatable());
        ledger.move(step, StepHappening.FAIL, RunLedger.ENGINE, outcome.message());
        if (!isCutOff(run)) {
            runFailed(run, step, outcome);
        }
    }

    private void runFailed(Run run, RunStep step, Outcome outcome) {
        boolean back = step.leg() == Leg.BACK;
        String why = (back ? "The undo of step " : "Step ") + step.stepId() + " failed: " + outcome.message();
        run.because(why);
        if (back) {
            ledger.move(run, RunHappening.UNDO_FAILED, RunLedger.ENGINE, why);
        } else if (Legs.runbookOf(run).onFailure() == OnFailure.ROLLBACK) {
            turnBackOrAsk(run, why);
        } else {
            ledger.move(run, RunHappening.ASKED, RunLedger.ENGINE, why);
        }
    }

    private void turnBackOrAsk(Run run, String why) {
        try {
            legs.requireWayBack(run, runs.steps(run));
        } catch (ProblemException noWayBack) {
            run.because(why + ". " + noWayBack.getMessage());
            ledger.move(run, RunHappening.ASKED, RunLedger.ENGINE, noWayBack.getMessage());
            return;
        }
        legs.turnBack(run);
        ledger.move(run, RunHappening.ROLL_BACK, RunLedger.ENGINE, why);
    }
}
