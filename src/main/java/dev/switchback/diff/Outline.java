package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A value as a person would write it down: as YAML is read, without promising to be YAML. A text that would be taken for
 * a number, a truth value or nothing stands in quotes, so that {@code 1} and {@code "1"} look as different as they are.
 */
public final class Outline {

    private static final Pattern NEEDS_QUOTES = Pattern.compile(
            "|\\s.*|.*[ \\t]|true|false|null|~|[-+.]?[0-9][0-9_.,:eExXoO+-]*|\\[.*|\\{.*|\".*", Pattern.DOTALL);

    private Outline() {}

    /** One line or several, without a line end behind the last. */
    public static String of(JsonNode value) {
        var out = new StringBuilder();
        write(value, "", out);
        return out.toString();
    }

    private static void write(JsonNode value, String indent, StringBuilder out) {
        if (value.isObject() && !value.isEmpty()) {
            members(value, indent, out);
        } else if (value.isArray() && !value.isEmpty()) {
            items(value, indent, out);
        } else {
            out.append(scalar(value));
        }
    }

    private static void members(JsonNode value, String indent, StringBuilder out) {
        String between = "";
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            out.append(between).append(member.getKey()).append(':');
            below(member.getValue(), indent, out);
            between = "\n" + indent;
        }
    }

    private static void items(JsonNode value, String indent, StringBuilder out) {
        String between = "";
        for (JsonNode item : value) {
            out.append(between).append("- ");
            if (isTall(item)) {
                lines(item.textValue(), indent + "  ", out.append('|'));
            } else {
                write(item, indent + "  ", out);
            }
            between = "\n" + indent;
        }
    }

    private static void below(JsonNode value, String indent, StringBuilder out) {
        if (isTall(value)) {
            lines(value.textValue(), indent + "  ", out.append(" |"));
        } else if (value.isContainerNode() && !value.isEmpty()) {
            out.append('\n').append(indent).append("  ");
            write(value, indent + "  ", out);
        } else {
            out.append(' ').append(scalar(value));
        }
    }

    private static boolean isTall(JsonNode value) {
        return value.isTextual() && value.textValue().indexOf('\n') >= 0;
    }

    private static void lines(String text, String indent, StringBuilder out) {
        text.lines().forEach(line -> out.append('\n').append(line.isEmpty() ? "" : indent + line));
    }

    private static String scalar(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return value.isTextual() ? text(value.textValue()) : value.toString();
    }

    private static String text(String text) {
        boolean plain = text.indexOf('\n') >= 0 || !NEEDS_QUOTES.matcher(text).matches();
        return plain ? text : '"' + text + '"';
    }
}
