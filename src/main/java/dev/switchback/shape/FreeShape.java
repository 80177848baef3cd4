package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Free metadata: a mapping of texts, numbers, truth values, lists and mappings, nested at will; no empty values. */
public record FreeShape() implements Shape {

    @Override
    public boolean takes(JsonNode value) {
        return value.isObject();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (typed(value, place, report)) {
            checkNested(value, place, report);
        }
    }

    private static void checkNested(JsonNode value, Place place, Report report) {
        if (value.isNull()) {
            report.add(place, place.label() + " has no value", "text, a number, true, false, a list or a mapping");
        } else if (value.isObject()) {
            value.properties().forEach(m -> checkNested(m.getValue(), place.member(m.getKey()), report));
        } else {
            for (int i = 0; i < value.size(); i++) {
                checkNested(value.get(i), place.item(i), report);
            }
        }
    }

    @Override
    public String expected() {
        return "a mapping of texts, numbers, lists and mappings";
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.type("object");
        schema.set("additionalProperties", parts.reference("free", () -> nested(parts)));
        return schema;
    }

    private static ObjectNode nested(SchemaParts parts) {
        ObjectNode schema = SchemaParts.node();
        schema.putArray("type")
                .add("string")
                .add("number")
                .add("boolean")
                .add("array")
                .add("object");
        schema.putObject("items").put("$ref", "#/$defs/free");
        schema.putObject("additionalProperties").put("$ref", "#/$defs/free");
        return schema;
    }
}
