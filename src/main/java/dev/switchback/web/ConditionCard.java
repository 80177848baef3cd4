package dev.switchback.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Condition;
import dev.switchback.step.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A question with its expected answer, as a page shows it.
 *
 * @param name what the file calls it, or empty
 * @param kind how it is asked
 * @param where the target
 * @param code what is asked
 * @param expected what the answer must be, in words
 * @param facts the other members of the asking action
 */
public record ConditionCard(
        String name, String kind, String where, List<String> code, String expected, List<Fact> facts) {

    private static final Set<String> ASKED =
            Set.of("query", "request", "command", "script", "statements", "get", "key");

    /** The card of a condition of validated content. */
    public static ConditionCard of(JsonNode node) {
        Condition condition = Condition.of(node);
        JsonNode action = condition.action();
        var code = new ArrayList<String>();
        var facts = new ArrayList<Fact>();
        action.properties().forEach(member -> {
            if (ASKED.contains(member.getKey())) {
                code.add(member.getValue().asText().strip());
            } else if (!member.getKey().equals("target")) {
                facts.add(ActionCard.fact(member.getKey(), member.getValue()));
            }
        });
        StepKind kind = condition.kind();
        return new ConditionCard(
                node.path("name").asText(""),
                kind.word(),
                action.path("target").asText("—"),
                List.copyOf(code),
                condition.expected(),
                List.copyOf(facts));
    }
}
