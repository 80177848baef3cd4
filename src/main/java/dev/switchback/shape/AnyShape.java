package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Any JSON value.
 *
 * @param orNull whether {@code null} is one of them
 */
public record AnyShape(boolean orNull) implements Shape {

    @Override
    public boolean takes(JsonNode value) {
        return orNull || !value.isNull();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        typed(value, place, report);
    }

    @Override
    public String expected() {
        return "any value";
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.node();
        if (!orNull) {
            schema.putObject("not").put("type", "null");
        }
        return schema;
    }
}
