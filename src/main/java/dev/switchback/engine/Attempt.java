package dev.switchback.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.Leg;
import dev.switchback.run.Run;
import dev.switchback.run.RunStep;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One try of one step, with everything that it needs read from the database once. Immutable.
 *
 * @param lease the right to make it
 * @param run the run, detached
 * @param step the step, detached
 * @param kind what kind of action it is: the step's own, or its undo's on the way back
 * @param action the action
 * @param changes whether it may change something
 * @param repeatable whether it may be tried again without asking anybody
 * @param retryDelay how long to wait before the next try
 * @param timeout after how long it is ended; empty for never
 * @param grace between TERM and KILL
 * @param appliedWhen finds out whether it took effect
 * @param needs what must hold before an undo
 * @param environment the pinned environment
 */
record Attempt(
        Lease lease,
        Run run,
        RunStep step,
        StepKind kind,
        JsonNode action,
        boolean changes,
        boolean repeatable,
        Duration retryDelay,
        Optional<Duration> timeout,
        Duration grace,
        Optional<JsonNode> appliedWhen,
        List<JsonNode> needs,
        EnvironmentContent environment) {

    /** Undos that may be done twice, and of which the environment need not say first who it is. */
    private static final Set<StepKind> CHANGE_NOTHING =
            EnumSet.of(StepKind.MANUAL, StepKind.WAIT, StepKind.CHECK, StepKind.MEASURE);

    static Attempt of(Lease lease, Run run, RunStep step, Runbook runbook, EnvironmentContent environment) {
        RunbookStep written = runbook.step(step.stepId()).orElseThrow();
        return step.leg() == Leg.BACK
                ? back(lease, run, step, written, environment)
                : forward(lease, run, step, written, environment);
    }

    private static Attempt forward(
            Lease lease, Run run, RunStep step, RunbookStep written, EnvironmentContent environment) {
        return new Attempt(
                lease,
                run,
                step,
                written.kind(),
                written.action(),
                written.changes() && written.kind() != StepKind.MANUAL,
                written.idempotent() || !written.changes() || written.kind() == StepKind.MANUAL,
                written.retryDelay(),
                written.timeout(),
                written.grace(),
                written.appliedWhen(),
                List.of(),
                environment);
    }

    private static Attempt back(
            Lease lease, Run run, RunStep step, RunbookStep written, EnvironmentContent environment) {
        var undo = written.rollback().orElseThrow();
        return new Attempt(
                lease,
                run,
                step,
                undo.kind(),
                undo.action(),
                !CHANGE_NOTHING.contains(undo.kind()),
                undo.idempotent() || CHANGE_NOTHING.contains(undo.kind()),
                undo.retryDelay(),
                undo.timeout(),
                undo.grace(),
                undo.appliedWhen(),
                undo.needs(),
                environment);
    }

    /**
     * What every process of this attempt carries in its environment. The moment the run was made tells two Switchbacks
     * on one machine apart.
     */
    String mark() {
        return mark(step.attempt());
    }

    /** The mark of the attempt after this one; of a step that has not begun, that is its first. */
    String nextMark() {
        return mark(step.attempt() + 1);
    }

    private String mark(int attempt) {
        return "run-" + run.id() + "-" + run.createdAt().toEpochMilli() + "-" + step.legNo() + "-" + step.position()
                + "-" + attempt;
    }
}
