package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.StepKind;
import java.util.Arrays;
import java.util.Set;

/**
 * What a step or its rollback does. Immutable as long as nobody changes the tree.
 *
 * @param kind which kind of action
 * @param action its members as the file states them
 */
record StepAction(StepKind kind, JsonNode action) {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    /** The one action among the members of a validated step. */
    static StepAction in(JsonNode step) {
        StepKind kind = Arrays.stream(StepKind.values())
                .filter(candidate -> step.has(candidate.word()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no action in step " + step.path("id").asText()));
        return new StepAction(kind, step.get(kind.word()));
    }

    /** Whether it can change something outside Switchback. A person who acts can. */
    boolean changes() {
        return switch (kind) {
            case SHELL, SSH, REDIS, MANUAL -> true;
            case KUBERNETES -> !action.has("waitFor");
            case HTTP -> !SAFE_METHODS.contains(action.path("request").asText().split(" ", 2)[0]);
            case SQL -> action.has("statements");
            case WAIT, CHECK, MEASURE, PROMETHEUS -> false;
        };
    }
}
