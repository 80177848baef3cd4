package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mapping with known members; an unknown one is refused, never ignored. Immutable: every {@code with…} answers a new
 * shape.
 *
 * @param name its name in the JSON Schema
 * @param members what it may contain, in the order in which it is written
 * @param choices members of which only one may be present
 * @param rules what must hold between members
 */
public record ObjectShape(String name, Map<String, Member> members, List<Choice> choices, List<Shape.Rule> rules)
        implements Shape {

    /** A member and whether it must be there. */
    public record Member(Shape shape, boolean required) {}

    /** Members that exclude one another; one of them must be there if {@code required}. */
    public record Choice(List<String> names, boolean required, String noun) {}

    static ObjectShape named(String name) {
        return new ObjectShape(name, Map.of(), List.of(), List.of());
    }

    ObjectShape required(String member, Shape shape) {
        return with(member, new Member(shape, true));
    }

    ObjectShape optional(String member, Shape shape) {
        return with(member, new Member(shape, false));
    }

    /** All these members, optional. */
    ObjectShape optional(Map<String, ? extends Shape> shapes) {
        ObjectShape more = this;
        for (var entry : shapes.entrySet()) {
            more = more.optional(entry.getKey(), entry.getValue());
        }
        return more;
    }

    /** Exactly one of these members must be there. */
    ObjectShape exactlyOne(String noun, String... names) {
        return choosing(new Choice(List.of(names), true, noun));
    }

    /** At most one of these members may be there. */
    ObjectShape atMostOne(String noun, String... names) {
        return choosing(new Choice(List.of(names), false, noun));
    }

    ObjectShape rule(Rule rule) {
        var more = new ArrayList<>(rules);
        more.add(rule);
        return new ObjectShape(name, members, choices, more);
    }

    private ObjectShape with(String member, Member shape) {
        var more = new LinkedHashMap<>(members);
        more.put(member, shape);
        return new ObjectShape(name, more, choices, rules);
    }

    private ObjectShape choosing(Choice choice) {
        var more = new ArrayList<>(choices);
        more.add(choice);
        return new ObjectShape(name, members, more, rules);
    }

    @Override
    public boolean takes(JsonNode value) {
        return value.isObject();
    }

    @Override
    public void check(JsonNode value, Place place, Report report) {
        if (!typed(value, place, report)) {
            return;
        }
        value.properties().forEach(entry -> checkMember(entry.getKey(), entry.getValue(), place, report));
        members.forEach((member, how) -> {
            if (how.required() && !value.has(member)) {
                report.add(
                        place.member(member),
                        "“" + member + "” is missing" + in(place),
                        how.shape().expected());
            }
        });
        choices.forEach(choice -> checkChoice(choice, value, place, report));
        rules.forEach(rule -> rule.check(value, place, report));
    }

    private static String in(Place place) {
        return place.path().isEmpty() ? "" : " in " + place.label();
    }

    private void checkMember(String key, JsonNode value, Place place, Report report) {
        Member member = members.get(key);
        if (member != null) {
            member.shape().check(value, place.member(key), report);
        } else {
            report.add(place.member(key), "Unknown key " + Words.quoted(key), meant(key));
        }
    }

    private String meant(String key) {
        return Words.nearest(key, members.keySet()).orElseGet(() -> "one of: " + String.join(", ", members.keySet()));
    }

    private static void checkChoice(Choice choice, JsonNode value, Place place, Report report) {
        List<String> present = choice.names().stream().filter(value::has).toList();
        String expected =
                (choice.required() ? "exactly one of: " : "at most one of: ") + String.join(", ", choice.names());
        if (present.isEmpty() && choice.required()) {
            report.add(place, subject(value, place) + " has no " + choice.noun(), expected);
        } else if (present.size() > 1) {
            String found = " has more than one " + choice.noun() + ": " + String.join(", ", present);
            report.add(place, subject(value, place) + found, expected);
        }
    }

    /** What a person calls it: its id or name where it has one, else where it stands. */
    static String subject(JsonNode value, Place place) {
        for (String naming : List.of("id", "name")) {
            if (value.path(naming).isTextual()) {
                return Words.quoted(value.get(naming).textValue());
            }
        }
        return place.label();
    }

    @Override
    public String expected() {
        return "a mapping with " + String.join(", ", members.keySet());
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
        return parts.reference(name, () -> definition(parts));
    }

    private ObjectNode definition(SchemaParts parts) {
        ObjectNode schema = SchemaParts.type("object");
        ObjectNode properties = schema.putObject("properties");
        members.forEach((member, how) -> properties.set(member, how.shape().schema(parts)));
        schema.put("additionalProperties", false);
        List<String> needed = members.entrySet().stream()
                .filter(entry -> entry.getValue().required())
                .map(Map.Entry::getKey)
                .toList();
        if (!needed.isEmpty()) {
            needed.forEach(schema.putArray("required")::add);
        }
        choices.forEach(choice -> schema.withArray("allOf").add(definition(choice)));
        return schema;
    }

    private static ObjectNode definition(Choice choice) {
        ObjectNode schema = SchemaParts.node();
        ArrayNode alternatives = schema.putArray("oneOf");
        choice.names()
                .forEach(name -> alternatives.addObject().putArray("required").add(name));
        if (!choice.required()) {
            ArrayNode none = alternatives.addObject().putObject("not").putArray("anyOf");
            choice.names().forEach(name -> none.addObject().putArray("required").add(name));
        }
        return schema;
    }
}
