package dev.switchback.run;

import dev.switchback.access.Caller;
import dev.switchback.probe.Probing;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.OnFailure;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.StepKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person says about the step that waits for them. The answer counts for the attempt that waits now, only. */
@ApplicationScoped
public class DecideStep {

    private static final int NOTE_AT_MOST = 10_000;

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    Legs legs;

    @Inject
    Probing probing;

    /** What may be said about this step now; empty when nothing is asked. */
    public static Set<StepVerb> offers(Run run, RunStep step) {
        if (step.asksToPrint() && step.legNo() == run.legNo() && run.state().isMoving()) {
            return EnumSet.of(StepVerb.PRINT_MORE, StepVerb.STOP);
        }
        boolean asked = run.state() == RunState.WAITING || run.state() == RunState.ROLLBACK_FAILED;
        if (!asked || step.legNo() != run.legNo()) {
            return Set.of();
        }
        return switch (step.state()) {
            case WAITING ->
                awaitsNoReturn(step)
                        ? EnumSet.of(StepVerb.CONFIRM, StepVerb.SKIP)
                        : EnumSet.of(StepVerb.CONFIRM, StepVerb.SUCCEED, StepVerb.FAIL, StepVerb.SKIP, StepVerb.RETRY);
            case FAILED -> EnumSet.of(StepVerb.RETRY, StepVerb.SKIP, StepVerb.SUCCEED, StepVerb.FAIL);
            case UNKNOWN -> EnumSet.of(StepVerb.SUCCEED, StepVerb.FAIL, StepVerb.RETRY, StepVerb.SKIP);
            case PENDING, RUNNING, SUCCEEDED, SKIPPED, ROLLED_BACK -> Set.of();
        };
    }

    /** Whether the step has not begun and asks before it passes the point of no return. */
    public static boolean awaitsNoReturn(RunStep step) {
        return step.state() == StepState.WAITING && step.attempt() == 0;
    }

    /**
     * Takes the answer.
     *
     * @param note why, needed wherever the answer contradicts or replaces what Switchback knows
     * @param evidence what was seen: a text or a link; needed where the step asks for it
     * @throws dev.switchback.problem.ProblemException 403 a token may not pass a point of no return; 404 no such step;
     *     409 nothing of the kind is asked now; 422 the note or the evidence is missing
     */
    @Transactional
    public Run decide(long runId, String stepId, StepVerb verb, String note, String evidence, Caller caller) {
        caller.requireScope("operate");
        Run run = runs.requireLocked(runId);
        caller.require(run.right(), run.where());
        Runbook runbook = Legs.runbookOf(run);
        RunStep step = stepThatAsks(run, stepId, verb);
        validate(step, runbook, verb, note, evidence);
        step.keepEvidence(evidence == null || evidence.isBlank() ? step.evidence() : evidence);
        apply(run, runbook, step, verb, note, caller);
        return runs.require(runId);
    }

    private RunStep stepThatAsks(Run run, String stepId, StepVerb verb) {
        List<RunStep> steps = runs.steps(run);
        if (steps.stream().noneMatch(step -> step.stepId().equals(stepId))) {
            throw Problem.notFound("Run " + run.id() + " has no step \"" + stepId + "\"", "the id of one of its steps")
                    .toException();
        }
        RunStep step = steps.stream()
                .filter(s -> s.legNo() == run.legNo() && s.stepId().equals(stepId))
                .findFirst()
                .orElseThrow(() -> notAsked(run, stepId, "not part of the present leg", verb));
        if (!offers(run, step).contains(verb)) {
            throw notAsked(run, stepId, step.state().word(), verb);
        }
        return step;
    }

    private static RuntimeException notAsked(Run run, String stepId, String state, StepVerb verb) {
        return Problem.conflict(
                        "Step " + stepId + " is " + state + " and run " + run.id() + " is "
                                + run.state().word() + "; " + verb.word() + " is not possible now",
                        "a step that waits for a person")
                .toException();
    }

    private static void validate(RunStep step, Runbook runbook, StepVerb verb, String note, String evidence) {
        boolean noteMissing = note == null || note.isBlank();
        boolean decides = verb == StepVerb.SKIP
                || step.state() != StepState.WAITING && (verb == StepVerb.SUCCEED || verb == StepVerb.FAIL)
                || step.state() == StepState.UNKNOWN;
        if (decides && noteMissing) {
            throw Problem.content(List.of(Violation.of(
                            "note", verb.word() + " needs a reason; nothing was decided", "what you saw, or why")))
                    .toException();
        }
        if (!noteMissing && note.length() > NOTE_AT_MOST) {
            throw Problem.content(List.of(
                            Violation.of("note", "The note is too long", "at most " + NOTE_AT_MOST + " characters")))
                    .toException();
        }
        boolean wantsEvidence = step.kind() == StepKind.MANUAL
                && step.state() == StepState.WAITING
                && (verb == StepVerb.CONFIRM || verb == StepVerb.SUCCEED)
                && action(step, runbook)
                        .map(a -> a.path("evidence").asBoolean(false))
                        .orElse(false);
        if (wantsEvidence && (evidence == null || evidence.isBlank()) && noteMissing) {
            throw Problem.content(List.of(
                            Violation.of("evidence", "This step asks for evidence", "what you saw: a text or a link")))
                    .toException();
        }
    }

