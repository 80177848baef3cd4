package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Text.
 *
 * @param expected what is expected, for a person
 * @param most how many characters at most
 * @param pattern what the whole text must match, as JSON Schema states it
 * @param accepts what cannot be said by a pattern
 * @param confidential whether the text may be a secret, so that no message may contain it
 */
public record TextShape(String expected, int most, Pattern pattern, Predicate<String> accepts, boolean confidential)
        implements Shape {
    private static final Pattern ANYTHING = Pattern.compile("[\\s\\S]*");
    private static final Pattern NOT_BLANK = Pattern.compile("[\\s\\S]*\\S[\\s\\S]*");
    private static final Pattern ONE_LINE = Pattern.compile("[^\\n\\r]*\\S[^\\n\\r]*");

    /** One line that says something. */
    static TextShape line() {
        return new TextShape(
                "one line of text, at most " + Limits.TITLE + " characters",
                Limits.TITLE,
                ONE_LINE,
                any -> true,
                false);
    }

    /** Text of any number of lines that says something. */
    static TextShape text() {
        return new TextShape("text, at most 100,000 characters", Limits.TEXT, NOT_BLANK, any -> true, false);
    }

    /** Text that may be empty. */
    static TextShape anything() {
        return new TextShape("text, at most 100,000 characters", Limits.TEXT, ANYTHING, any -> true, false);
    }

    /** Text that matches. */
    static TextShape matching(String expected, int most, String regex) {
        return new TextShape(expected, most, Pattern.compile(regex), any -> true, false);
    }

    TextShape accepting(Predicate<String> test) {
        return new TextShape(expected, most, pattern, test, confidential);
    }

    TextShape asConfidential() {
        return new TextShape(expected, most, pattern, accepts, true);
    }

    @Override
    public boolean takes(JsonNode value) {
        return value.isTextual();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (!value.isTextual()) {
            refuseType(value, place, report);
            return;
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            report.add(place, place.label() + " has " + length + " characters", "at most " + most + " characters");
        } else if (!pattern.matcher(text).matches() || !accepts.test(text)) {
            report.add(place, place.label() + refusal(text), expected);
        }
    }

    private String refusal(String text) {
        if (text.isBlank()) {
            return " is empty";
        }
        if (pattern == ONE_LINE) {
            return " has several lines";
        }
        return confidential ? " is not written as it must be" : " is " + Words.quoted(text);
    }

    private void refuseType(JsonNode value, Place place, Report report) {
        if (confidential || value.isNull() || value.isContainerNode()) {
            String found = value.isNull() ? " has no value" : " is not text";
            report.add(place, place.label() + found, expected);
            return;
        }
        boolean onlyQuotesMissing = pattern.matcher(value.asText()).matches() && accepts.test(value.asText());
        String hint = onlyQuotesMissing ? ": put it in quotes, \"" + Words.cut(value.asText()) + "\"" : "";
        report.add(place, place.label() + " is " + Words.kind(value) + ", not text", expected + hint);
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        ObjectNode schema = SchemaParts.type("string").put("maxLength", most);
        if (pattern != ANYTHING) {
            schema.put("pattern", "^(?:" + pattern.pattern() + ")$");
        }
        return schema.put("description", expected);
    }
}
