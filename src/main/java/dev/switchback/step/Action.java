package dev.switchback.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the members of an action as the runbook file states it. Absent and {@code null} are the same. Immutable as long
 * as the node is left alone.
 *
 * @param members the action, for example {@code {target, command}}
 */
public record Action(JsonNode members) {

    private static final int LONGEST_SUMMARY = 200;

    public Optional<JsonNode> member(String name) {
        JsonNode value = members.get(name);
        return value == null || value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    public boolean has(String name) {
        return member(name).isPresent();
    }

    public Optional<String> text(String name) {
        return member(name).map(JsonNode::asText);
    }

    /**
     * A member as text.
     *
     * @throws CouldNotAskException when it is absent
     */
    public String required(String name) {
        return text(name)
                .orElseThrow(() -> new CouldNotAskException("the action has no " + name, "an action with " + name));
    }

    public boolean flag(String name, boolean fallback) {
        return member(name)
                .map(value -> value.isBoolean() ? value.booleanValue() : "true".equals(value.asText()))
                .orElse(fallback);
    }

    /**
     * A duration such as {@code 20s}, when stated.
     *
     * @throws CouldNotAskException when it is not one
     */
    public Optional<Duration> duration(String name) {
        return text(name).map(value -> {
            try {
                return Durations.parse(value);
            } catch (IllegalArgumentException wrong) {
                throw new CouldNotAskException(name + ": " + wrong.getMessage(), "a duration such as 20s");
            }
        });
    }

    /** A text or a list of texts, as a list; empty when absent. */
    public List<String> texts(String name) {
        var all = new ArrayList<String>();
        member(name).ifPresent(value -> {
            if (value.isArray()) {
                value.forEach(item -> all.add(item.asText()));
            } else {
                all.add(value.asText());
            }
        });
        return all;
    }

    /** An object of named values, in order; empty when absent. */
    public Map<String, JsonNode> named(String name) {
        var all = new LinkedHashMap<String, JsonNode>();
        member(name).ifPresent(value -> value.properties().forEach(each -> all.put(each.getKey(), each.getValue())));
        return all;
    }

    /**
     * The target that the action names.
     *
     * @param kind the kind it must be of
     * @throws CouldNotAskException when none is named, the environment has none of that name, or it is of another kind
     */
    public Target target(StepContext context, String kind) {
        String name = required("target");
        Target target = context.target(name)
                .orElseThrow(() -> new CouldNotAskException(
                        "this environment has no target named " + name, "a target " + name + " of kind " + kind));
        if (!target.kind().equals(kind)) {
            throw new CouldNotAskException(
                    "the target " + name + " is of kind " + target.kind(), "a target of kind " + kind);
        }
        return target;
    }

    /** The first line of a text that is not blank, cut to what fits in one line of the log. */
    public static String firstLine(String text) {
        String first = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        boolean more = text.strip().length() > first.length();
        if (first.length() > LONGEST_SUMMARY) {
            return first.substring(0, LONGEST_SUMMARY) + " …";
        }
        return more ? first + " …" : first;
    }
}
