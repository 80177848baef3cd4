package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A mapping whose keys the author chooses.
 *
 * @param key what a key must look like
 * @param value what a value must look like
 * @param rules what else must hold
 */
public record MapShape(TextShape key, Shape value, List<Rule> rules) implements Shape {

    static MapShape of(TextShape key, Shape value) {
        return new MapShape(key, value, List.of());
    }

    MapShape with(Rule rule) {
        return new MapShape(key, value, List.of(rule));
    }

    @Override
    public boolean takes(JsonNode candidate) {
        return candidate.isObject();
    }

    @Override
    public void check(JsonNode candidate, Place place, Report report) {
        if (!typed(candidate, place, report)) {
            return;
        }
        if (candidate.size() > Limits.ENTRIES) {
            report.add(place, place.label() + " has " + candidate.size() + " entries", "at most " + Limits.ENTRIES);
            return;
        }
        candidate.properties().forEach(entry -> {
            Place inside = place.member(entry.getKey());
            checkKey(entry.getKey(), inside, report);
            value.check(entry.getValue(), inside, report);
        });
        rules.forEach(rule -> rule.check(candidate, place, report));
    }

    private void checkKey(String name, Place place, Report report) {
        boolean right = name.length() <= key.most()
                && key.pattern().matcher(name).matches()
                && key.accepts().test(name);
        if (!right) {
            report.add(place, "The name " + Words.quoted(name) + " cannot be used here", key.expected());
        }
    }

    @Override
    public String expected() {
        return "a mapping of names to values";
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.type("object").put("maxProperties", Limits.ENTRIES);
        schema.set("propertyNames", key.schema(parts));
        schema.set("additionalProperties", value.schema(parts));
        return schema;
    }
}
