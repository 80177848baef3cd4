package dev.switchback.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.problem.Violation;
import dev.switchback.shape.ChoiceShape;
import dev.switchback.shape.KindShape;
import dev.switchback.shape.ListShape;
import dev.switchback.shape.MapShape;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.Place;
import dev.switchback.shape.Shape;
import dev.switchback.shape.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the content that the fields of a form say, right or wrong; the shapes check it afterwards. */
final class ReadFields {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Fields fields;
    private final FieldPlaces places = new FieldPlaces();
    private final List<Violation> problems = new ArrayList<>();

    private ReadFields(Fields fields) {
        this.fields = fields;
    }

    /**
     * What was read.
     *
     * @param content the content, to be checked
     * @param places where in the form each place of the content is typed
     * @param problems what could not be read at all; each points at its field
     */
    record Draft(ObjectNode content, FieldPlaces places, List<Violation> problems) {}

    static Draft of(Fields fields, ObjectShape shape) {
        ReadFields read = new ReadFields(fields);
        JsonNode content = read.object(shape, "", Place.DOCUMENT, true);
        return new Draft((ObjectNode) content, read.places, List.copyOf(read.problems));
    }

    /** The value, or null when nothing is said. */
    private JsonNode value(Shape shape, String field, Place place, boolean counts) {
        places.put(place, field);
        return switch (Control.of(shape)) {
            case OBJECT -> object((ObjectShape) shape, field, place, counts);
            case LIST -> list((ListShape) shape, field, place);
            case MAP -> map((MapShape) shape, field, place);
            case KINDS -> kinds((KindShape) shape, field, place);
            case FIXED -> NODES.textNode(((ChoiceShape) shape).words().get(0));
            default -> leaf(shape, field, place);
        };
    }

    private JsonNode object(ObjectShape shape, String field, Place place, boolean counts) {
        String kind = fields.text(field + Fields.KIND);
        Set<String> notMeant = new HashSet<>(Meant.kindNames(shape));
        boolean chosen = notMeant.remove(kind);
        ObjectNode value = NODES.objectNode();
        shape.members().forEach((name, member) -> {
            if (!notMeant.contains(name)) {
                JsonNode inside = value(
                        member.shape(), Meant.member(field, name), place.member(name), chosen && name.equals(kind));
                if (inside != null) {
                    value.set(name, inside);
                }
            }
        });
        Meant.choosing(shape, field).ifPresent(where -> places.put(place, where));
        return value.isEmpty() && !counts ? was(field).orElse(null) : value;
    }

    private JsonNode list(ListShape shape, String field, Place place) {
        ArrayNode list = NODES.arrayNode();
        for (int number : fields.entries(field)) {
            JsonNode entry = value(
                    shape.item(), Meant.entry(field, number), place.item(list.size()), Meant.isCard(shape.item()));
            if (entry != null) {
                list.add(entry);
            }
        }
        return list.isEmpty() ? was(field).orElse(null) : list;
    }

    private JsonNode map(MapShape shape, String field, Place place) {
        ObjectNode map = NODES.objectNode();
        int before = problems.size();
        for (int number : fields.entries(field)) {
            String entry = Meant.entry(field, number);
            String name = fields.text(entry + Fields.NAME).strip();
            if (name.isEmpty() && !fields.isTouched(entry)) {
                continue;
            }
            if (name.isEmpty()) {
                refuse(
                        entry + Fields.NAME,
                        place,
                        "A name is missing",
                        shape.key().expected());
            } else if (map.has(name)) {
                refuse(
                        entry + Fields.NAME,
                        place,
                        "The name " + Words.quoted(name) + " is used twice",
                        "each name once");
            } else {
                map.set(name, entry(shape, entry, place.member(name), name));
            }
        }
        return map.isEmpty() && problems.size() == before ? was(field).orElse(null) : map;
    }

    private JsonNode entry(MapShape shape, String entry, Place place, String name) {
        JsonNode value = value(shape.value(), entry, place, true);
        if (!shape.key().pattern().matcher(name).matches()
                || !shape.key().accepts().test(name)) {
            places.put(place, entry + Fields.NAME);
        }
        boolean empty = Control.of(shape.value()).isContainer();
        return value != null ? value : empty ? NODES.objectNode() : NODES.textNode("");
    }

    private JsonNode kinds(KindShape shape, String field, Place place) {
        ObjectShape known = shape.byKind().get(fields.text(field + Fields.KIND));
        JsonNode value = known == null ? NODES.objectNode() : object(known, field, place, true);
        places.put(place, field + Fields.KIND);
        return value;
    }

    private JsonNode leaf(Shape shape, String field, Place place) {
        Optional<JsonNode> was = was(field);
        if (was.isPresent() && shown(shape, was.get()).equals(fields.text(field))) {
            return was.get();
        }
        Typed.Reading reading = Typed.read(shape, fields.text(field), field);
        if (!reading.problems().isEmpty()) {
            problems.addAll(reading.problems());
            places.spoil(place);
        }
        return reading.value();
    }

    private static String shown(Shape shape, JsonNode value) {
        return Typed.show(shape, value).replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The value that stood here first, where the text alone would not say it. */
    private Optional<JsonNode> was(String field) {
        try {
            return fields.has(field + Fields.WAS)
                    ? Optional.of(Json.parse(fields.text(field + Fields.WAS)))
                    : Optional.empty();
        } catch (JsonProcessingException madeUp) {
            return Optional.empty();
        }
    }

    private void refuse(String field, Place list, String message, String expected) {
        problems.add(Violation.of(field, message, expected));
        places.put(list, field.substring(0, field.lastIndexOf('[')));
    }
}
