package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step of a runbook, defaults filled in. Immutable.
 *
 * @param id its id, unique in the migration
 * @param title what it does, for people
 * @param phase which phase of the migration it belongs to
 * @param kind which kind of action it is
 * @param action the members of the action as the file states them
 * @param idempotent whether it may be done twice; default false
 * @param retries how often it is repeated by itself after a failure; default 0, more only if it is idempotent
 * @param retryDelay how long to wait before a repetition; default 2 s
 * @param timeout after how long it is ended; default 10 min, empty for manual and wait, and for
 *     measure unless stated
 * @param grace between TERM and KILL; default 10 s
 * @param appliedWhen the condition that finds out what an interrupted step did
 * @param rollback the way back
 * @param irreversible why there is no way back from here: passing it is the point of no return
 * @param noRollback why nothing needs to be undone
 * @param expectChanges the settings that it may change; any other changed setting fails it
 */
public record RunbookStep(
        String id,
        String title,
        Phase phase,
        StepKind kind,
        JsonNode action,
        boolean idempotent,
        int retries,
        Duration retryDelay,
        Optional<Duration> timeout,
        Duration grace,
        Optional<JsonNode> appliedWhen,
        Optional<RunbookUndo> rollback,
        Optional<String> irreversible,
        Optional<String> noRollback,
        List<String> expectChanges) {

    public RunbookStep {
        expectChanges = List.copyOf(expectChanges);
    }

    static RunbookStep of(JsonNode step) {
        StepAction action = StepAction.in(step);
        Pace pace = Pace.of(step, action.kind());
        return new RunbookStep(
                step.path("id").asText(),
                step.path("title").asText(),
                Phase.of(step.path("phase").asText()),
                action.kind(),
                action.action(),
                pace.idempotent(),
                pace.retries(),
                pace.retryDelay(),
                pace.timeout(),
                pace.grace(),
                Members.of(step, "appliedWhen"),
                Members.of(step, "rollback").map(RunbookUndo::of),
                Members.text(step, "irreversible"),
                Members.text(step, "noRollback"),
                Members.texts(step, "expectChanges"));
    }

    /**
     * Whether the step can change something: shell, ssh, redis and manual always, HTTP unless the method is GET, HEAD
     * or OPTIONS, SQL statements, Kubernetes unless it only waits. Wait, check, measure and SQL queries do not.
     */
    public boolean changes() {
        return new StepAction(kind, action).changes();
    }

    /** Whether somebody has said how, or why not, this step is undone. */
    public boolean answersForItsUndo() {
        return rollback.isPresent() || irreversible.isPresent() || noRollback.isPresent();
    }
}
