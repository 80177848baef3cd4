package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts the members of a document in the order of the contract; free mappings keep theirs. */
public final class InOrder {
    private InOrder() {}

    public static JsonNode of(JsonNode value, Shape shape) {
        if (shape instanceof ObjectShape known && value.isObject()) {
            return members(value, known);
        }
        if (shape instanceof ListShape list && value.isArray()) {
            ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> ordered.add(of(item, list.item())));
            return ordered;
        }
        if (shape instanceof MapShape map && value.isObject()) {
            ObjectNode ordered = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> ordered.set(member.getKey(), of(member.getValue(), map.value())));
            return ordered;
        }
        if (shape instanceof KindShape kinds) {
            ObjectShape known = kinds.byKind().get(value.path("kind").asText());
            return known == null ? value : of(value, known);
        }
        return value;
    }

    private static ObjectNode members(JsonNode value, ObjectShape shape) {
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        shape.members().forEach((name, member) -> {
            if (value.has(name)) {
                ordered.set(name, of(value.get(name), member.shape()));
            }
        });
        value.properties().forEach(member -> ordered.putIfAbsent(member.getKey(), member.getValue()));
        return ordered;
    }
}
