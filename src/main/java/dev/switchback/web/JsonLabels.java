package dev.switchback.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.TemplateExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How free content of a file is shown: as nested lists, always as text. */
@TemplateExtension
public final class JsonLabels {

    private static final int FOLDED_ABOVE = 12;
    private static final int SHOWN = 100;

    private JsonLabels() {}

    /** The named members in the order of the file. */
    public static List<Map.Entry<String, JsonNode>> members(JsonNode node) {
        return List.copyOf(node.properties());
    }

    /** The items of a list. */
    public static List<JsonNode> items(JsonNode node) {
        var items = new ArrayList<JsonNode>();
        node.forEach(items::add);
        return items;
    }

    /** Whether it has so many entries that they are folded away. */
    public static boolean isFolded(JsonNode node) {
        return node.size() > FOLDED_ABOVE && !isInline(node);
    }

    /** The first hundred members. */
    public static List<Map.Entry<String, JsonNode>> firstMembers(JsonNode node) {
        return node.properties().stream().limit(SHOWN).toList();
    }

    /** The first hundred items. */
    public static List<JsonNode> firstItems(JsonNode node) {
        return items(node).stream().limit(SHOWN).toList();
    }

    /** How many entries the first hundred leave out. */
    public static int left(JsonNode node) {
        return node.isContainerNode() && !isInline(node) ? Math.max(0, node.size() - SHOWN) : 0;
    }

    /** Whether it is a list in which every item fits on the line of its neighbours. */
    public static boolean isInline(JsonNode node) {
        return node.isArray()
                && items(node).stream().allMatch(JsonNode::isValueNode)
                && flow(node).length() < 90;
    }

    /** Whether it is longer than a line. */
    public static boolean isTall(JsonNode node) {
        return node.asText().indexOf('\n') >= 0;
    }

    /** Everything on one line, as the file could have written it: {@code {read_from: settings_v2}}. */
    public static String flow(JsonNode node) {
        if (node.isObject()) {
            return members(node).stream()
                    .map(member -> member.getKey() + ": " + flow(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            return items(node).stream().map(JsonLabels::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return node.asText();
    }

    /** The items of a list or the members of an object, with commas between them and no brackets. */
    public static String commas(JsonNode node) {
        if (node.isObject()) {
            return members(node).stream()
                    .map(member -> member.getKey() + " " + flow(member.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return items(node).stream().map(JsonLabels::flow).collect(Collectors.joining(", "));
    }

    /** A member's name as words: {@code expectStatus} becomes {@code expect status}. */
    public static String spoken(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
