package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as JSON writes them, kept digit by digit: {@code 1.10} stays {@code 1.10}. */
public final class Numbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private Numbers() {}

    /** The number that the text is; empty when it is none, or too long to be meant as one. */
    public static Optional<JsonNode> read(String text) {
        if (text.length() > Limits.NUMBER || !DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(WHOLE.matcher(text).matches() ? whole(text) : NODES.numberNode(decimal(text)));
    }

    /** The same node type that Jackson reads from JSON, so that equal numbers are equal nodes. */
    private static JsonNode whole(String text) {
        BigInteger number = new BigInteger(text);
        if (number.bitLength() < 32) {
            return text.equals("-0") ? NODES.textNode(text) : NODES.numberNode(number.intValue());
        }
        return number.bitLength() < 64 ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException exponentTooFar) {
            return new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE);
        }
    }
}
