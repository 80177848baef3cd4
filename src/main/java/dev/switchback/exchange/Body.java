package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.shape.RunbookShapes;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A document sent as JSON: the same content, validated in the same place as a file. */
final class Body {

    /** What an answer adds to the content; sent back unchanged it is ignored. */
    private static final Set<String> OURS = Set.of(
            "revision",
            "hash",
            "changedAt",
            "changedBy",
            "createdAt",
            "createdBy",
            "state",
            "findings",
            "lostComments",
            "archivedAt",
            "archivedBy");

    private Body() {}

    /**
     * The content of a body.
     *
     * @param kind what it must be; may be left out, as may {@code apiVersion}
     */
    static ObjectNode of(JsonNode body, String kind, Function<JsonNode, List<Violation>> validate) {
        if (!(body instanceof ObjectNode sent)) {
            throw Problem.syntax("The body is not a JSON object", "the content of the " + kind + " as a JSON object")
                    .toException();
        }
        ObjectNode content = Json.object("{}");
        content.set(
                "apiVersion",
                sent.path("apiVersion").isMissingNode()
                        ? content.textNode(RunbookShapes.API_VERSION)
                        : sent.get("apiVersion"));
        content.set("kind", sent.path("kind").isMissingNode() ? content.textNode(kind) : sent.get("kind"));
        sent.properties().forEach(member -> {
            if (!OURS.contains(member.getKey()) && !content.has(member.getKey())) {
                content.set(member.getKey(), member.getValue());
            }
        });
        // An answer always says it; said back, it is as if the file did not speak of it.
        if (content.path("needsReview").isBoolean()
                && !content.get("needsReview").booleanValue()) {
            content.remove("needsReview");
        }
        List<Violation> violations = validate.apply(content);
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
        return content;
    }

    /** The answer to a change, with how many comments of the file it cost, if any did. */
    static JsonNode sayingLost(int comments, JsonNode view) {
        if (comments > 0 && view instanceof ObjectNode answer) {
            answer.put("lostComments", comments);
        }
        return view;
    }

    /** A key never changes: it is the name in every address. */
    static void requireKey(ObjectNode content, String key) {
        if (!content.path("key").asText().equals(key)) {
            throw Problem.content(List.of(Violation.of(
                            "key",
                            "The body says " + content.path("key").asText() + ", the address " + key,
                            "the same key; a key never changes")))
                    .toException();
        }
    }
}
