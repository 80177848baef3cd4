package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/**
 * Text, or a number or truth value that stands for the text it is written as. A number with an exponent is refused,
 * because nobody could say which of its spellings is meant.
 *
 * @param expected what is expected, for a person
 * @param most how many characters at most
 * @param accepts what else the text must fulfil
 */
public record ScalarShape(String expected, int most, Predicate<String> accepts) implements Shape {

    static ScalarShape value() {
        return new ScalarShape("text, a number, true or false", Limits.TEXT, any -> true);
    }

    @Override
    public boolean takes(JsonNode value) {
        return value.isTextual() || value.isNumber() || value.isBoolean();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (!typed(value, place, report)) {
            return;
        }
        String text = value.asText();
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            report.add(place, place.label() + " has " + length + " characters", "at most " + most + " characters");
        } else if (value.isFloatingPointNumber() && text.indexOf('E') >= 0) {
            report.add(place, place.label() + " is a number with an exponent", "the value in quotes");
        } else if (!accepts.test(text)) {
            report.add(place, place.label() + " is " + Words.quoted(text), expected);
        }
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.node();
        schema.putArray("type").add("string").add("number").add("boolean");
        return schema.put("maxLength", most);
    }
}
