package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code true} or {@code false}. */
public record FlagShape() implements Shape {

    @Override
    public boolean takes(JsonNode value) {
        return value.isBoolean();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (value.isTextual()) {
            report.add(place, place.label() + " is the text " + Words.quoted(value.textValue()), expected());
        } else {
            typed(value, place, report);
        }
    }

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        return SchemaParts.type("boolean");
    }
}
