package dev.switchback.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.switchback.exchange.YamlValue;
import dev.switchback.platform.Json;
import dev.switchback.problem.Violation;
import dev.switchback.shape.ListShape;
import dev.switchback.shape.Numbers;
import dev.switchback.shape.Shape;
import dev.switchback.shape.TextShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * How a value stands in one control as text, and what a text in it says. An empty control says nothing. Pure functions.
 */
final class Typed {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Typed() {}

    /**
     * What a text says.
     *
     * @param value the value, or null when the text says nothing or cannot be read
     * @param problems why it cannot be read
     */
    record Reading(JsonNode value, List<Violation> problems) {

        static Reading of(JsonNode value) {
            return new Reading(value, List.of());
        }
    }

    /** The text of a value. */
    static String show(Shape shape, JsonNode value) {
        return switch (Control.of(shape)) {
            case YAML -> YamlValue.write(value);
            case SCALAR -> scalar(value);
            case CHECKS, LINES, TEXT_OR_LINES -> value.isArray() ? joined(value, "\n") : value.asText();
            case COMMAS -> value.isArray() ? joined(value, ", ") : value.asText();
            default -> value.asText();
        };
    }

    private static String joined(JsonNode list, String separator) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(separator));
    }

    /** Quotes where the bare text would be read as something else, or would not survive one line. */
    private static String scalar(JsonNode value) {
        String text = value.asText();
        boolean bare = !value.isTextual()
                || !text.isBlank()
                        && text.equals(text.strip())
                        && text.indexOf('\n') < 0
                        && text.indexOf('\r') < 0
                        && scalar(text).equals(value);
        return bare ? text : value.toString();
    }

    /** What the text of a control says. */
    static Reading read(Shape shape, String typed, String field) {
        if (typed.isBlank()) {
            return Reading.of(null);
        }
        return switch (Control.of(shape)) {
            case YAML -> yaml(typed, field);
            case SCALAR -> Reading.of(scalar(typed.strip()));
            case NUMBER -> Reading.of(number(typed.strip()));
            case FLAG -> Reading.of(flag(typed.strip()));
            case CHECKS, LINES -> Reading.of(list(((ListShape) shape).item(), lines(typed)));
            case TEXT_OR_LINES -> Reading.of(oneOrList(lines(typed)));
            case COMMAS -> Reading.of(oneOrList(parts(typed)));
            case LINE, SECRET, CHOICE -> Reading.of(line(shape, typed));
            default -> Reading.of(NODES.textNode(typed));
        };
    }

    private static Reading yaml(String typed, String field) {
        YamlValue.Read read = YamlValue.read(typed, field);
        return new Reading(read.value().orElse(null), read.problems());
    }

    private static JsonNode scalar(String text) {
        if (text.equals("true") || text.equals("false")) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        return quoted(text).or(() -> Numbers.read(text)).orElseGet(() -> NODES.textNode(text));
    }

    private static Optional<JsonNode> quoted(String text) {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(text)).filter(JsonNode::isTextual);
        } catch (JsonProcessingException onlyQuotes) {
            return Optional.empty();
        }
    }

    private static JsonNode number(String text) {
        return Numbers.read(text).orElseGet(() -> NODES.textNode(text));
    }

    private static JsonNode flag(String text) {
        return text.equals("true") || text.equals("false")
                ? BooleanNode.valueOf(text.equals("true"))
                : NODES.textNode(text);
    }

    /** Spaces around a name, a duration or an address are slips; inside a title they are the author's. */
    private static JsonNode line(Shape shape, String typed) {
        boolean slip = !(shape instanceof TextShape text)
                || !text.pattern().matcher(typed).matches()
                        && text.pattern().matcher(typed.strip()).matches();
        return NODES.textNode(slip ? typed.strip() : typed);
    }

    private static List<String> lines(String typed) {
        return typed.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static JsonNode list(Shape item, List<String> lines) {
        ArrayNode list = NODES.arrayNode();
        boolean numbers = Control.of(item) == Control.NUMBER;
        lines.forEach(line -> list.add(numbers ? number(line) : NODES.textNode(line)));
        return list;
    }

    private static List<JsonNode> parts(String typed) {
        var parts = new ArrayList<JsonNode>();
        for (String part : typed.split("[,\n]")) {
            if (!part.isBlank()) {
                parts.add(number(part.strip()));
            }
        }
        return parts;
    }

    private static JsonNode oneOrList(List<?> parts) {
        ArrayNode list = NODES.arrayNode();
        parts.forEach(part -> list.add(part instanceof JsonNode node ? node : TextNode.valueOf(part.toString())));
        return list.size() == 1 ? list.get(0) : list;
    }
}
