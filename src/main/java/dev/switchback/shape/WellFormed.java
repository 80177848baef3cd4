package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/** What must hold for every value whatever its place: nesting, size and characters. */
public final class WellFormed {
    private final Report report;
    private int values;
    private boolean stopped;

    private WellFormed(Report report) {
        this.report = report;
    }

    /** Reports what is wrong; answers whether the shapes may look at the document at all. */
    public static boolean check(JsonNode document, Report report) {
        WellFormed walk = new WellFormed(report);
        walk.visit(document, Place.DOCUMENT, 1);
        return !walk.stopped;
    }

    private void visit(JsonNode value, Place place, int depth) {
        if (!value.isContainerNode()) {
            checkScalar(value, place);
            return;
        }
        values += value.size();
        if (stopped || depth > Limits.NESTING || values > Limits.VALUES) {
            stop(place, depth);
            return;
        }
        value.properties().forEach(member -> {
            checkKey(member.getKey(), place.member(member.getKey()));
            visit(member.getValue(), place.member(member.getKey()), depth + 1);
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            visit(value.get(i), place.item(i), depth + 1);
        }
    }

    private void stop(Place place, int depth) {
        if (!stopped && depth > Limits.NESTING) {
            report.add(place, tooDeep(), "at most " + Limits.NESTING + " levels");
        } else if (!stopped) {
            report.add(Place.DOCUMENT, tooMany(), "at most " + Limits.VALUES + " values");
        }
        stopped = true;
    }

    private void checkKey(String key, Place place) {
        if (key.length() > Limits.MEMBER) {
            report.add(place, "A key has " + key.length() + " characters", "at most " + Limits.MEMBER + " characters");
        }
        checkText(key, place);
    }

    private void checkScalar(JsonNode value, Place place) {
        if (value.isTextual()) {
            checkText(value.textValue(), place);
        } else if (value.isNumber() && !isNumber(value)) {
            report.spoil(
                    place,
                    place.label() + " is a number with too many digits",
                    "at most " + Limits.NUMBER + " digits; in quotes if it is a name");
        }
    }

    private static boolean isNumber(JsonNode value) {
        if (value.isDouble() || value.isFloat()) {
            return Double.isFinite(value.doubleValue());
        }
        return value.isIntegralNumber()
                ? value.bigIntegerValue().bitLength() <= Limits.NUMBER * 4
                : isNumber(value.decimalValue());
    }

    /** Neither so long nor so far from the point that writing it out would take all memory. */
    public static boolean isNumber(java.math.BigDecimal number) {
        return number.precision() <= Limits.NUMBER && Math.abs(number.scale()) <= 300;
    }

    private void checkText(String text, Place place) {
        int length = text.codePointCount(0, text.length());
        if (length > Limits.TEXT) {
            report.spoil(
                    place, place.label() + " has " + length + " characters", "at most " + Limits.TEXT + " characters");
        }
        strange(text).ifPresent(character -> report.spoil(place, strangeMessage(place, character), "printable text"));
    }

    public static String strangeMessage(Place place, int character) {
        return String.format("%s contains the character U+%04X", place.label(), character);
    }

    public static String tooDeep() {
        return "More than " + Limits.NESTING + " lists and mappings inside one another";
    }

    public static String tooMany() {
        return "More than " + Limits.VALUES + " values in one document";
    }

    /** The first character that cannot be stored or would not be seen: control characters, half characters. */
    public static OptionalInt strange(String text) {
        return text.codePoints().filter(WellFormed::isStrange).findFirst();
    }

    public static boolean isStrange(int character) {
        boolean control = character < 0x20 && character != '\t' && character != '\n' && character != '\r';
        boolean invisible = character >= 0x7F && character <= 0x9F
                || character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069
                || character == 0xFEFF;
        boolean broken =
                character >= 0xD800 && character <= 0xDFFF || character == 0xFFFD || (character & 0xFFFE) == 0xFFFE;
        return control || invisible || broken;
    }
}
