package dev.switchback.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A question with an expected answer: one action that reads, and {@code is} or {@code expectJson} (rule of reading 3).
 * Immutable.
 *
 * @param kind how it is asked
 * @param action the reading action, without its own {@code expectJson}
 * @param is the comparison, when stated
 * @param expectJson the expected members, when stated; beside the action or, for HTTP, inside it
 */
public record Condition(StepKind kind, JsonNode action, Optional<Comparison> is, Optional<JsonExpectation> expectJson) {

    /** The actions that can ask. */
    public static final Set<StepKind> READING =
            EnumSet.of(StepKind.SHELL, StepKind.SSH, StepKind.HTTP, StepKind.PROMETHEUS, StepKind.SQL, StepKind.REDIS);

    /**
     * Reads a condition; other members, such as {@code name} and {@code within}, are left to whoever uses it.
     *
     * @throws IllegalArgumentException when it has not exactly one reading action
     */
    public static Condition of(JsonNode node) {
        StepKind kind = null;
        for (StepKind each : READING) {
            if (node.has(each.word())) {
                if (kind != null) {
                    throw new IllegalArgumentException(
                            "a condition has one reading action, this one has " + kind.word() + " and " + each.word());
                }
                kind = each;
            }
        }
        if (kind == null) {
            throw new IllegalArgumentException(
                    "a condition needs an action that reads: one of shell, ssh, http, prometheus, sql, redis");
        }
        return of(kind, node.get(kind.word()), node);
    }

    private static Condition of(StepKind kind, JsonNode action, JsonNode node) {
        JsonNode json = stated(node, "expectJson");
        JsonNode asked = action;
        if (kind == StepKind.HTTP && stated(action, "expectJson") != null) {
            json = json == null ? action.get("expectJson") : json;
            asked = action.deepCopy();
            ((ObjectNode) asked).remove("expectJson");
        }
        return new Condition(
                kind,
                asked,
                Optional.ofNullable(stated(node, "is")).map(Comparison::of),
                Optional.ofNullable(json).map(JsonExpectation::new));
    }

    private static JsonNode stated(JsonNode node, String member) {
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? null : value;
    }

    /** What would be right, in words. */
    public String expected() {
        if (is.isPresent()) {
            return is.get().toString();
        }
        if (expectJson.isPresent()) {
            return expectJson.get().toString();
        }
        return switch (kind) {
            case SHELL, SSH -> "exit status 0";
            case HTTP -> "a 2xx answer";
            case SQL -> "at least one row";
            default -> "an answer";
        };
    }
}
