package dev.switchback.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An action as a page shows it: what would be typed, where, and everything else that the file says about it.
 *
 * @param kind the word of the kind
 * @param where the target, or who does it
 * @param code what is executed, in full; several statements stay apart
 * @param says what a person is told to do, empty for machines
 * @param facts the other members
 */
public record ActionCard(String kind, String where, List<String> code, String says, List<Fact> facts) {

    private static final Set<String> CODE = Set.of(
            "command",
            "script",
            "statements",
            "query",
            "request",
            "body",
            "delete",
            "apply",
            "patch",
            "restart",
            "waitFor");
    private static final Set<String> SHOWN_APART = Set.of("target", "instructions");
    private static final int SHORT = 80;

    /** The card of a step's action, or of its undo's. */
    public static ActionCard of(StepKind kind, JsonNode action) {
        if (kind == StepKind.CHECK) {
            return check(action);
        }
        var code = new ArrayList<String>();
        var facts = new ArrayList<Fact>();
        action.properties().forEach(member -> {
            if (CODE.contains(member.getKey())) {
                addCode(member.getValue(), code);
            } else if (!SHOWN_APART.contains(member.getKey())) {
                facts.add(fact(member.getKey(), member.getValue()));
            }
        });
        String says = action.path("instructions").asText("");
        return new ActionCard(kind.word(), where(kind, action), List.copyOf(code), says, List.copyOf(facts));
    }

    private static ActionCard check(JsonNode action) {
        ConditionCard asked = ConditionCard.of(action);
        var facts = new ArrayList<Fact>();
        facts.add(Fact.code("expects", asked.expected()));
        if (action.has("within")) {
            facts.add(Fact.words("asked again until", action.path("within").asText() + " have passed"));
        }
        facts.addAll(asked.facts());
        return new ActionCard("check", asked.where(), asked.code(), "", List.copyOf(facts));
    }

    private static void addCode(JsonNode value, List<String> code) {
        if (value.isArray()) {
            value.forEach(item -> code.add(item.isValueNode() ? item.asText() : JsonLabels.flow(item)));
        } else {
            code.add(value.isValueNode() ? value.asText().strip() : value.toPrettyString());
        }
    }

    public static Fact fact(String name, JsonNode value) {
        String text = name.equals("json") || name.equals("expectJson") ? value.toString() : JsonLabels.flow(value);
        return Fact.code(JsonLabels.spoken(name), text);
    }

    private static String where(StepKind kind, JsonNode action) {
        return switch (kind) {
            case MANUAL -> "a person";
            case WAIT -> "wait " + action.path("for").asText();
            case MEASURE -> "measurement";
            default -> action.path("target").asText("—");
        };
    }

    /** One line that tells it apart from others: the first line of what is executed. */
    public String brief() {
        String text = !says.isEmpty() ? says : code.isEmpty() ? kind : code.get(0);
        String first = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(kind);
        boolean more = code.size() > 1 || first.length() < text.strip().length() || first.length() > SHORT;
        return (first.length() > SHORT ? first.substring(0, SHORT) : first) + (more ? " …" : "");
    }

    /** Whether {@link #brief} is a sentence for a person. */
    public boolean isWords() {
        return !says.isEmpty();
    }
}
