package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way back of one step. Immutable.
 *
 * @param kind which kind of action undoes it
 * @param action its members as the file states them
 * @param idempotent whether it may be done twice
 * @param retries how often it is repeated by itself after a failure; more than 0 only if it is idempotent
 * @param retryDelay how long to wait before a repetition
 * @param timeout after how long it is ended; empty for manual and wait
 * @param grace between TERM and KILL
 * @param appliedWhen finds out what an interrupted undo did
 * @param needs conditions that must hold for it to work, watched until the end of the run
 */
public record RunbookUndo(
        StepKind kind,
        JsonNode action,
        boolean idempotent,
        int retries,
        Duration retryDelay,
        Optional<Duration> timeout,
        Duration grace,
        Optional<JsonNode> appliedWhen,
        List<JsonNode> needs) {

    public RunbookUndo {
        needs = List.copyOf(needs);
    }

    static RunbookUndo of(JsonNode rollback) {
        StepAction action = StepAction.in(rollback);
        Pace pace = Pace.of(rollback, action.kind());
        return new RunbookUndo(
                action.kind(),
                action.action(),
                pace.idempotent(),
                pace.retries(),
                pace.retryDelay(),
                pace.timeout(),
                pace.grace(),
                Members.of(rollback, "appliedWhen"),
                Members.list(rollback, "needs"));
    }
}
