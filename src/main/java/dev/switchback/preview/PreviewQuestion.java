package dev.switchback.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Condition;
import dev.switchback.step.Rendering;

/**
 * A question that is asked before, during or after a step.
 *
 * @param name what the file calls it; empty when it does not
 * @param kind how it is asked
 * @param target whom
 * @param asks how exactly
 * @param expected what the answer has to be
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PreviewQuestion(String name, String kind, String target, Rendering asks, String expected) {

    static PreviewQuestion of(JsonNode node, Fill fill) {
        Condition condition = Condition.of(node);
        return new PreviewQuestion(
                node.path("name").asText(""),
                condition.kind().word(),
                condition.action().path("target").asText(""),
                fill.of(condition.kind(), condition.action()),
                condition.expected());
    }
}