    private static Optional<com.fasterxml.jackson.databind.JsonNode> action(RunStep step, Runbook runbook) {
        Optional<RunbookStep> written = runbook.step(step.stepId());
        return step.leg() == Leg.BACK
                ? written.flatMap(RunbookStep::rollback).map(undo -> undo.action())
                : written.map(RunbookStep::action);
    }

    private void apply(Run run, Runbook runbook, RunStep step, StepVerb verb, String note, Caller caller) {
        switch (verb) {
            case CONFIRM -> {
                if (awaitsNoReturn(step)) {
                    caller.requirePerson("pass a point of no return");
                    step.confirm(caller.name());
                    move(run, step, StepHappening.AGAIN, note, caller);
                } else {
                    succeed(run, step, note, caller);
                }
            }
            case SUCCEED -> succeed(run, step, note, caller);
            case RETRY -> move(run, step, StepHappening.AGAIN, note, caller);
            case SKIP -> {
                step.says("Skipped by " + caller.name() + ": " + note, null, false);
                move(run, step, StepHappening.SKIP, note, caller);
            }
            case FAIL -> fail(run, runbook, step, note, caller);
            case PRINT_MORE -> {
                step.mayPrintMore();
                run.because(null);
                ledger.note(run, step, "output-goes-on", caller.name(), note);
            }
            case STOP -> {
                step.stopPrinting(caller.name());
                run.because(null);
                ledger.note(run, step, "step-stopped", caller.name(), note);
            }
        }
    }

    private void succeed(Run run, RunStep step, String note, Caller caller) {
        boolean blank = note == null || note.isBlank();
        step.says("Confirmed by " + caller.name() + (blank ? "" : ": " + note), null, false);
        ledger.move(step, StepHappening.SUCCEED, caller.name(), note);
        if (step.leg() == Leg.BACK) {
            markTakenBack(run, step, caller.name());
        }
        goOn(run, caller, note);
    }

    private void move(Run run, RunStep step, StepHappening what, String note, Caller caller) {
        ledger.move(step, what, caller.name(), note);
        goOn(run, caller, note);
    }

    private void goOn(Run run, Caller caller, String note) {
        ledger.move(run, run.isRollingBack() ? RunHappening.ANSWERED_BACK : RunHappening.ANSWERED, caller.name(), note);
        probing.accept(run.id());
        run.because(null);
    }

    /** The undo of a step succeeded: the step itself is now taken back. */
    public void markTakenBack(Run run, RunStep undo, String by) {
        runs.steps(run).stream()
                .filter(step -> step.leg() != Leg.BACK && step.legNo() < undo.legNo())
                .filter(step -> step.stepId().equals(undo.stepId()) && step.state() != StepState.ROLLED_BACK)
                // One that waits for its next attempt was begun, and is undone too.
                .filter(step -> step.state() != StepState.PENDING || step.attempt() > 0)
                .filter(step -> StepState.LIFE
                        .next(step.state(), StepHappening.TAKEN_BACK)
                        .isPresent())
                .forEach(step -> ledger.move(step, StepHappening.TAKEN_BACK, by, null));
    }

    private void fail(Run run, Runbook runbook, RunStep step, String note, Caller caller) {
        if (step.state() == StepState.FAILED) {
            ledger.move(run, RunHappening.GIVE_UP, caller.name(), note);
            run.because("Step " + step.stepId() + " failed: " + note);
            return;
        }
        boolean blank = note == null || note.isBlank();
        step.says("Failed, says " + caller.name() + (blank ? "" : ": " + note), step.expected(), true);
        ledger.move(step, StepHappening.FAIL, caller.name(), note);
        run.because("Step " + step.stepId() + " failed");
        if (step.leg() == Leg.BACK) {
            ledger.move(run, RunHappening.UNDO_FAILED, caller.name(), note);
        } else if (runbook.onFailure() == OnFailure.ROLLBACK
                && WayBack.of(runs.steps(run), runbook).isPossible()) {
            legs.turnBack(run);
            ledger.move(run, RunHappening.ROLL_BACK, caller.name(), note);
        }
    }
}
