package dev.switchback.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code is} of a condition: a value, or one of {@code <, <=, >, >=, !=} and a value (rule of reading 3). Compares
 * as numbers when both sides are numbers, as booleans when the expected value is {@code true} or {@code false}, else as
 * trimmed text. {@code NULL} equals nothing, and nothing can be said of it: no operator holds for it. Where a number or
 * a boolean is expected, an ordering or {@code !=} does not hold for a value of another kind. Immutable.
 *
 * @param operator one of {@code =, !=, <, <=, >, >=}
 * @param operand what stands behind it, trimmed
 */
public record Comparison(String operator, String operand) {

    private static final Set<String> YES = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> NO = Set.of("false", "f", "no", "n", "off", "0");

    /** Reads {@code is} as the file states it: a number, a boolean or a text. */
    public static Comparison of(JsonNode is) {
        return is.isTextual() ? of(is.textValue()) : new Comparison("=", plain(is));
    }

    private static String plain(JsonNode is) {
        return is.isValueNode() ? is.asText() : is.toString();
    }

    /** Reads {@code is} written as text, such as {@code "> 0"}. */
    public static Comparison of(String is) {
        String text = is.strip();
        for (String operator : new String[] {"<=", ">=", "!=", "<", ">"}) {
            if (text.startsWith(operator)) {
                return new Comparison(
                        operator, text.substring(operator.length()).strip());
            }
        }
        return new Comparison("=", text);
    }

    /** Whether it holds for the value; {@code null} is SQL's NULL. */
    public boolean holds(String value) {
        if (value == null) {
            return false;
        }
        String actual = value.strip();
        if (operand.equals("true") || operand.equals("false")) {
            return booleanOf(actual).filter(this::holdsForBoolean).isPresent();
        }
        Optional<BigDecimal> expectedNumber = number(operand);
        Optional<BigDecimal> actualNumber = number(actual);
        if (expectedNumber.isPresent() && actualNumber.isPresent()) {
            return holdsFor(actualNumber.get().compareTo(expectedNumber.get()));
        }
        if (expectedNumber.isPresent() && isOrdering()) {
            return false;
        }
        return holdsFor(actual.compareTo(operand));
    }

    private boolean isOrdering() {
        return operator.startsWith("<") || operator.startsWith(">");
    }

    private boolean holdsForBoolean(boolean actual) {
        return holdsFor(Boolean.compare(actual, operand.equals("true")));
    }

    private boolean holdsFor(int sign) {
        return switch (operator) {
            case "<" -> sign < 0;
            case "<=" -> sign <= 0;
            case ">" -> sign > 0;
            case ">=" -> sign >= 0;
            case "!=" -> sign != 0;
            default -> sign == 0;
        };
    }

    private static Optional<Boolean> booleanOf(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return Optional.of(true);
        }
        return NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    private static Optional<BigDecimal> number(String text) {
        if (text.isEmpty() || text.length() > 100) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** As the file would write it: {@code > 0}, {@code shop}. */
    @Override
    public String toString() {
        return operator.equals("=") ? operand : operator + " " + operand;
    }
}
