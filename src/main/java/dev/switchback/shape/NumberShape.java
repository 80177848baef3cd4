package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** A number between two others, both included. */
public record NumberShape(boolean whole, BigDecimal least, BigDecimal most) implements Shape {

    static NumberShape whole(long least, long most) {
        return new NumberShape(true, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
    }

    static NumberShape between(String least, String most) {
        return new NumberShape(false, new BigDecimal(least), new BigDecimal(most));
    }

    @Override
    public boolean takes(JsonNode value) {
        return value.isNumber();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (value.isTextual()) {
            report.add(place, place.label() + " is the text " + Words.quoted(value.textValue()), expected());
        } else if (typed(value, place, report) && !fits(value)) {
            report.add(place, place.label() + " is " + Words.cut(value.asText()), expected());
        }
    }

    private boolean fits(JsonNode value) {
        BigDecimal number = value.decimalValue();
        return (!whole || value.isIntegralNumber()) && number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
    }

    @Override
    public String expected() {
        return (whole ? "a whole number" : "a number") + " from " + least.toPlainString() + " to "
                + most.toPlainString();
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        return SchemaParts.type(whole ? "integer" : "number")
                .put("minimum", least)
                .put("maximum", most);
    }
}
