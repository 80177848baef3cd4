package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.shape.InOrder;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.RunbookShapes;
import java.util.Map;

/**
 * Writes the content of an environment or a migration as a YAML document that people like to read: members in the order
 * of the contract, small things in one line, texts of several lines as they are. Reading the document gives an equal
 * tree. Pure functions, safe for use by several threads.
 */
public final class RunbookFileWriter {
    private static final int WIDTH = 120;
    private static final int DEEPEST_IN_ONE_LINE = 2;

    private final StringBuilder out = new StringBuilder();

    private RunbookFileWriter() {}

    /** The document, without a line of {@code ---}, with a line end at its end. */
    public static String write(ObjectNode content) {
        ObjectShape shape = content.path("kind").asText().equals("Environment")
                ? RunbookShapes.ENVIRONMENT
                : RunbookShapes.MIGRATION;
        RunbookFileWriter writer = new RunbookFileWriter();
        writer.members(InOrder.of(content, shape), 0);
        return content.isEmpty() ? "{}\n" : writer.out.toString();
    }

    /** One member with its indentation and its line end; its value is in the order of the contract already. */
    static String memberText(String name, JsonNode value, int indent) {
        RunbookFileWriter writer = new RunbookFileWriter();
        writer.member(name, value, indent);
        return " ".repeat(indent) + writer.out;
    }

    /** One item of a list, with its dash. */
    static String itemText(JsonNode item, int indent) {
        RunbookFileWriter writer = new RunbookFileWriter();
        writer.items(JsonNodeFactory.instance.arrayNode().add(item), indent);
        return writer.out.toString();
    }

    private void members(JsonNode mapping, int indent) {
        boolean first = true;
        for (Map.Entry<String, JsonNode> member : mapping.properties()) {
            if (!first) {
                out.append(" ".repeat(indent));
            }
            first = false;
            member(member.getKey(), member.getValue(), indent);
        }
    }

    /** Begins where the key goes, ends behind the line end. */
    private void member(String name, JsonNode value, int indent) {
        String key = YamlText.inline(name) + ":";
        out.append(key);
        if (fits(value, indent + key.length() + 1)) {
            out.append(' ').append(oneLine(value)).append('\n');
        } else if (value.isTextual()) {
            text(value.textValue(), indent + 2);
        } else if (value.isArray()) {
            out.append('\n');
            items(value, indent + 2);
        } else {
            out.append('\n').append(" ".repeat(indent + 2));
            members(value, indent + 2);
        }
    }

    private void items(JsonNode list, int indent) {
        for (JsonNode item : list) {
            out.append(" ".repeat(indent)).append('-');
            if (fits(item, indent + 2)) {
                out.append(' ').append(oneLine(item)).append('\n');
            } else if (item.isTextual()) {
                text(item.textValue(), indent + 2);
            } else if (item.isArray()) {
                out.append('\n');
                items(item, indent + 2);
            } else {
                out.append(' ');
                members(item, indent + 2);
            }
        }
    }

    private void text(String text, int indent) {
        if (!YamlText.canBeBlock(text)) {
            out.append(' ').append(YamlText.untilLineEnd(text)).append('\n');
            return;
        }
        boolean ended = text.endsWith("\n");
        out.append(ended ? " |\n" : " |-\n");
        String body = ended ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : " ".repeat(indent)).append(line).append('\n');
        }
    }

    private static boolean fits(JsonNode value, int column) {
        if (value.isContainerNode() && value.isEmpty()) {
            return true;
        }
        if (value.isTextual()) {
            return !YamlText.canBeBlock(value.textValue());
        }
        return height(value) <= DEEPEST_IN_ONE_LINE
                && !hasBlocks(value)
                && column + flow(value).length() <= WIDTH;
    }

    private static boolean hasBlocks(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().indexOf('\n') >= 0;
        }
        for (JsonNode inside : value) {
            if (hasBlocks(inside)) {
                return true;
            }
        }
        return false;
    }

    private static int height(JsonNode value) {
        int highest = 0;
        for (JsonNode inside : value) {
            highest = Math.max(highest, height(inside));
        }
        return value.isContainerNode() ? highest + 1 : 0;
    }

    private static String oneLine(JsonNode value) {
        return value.isTextual() ? YamlText.untilLineEnd(value.textValue()) : flow(value);
    }

    private static String flow(JsonNode value) {
        StringBuilder line = new StringBuilder();
        flow(value, line);
        return line.toString();
    }

    private static void flow(JsonNode value, StringBuilder line) {
        if (value.isTextual()) {
            line.append(YamlText.inline(value.textValue()));
        } else if (value.isObject()) {
            String separator = "{";
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                line.append(separator).append(YamlText.inline(member.getKey())).append(": ");
                flow(member.getValue(), line);
                separator = ", ";
            }
            line.append(value.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode item : value) {
                line.append(separator);
                flow(item, line);
                separator = ", ";
            }
            line.append(value.isEmpty() ? "[]" : "]");
        } else {
            line.append(value.toString());
        }
    }
}
