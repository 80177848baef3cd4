package dev.switchback.edit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.platform.Json;
import dev.switchback.shape.KindShape;
import dev.switchback.shape.ListShape;
import dev.switchback.shape.MapShape;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.Shape;

/** Fills the fields of a form with content. {@link ReadFields} reads the very same content back. */
final class WriteFields {
    private final Fields fields = new Fields();

    private WriteFields() {}

    /** The fields of a whole document; every card is folded. */
    static Fields of(JsonNode content, ObjectShape shape) {
        WriteFields write = new WriteFields();
        write.object(shape, "", content);
        return write.fields;
    }

    private void value(Shape shape, String field, JsonNode value) {
        switch (Control.of(shape)) {
            case OBJECT -> object((ObjectShape) shape, field, value);
            case LIST -> list((ListShape) shape, field, value);
            case MAP -> map((MapShape) shape, field, value);
            case KINDS -> kinds((KindShape) shape, field, value);
            case FIXED -> {}
            default -> leaf(shape, field, value);
        }
    }

    private void object(ObjectShape shape, String field, JsonNode value) {
        Meant.kindNames(shape).stream()
                .filter(value::has)
                .findFirst()
                .ifPresent(kind -> fields.put(field + Fields.KIND, kind));
        shape.members().forEach((name, member) -> {
            if (value.has(name)) {
                value(member.shape(), Meant.member(field, name), value.get(name));
            }
        });
        remember(field, value);
    }

    private void list(ListShape shape, String field, JsonNode value) {
        for (int i = 0; i < value.size(); i++) {
            String entry = Meant.entry(field, i);
            value(shape.item(), entry, value.get(i));
            if (Meant.isCard(shape.item())) {
                fields.put(entry + Fields.CLOSED, "yes");
            }
        }
        remember(field, value);
    }

    private void map(MapShape shape, String field, JsonNode value) {
        int number = 0;
        for (var member : value.properties()) {
            String entry = Meant.entry(field, number++);
            fields.put(entry + Fields.NAME, member.getKey());
            value(shape.value(), entry, member.getValue());
            if (Meant.isCard(shape.value())) {
                fields.put(entry + Fields.CLOSED, "yes");
            }
        }
        remember(field, value);
    }

    private void kinds(KindShape shape, String field, JsonNode value) {
        String kind = value.path("kind").asText();
        fields.put(field + Fields.KIND, kind);
        ObjectShape known = shape.byKind().get(kind);
        if (known != null) {
            object(known, field, value);
        }
    }

    /** An empty list or mapping has no field that could say that it is there. */
    private void remember(String field, JsonNode value) {
        if (value.isContainerNode() && value.isEmpty()) {
            fields.put(field + Fields.WAS, Json.text(value));
        }
    }

    private void leaf(Shape shape, String field, JsonNode value) {
        fields.put(field, Typed.show(shape, value));
        if (!value.equals(Typed.read(shape, fields.text(field), field).value())) {
            fields.put(field + Fields.WAS, Json.text(value));
        }
    }
}
