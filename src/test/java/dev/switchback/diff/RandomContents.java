package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Contents of migrations and environments as chance makes them, and what people may do to them. */
final class RandomContents {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "the list answers",
            "the list answers in 80 ms",
            "1",
            "true",
            "one\ntwo\nthree",
            "one\ntwo\nfour\n",
            "",
            " a");

    private final Random random;

    RandomContents(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode content() {
        ObjectNode content = MAKE.objectNode();
        content.put("apiVersion", "switchback/v1");
        content.put("key", "shop");
        for (String part : List.of("title", "owner", "expected", "approvals", "needsReview")) {
            maybe(content, part, scalar());
        }
        maybe(content, "today", mapping(List.of("route", "slow", "noticed"), 1));
        maybe(content, "stack", scalars());
        maybe(content, "attributes", mapping(List.of("a", "b", "a b"), 2));
        maybe(content, "steps", entries("id"));
        maybe(content, "holds", entries("name"));
        maybe(content, "identity", plain());
        maybe(content, "variables", mapping(List.of("region", "category"), 1));
        maybe(content, "targets", targets());
        return content;
    }

    /** A copy in which up to so many things are different. */
    ObjectNode changed(ObjectNode content, int atMost) {
        ObjectNode copy = content.deepCopy();
        for (int i = random.nextInt(atMost + 1); i > 0; i--) {
            change(copy);
        }
        return copy;
    }

    private void change(ObjectNode content) {
        ObjectNode other = content();
        List<String> names = new ArrayList<>();
        other.fieldNames().forEachRemaining(names::add);
        String part = names.get(random.nextInt(names.size()));
        JsonNode present = content.get(part);
        if (present instanceof ArrayNode list && !list.isEmpty() && random.nextInt(4) > 0) {
            changeList(list);
        } else if (present instanceof ObjectNode mapping && !mapping.isEmpty() && random.nextInt(4) > 0) {
            mapping.set(mapping.fieldNames().next(), scalar());
        } else if (random.nextInt(4) == 0) {
            content.remove(part);
        } else {
            content.set(part, other.get(part));
        }
    }

    private void changeList(ArrayNode list) {
        int at = random.nextInt(list.size());
        switch (random.nextInt(3)) {
            case 0 -> list.remove(at);
            case 1 -> list.insert(random.nextInt(list.size()), list.remove(at));
            default -> {
                if (list.get(at) instanceof ObjectNode entry) {
                    entry.set(random.nextBoolean() ? "timeout" : "title", scalar());
                } else {
                    list.set(at, scalar());
                }
            }
        }
    }

    private void maybe(ObjectNode content, String part, JsonNode value) {
        if (random.nextInt(5) > 0) {
            content.set(part, value);
        }
    }

    private JsonNode scalar() {
        return switch (random.nextInt(6)) {
            case 0 -> MAKE.numberNode(random.nextInt(3));
            case 1 -> MAKE.booleanNode(random.nextBoolean());
            case 2 -> MAKE.numberNode(new java.math.BigDecimal(random.nextBoolean() ? "1.0" : "1.10"));
            default -> MAKE.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private ArrayNode scalars() {
        ArrayNode list = MAKE.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(scalar());
        }
        return list;
    }

    private ObjectNode mapping(List<String> names, int depth) {
        ObjectNode mapping = MAKE.objectNode();
        names.forEach(
                name -> maybe(mapping, name, depth > 1 && random.nextBoolean() ? mapping(names, depth - 1) : scalar()));
        return mapping;
    }

    private ArrayNode entries(String name) {
        List<String> ids = new ArrayList<>(List.of("one", "two", "three", "four", "five", "six"));
        Collections.shuffle(ids, random);
        ArrayNode list = MAKE.arrayNode();
        ids.subList(0, random.nextInt(ids.size() + 1)).forEach(id -> {
            ObjectNode entry = list.addObject();
            entry.put(name, id);
            maybe(entry, "title", scalar());
            maybe(entry, "sql", mapping(List.of("target", "query"), 1));
        });
        return list;
    }

    private ArrayNode plain() {
        ArrayNode list = MAKE.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(mapping(List.of("is", "sql"), 2));
        }
        return list;
    }

    private ObjectNode targets() {
        ObjectNode targets = MAKE.objectNode();
        List.of("web", "db", "host").forEach(name -> maybe(targets, name, mapping(List.of("kind", "url"), 1)));
        return targets;
    }
}
