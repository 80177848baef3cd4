package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A list of values of one shape. */
public record ListShape(Shape item, int least, int most) implements Shape {

    static ListShape of(Shape item) {
        return new ListShape(item, 0, Limits.ENTRIES);
    }

    ListShape atLeast(int entries) {
        return new ListShape(item, entries, most);
    }

    ListShape atMost(int entries) {
        return new ListShape(item, least, entries);
    }

    @Override
    public boolean takes(JsonNode value) {
        return value.isArray();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (!typed(value, place, report)) {
            return;
        }
        if (value.size() < least) {
            report.add(place, place.label() + " is an empty list", "a list with at least " + least + " entry");
        }
        if (value.size() > most) {
            report.add(place, place.label() + " has " + value.size() + " entries", "at most " + most);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            item.check(value.get(i), place.item(i), report);
        }
    }

    @Override
    public String expected() {
        return "a list";
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.type("array").put("maxItems", most);
        if (least > 0) {
            schema.put("minItems", least);
        }
        schema.set("items", item.schema(parts));
        return schema;
    }
}
