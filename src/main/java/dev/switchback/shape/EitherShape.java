package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One of several shapes, told apart by their JSON type. */
public record EitherShape(String expected, List<Shape> alternatives) implements Shape {

    static EitherShape of(String expected, Shape... alternatives) {
        return new EitherShape(expected, List.of(alternatives));
    }

    @Override
    public boolean takes(JsonNode value) {
        return alternatives.stream().anyMatch(shape -> shape.takes(value));
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (typed(value, place, report)) {
            alternatives.stream()
                    .filter(shape -> shape.takes(value))
                    .findFirst()
                    .orElseThrow()
                    .check(value, place, report);
        }
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.node();
        alternatives.forEach(shape -> schema.withArray("anyOf").add(shape.schema(parts)));
        return schema;
    }
}
