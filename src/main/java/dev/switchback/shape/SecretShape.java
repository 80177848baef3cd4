package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A reference to a secret. What stands there instead is never repeated: it is probably the secret. */
public record SecretShape() implements Shape {

    @Override
    public boolean takes(JsonNode value) {
        return value.isTextual();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (value.isNull()) {
            report.add(place, place.label() + " has no value", expected());
        } else if (!value.isTextual() || !PlainSecrets.isReference(value.textValue())) {
            report.add(place, "A secret in plain text: " + place.label(), expected());
        }
    }

    @Override
    public String expected() {
        return PlainSecrets.EXPECTED;
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        return SchemaParts.type("string")
                .put("pattern", "^(?:" + PlainSecrets.REFERENCE + ")$")
                .put("description", "A reference to a secret of the server.");
    }
}
