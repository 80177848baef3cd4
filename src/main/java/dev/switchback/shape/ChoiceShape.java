package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One of a few words. */
public record ChoiceShape(List<String> words) implements Shape {

    public static ChoiceShape of(String... words) {
        return new ChoiceShape(List.of(words));
    }

    @Override
    public boolean takes(JsonNode value) {
        return value.isTextual();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (typed(value, place, report) && !words.contains(value.textValue())) {
            report.add(place, place.label() + " is " + Words.quoted(value.textValue()), meant(value.textValue()));
        }
    }

    private String meant(String word) {
        return Words.nearest(word, words).orElseGet(this::expected);
    }

    @Override
    public String expected() {
        return words.size() == 1 ? words.get(0) : "one of: " + String.join(", ", words);
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.node();
        words.forEach(schema.putArray("enum")::add);
        return schema;
    }
}
