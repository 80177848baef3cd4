package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** A mapping whose member {@code kind} says which members it has. */
public record KindShape(Map<String, ObjectShape> byKind) implements Shape {

    @Override
    public boolean takes(JsonNode value) {
        return value.isObject();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (!typed(value, place, report)) {
            return;
        }
        JsonNode kind = value.get("kind");
        ObjectShape shape = kind == null || !kind.isTextual() ? null : byKind.get(kind.textValue());
        if (shape != null) {
            shape.check(value, place, report);
        } else if (kind == null) {
            report.add(place, place.label() + " does not say its “kind”", kinds().expected());
        } else {
            kinds().check(kind, place.member("kind"), report);
        }
    }

    private ChoiceShape kinds() {
        return new ChoiceShape(new ArrayList<>(byKind.keySet()));
    }

    @Override
    public String expected() {
        return "a mapping with kind " + kinds().expected();
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.node();
        new TreeMap<>(byKind)
                .values()
                .forEach(shape -> schema.withArray("oneOf").add(shape.schema(parts)));
        return schema;
    }
}
