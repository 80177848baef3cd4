package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that differs.
 *
 * @param path where, for programs: {@code steps[create-table].sql.statements[0]}; an item of a list is counted from 0 in
 *     the later content, a removed one in the earlier
 * @param label where, for people, below the heading of its part; empty when it is the part itself
 * @param kind what happened to it
 * @param before what it was, null when it was not there
 * @param after what it is, null when it is not there
 */
public record Difference(String path, String label, Kind kind, JsonNode before, JsonNode after) {

    /** What happened. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    static Difference of(Spot spot, JsonNode before, JsonNode after) {
        Kind kind = before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
        return new Difference(spot.path(), spot.label(), kind, before, after);
    }

    /** Both sides as text, with the words marked that differ. */
    public TextDiff text() {
        return TextDiff.of(side(before), side(after));
    }

    private static String side(JsonNode value) {
        return value == null ? null : Outline.of(value);
    }

    /** What the marks alone do not tell, one sentence; or empty. */
    public String remark() {
        if (kind != Kind.CHANGED) {
            return "";
        }
        if (!type(before).equals(type(after))) {
            return "It was " + type(before) + " and is " + type(after) + " now.";
        }
        boolean sameWords = before.isTextual()
                && before.textValue()
                        .replaceAll("\\s+", "")
                        .equals(after.textValue().replaceAll("\\s+", ""));
        return sameWords ? "Only spaces or line ends differ." : "";
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a text";
            case BOOLEAN -> "yes or no";
            case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a number with decimals";
            case NULL -> "nothing";
            case ARRAY -> "a list";
            default -> "a mapping";
        };
    }
}
