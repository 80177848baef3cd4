package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.step.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The content of a migration's revision, read for the engine and the pages, with defaults filled in. Immutable as long
 * as nobody changes the content.
 *
 * @param key the migration's key
 * @param title what is planned
 * @param service which service changes
 * @param owner who answers for it
 * @param backup who stands in for the owner
 * @param expected what is expected of it
 * @param rollbackNote how to get back, in words
 * @param onFailure what a run does by itself when a step fails; default {@link OnFailure#ASK}
 * @param approvals how many people must approve a live run in production; default 0
 * @param steps the steps in the order in which they are done
 * @param content everything the file says
 */
public record Runbook(
        String key,
        String title,
        String service,
        String owner,
        Optional<String> backup,
        String expected,
        String rollbackNote,
        OnFailure onFailure,
        int approvals,
        List<RunbookStep> steps,
        ObjectNode content) {

    public Runbook {
        steps = List.copyOf(steps);
    }

    /**
     * Reads validated content.
     *
     * @throws IllegalArgumentException when the content was not validated and has a step that cannot be read
     */
    public static Runbook of(ObjectNode content) {
        return new Runbook(
                content.path("key").asText(),
                content.path("title").asText(),
                content.path("service").asText(),
                content.path("owner").asText(),
                Members.text(content, "backup"),
                content.path("expected").asText(),
                content.path("rollbackNote").asText(),
                OnFailure.of(content.path("onFailure").asText()),
                content.path("approvals").asInt(0),
                Members.list(content, "steps").stream().map(RunbookStep::of).toList(),
                content);
    }

    /** Reads a revision, or takes what was read of it before: its content is shared and must not be changed. */
    public static Runbook of(MigrationRevision revision) {
        return ReadRunbooks.of(revision.contentText());
    }

    /** The phases that occur, in the order in which they first do. */
    public List<Phase> phases() {
        return steps.stream().map(RunbookStep::phase).distinct().toList();
    }

    /** The step with this id. */
    public Optional<RunbookStep> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The first irreversible step: after it there is no way back to the beginning. */
    public Optional<RunbookStep> pointOfNoReturn() {
        return steps.stream().filter(step -> step.irreversible().isPresent()).findFirst();
    }

    /** Conditions that must stay true from the first step to the last; each has a {@code name}. */
    public List<JsonNode> holds() {
        return Members.list(content, "holds");
    }

    /**
     * How long after the end of a run it can be taken back by itself: {@code rollbackFor}, such as {@code 30m}, {@code 12h}
     * or {@code 7d}; empty when there is no limit.
     */
    public Optional<Duration> rollbackFor() {
        return Members.text(content, "rollbackFor").map(Runbook::reach);
    }

    /** The declared objective for the way back: from asking for it until the last undo has ended. Empty without one. */
    public Optional<Duration> rollbackWithin() {
        return Members.text(content, "rollbackWithin").map(Durations::parse);
    }

    private static Duration reach(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** The metrics declared in advance. */
    public List<JsonNode> metrics() {
        return Members.list(content, "metrics");
    }

    /** The checklist that the file states: {@code {id, title, evidence}}. */
    public List<JsonNode> checklist() {
        return Members.list(content, "checklist");
    }
}
