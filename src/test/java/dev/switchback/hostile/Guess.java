package dev.switchback.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values as a description wants them, and then some that it does not want. */
final class Guess {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 5;

    private static final List<String> WORDS = List.of(
            "fz",
            "",
            " ",
            "a",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\u202e\u200b",
            "\u212bngstrom \ufb01",
            "'; DROP TABLE run; --",
            "<script>alert(1)</script>",
            "{inject:dataSource}{#each}",
            "${jndi:ldap://x}",
            "$(id) `id`",
            "../../etc/passwd",
            "a\r\nSet-Cookie: b",
            "%s%n%x",
            "-1",
            "1e400",
            "NaN",
            "99999999999999999999",
            "true",
            "null",
            "2026-13-45T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "P1Y2M",
            "secret:NOPE",
            "x".repeat(5000),
            "\ud83d\udca9".repeat(300),
            "[]",
            "{\"a\":1}");

    private final Random random;
    private final JsonNode description;

    Guess(Random random, JsonNode description) {
        this.random = random;
        this.description = description;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** For an address or a header. */
    String word(JsonNode schema, String name) {
        return random.nextInt(3) == 0 ? valid(schema, name, 0).asText("fz") : one(WORDS);
    }

    String header() {
        return one(List.of(
                "",
                "*",
                "\"\"",
                "W/\"1\"",
                "1",
                "\"99999999999999999999\"",
                "\"a\", \"b\"",
                "text/html",
                "application/json;q=x",
                "a/b/c",
                "/"));
    }

    String contentType() {
        return one(List.of(
                "text/plain",
                "application/xml",
                "multipart/form-data",
                "application/json; charset=utf-16",
                "application/json; charset=nope",
                "application/yaml",
                "x",
                "*/*"));
    }

    /** A body of this type. */
    byte[] body(JsonNode schema, String type) {
        if (type.contains("yaml")) {
            return broken(new FileMutation(random).file());
        }
        if (type.contains("csv")) {
            return broken("atMs,valueMs,ok,cache\n1,2,true,hit\n" + one(WORDS) + "," + one(WORDS) + ",false,miss\n");
        }
        JsonNode value = valid(schema, "body", 0);
        for (int i = random.nextInt(4); i > 0; i--) {
            value = changed(value);
        }
        return broken(value.toString());
    }

    /** Mostly as it is; else a piece of it is lost, doubled or another. */
    private byte[] broken(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return random.nextInt(5) == 0 ? FileMutation.bytewise(bytes, random) : bytes;
    }

    private JsonNode valid(JsonNode schema, String name, int depth) {
        JsonNode here = resolved(schema);
        if (here.has("enum")) {
            return here.get("enum").get(random.nextInt(here.get("enum").size()));
        }
        JsonNode kind = here.path("type");
        return switch (kind.isArray() ? kind.get(0).asText() : kind.asText(here.has("properties") ? "object" : "any")) {
            case "object" -> object(here, depth);
            case "array" -> array(here, name, depth);
            case "integer" -> JSON.numberNode(random.nextInt(5));
            case "number" -> JSON.numberNode(random.nextInt(100) / 10.0);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> JSON.textNode(text(here, name));
            default ->
                depth > DEEPEST
                        ? JSON.nullNode()
                        : one(List.of(JSON.objectNode(), new FileMutation(random).json(), JSON.textNode("fz")));
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode here = schema;
        for (int i = 0; i < 5; i++) {
            if (here.has("$ref")) {
                here = description.at(here.get("$ref").asText().substring(1));
            } else if (here.has("allOf") || here.has("anyOf") || here.has("oneOf")) {
                JsonNode choices = here.has("allOf")
                        ? here.get("allOf")
                        : here.has("anyOf") ? here.get("anyOf") : here.get("oneOf");
                here = choices.get(random.nextInt(choices.size()));
            }
        }
        return here;
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        if (depth <= DEEPEST) {
            schema.path("properties").properties().forEach(each -> {
                if (random.nextInt(4) > 0) {
                    object.set(each.getKey(), valid(each.getValue(), each.getKey(), depth + 1));
                }
            });
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = depth > DEEPEST ? 0 : random.nextInt(3); i > 0; i--) {
            array.add(valid(schema.path("items"), name, depth + 1));
        }
        return array;
    }

    private String text(JsonNode schema, String name) {
        return switch (schema.path("format").asText()) {
            case "date-time" -> "2026-11-23T10:00:00Z";
            case "date" -> "2026-11-23";
            case "uuid" -> "00000000-0000-0000-0000-000000000000";
            default -> List.of("name", "key", "migration", "environment").contains(name) ? "fz" : "word";
        };
    }

    /** One place in it is something else. */
    JsonNode changed(JsonNode value) {
        if (value.isContainerNode() && !value.isEmpty() && random.nextInt(5) > 0) {
            if (value instanceof ObjectNode object) {
                var names = new ArrayList<String>();
                object.fieldNames().forEachRemaining(names::add);
                String name = one(names);
                switch (random.nextInt(5)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set(one(WORDS), object.get(name));
                    default -> object.set(name, changed(object.get(name)));
                }
                return object;
            }
            var array = (ArrayNode) value;
            int at = random.nextInt(array.size());
            return random.nextInt(4) == 0 ? array.add(array.get(at)) : array.set(at, changed(array.get(at)));
        }
        return other(value);
    }

    private JsonNode other(JsonNode value) {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.arrayNode().add(value);
            case 2 -> JSON.objectNode().set("fz", value);
            case 3 -> JSON.numberNode(new BigDecimal(one(List.of("1e400", "-1e-400", "0.1", "-0", "1e10"))));
            case 4 ->
                JSON.numberNode(new BigInteger(
                        one(List.of("-1", "2147483648", "9223372036854775808", "99999999999999999999999999"))));
            case 5 -> JSON.booleanNode(random.nextBoolean());
            case 6 -> deep();
            default -> new TextNode(one(WORDS));
        };
    }

    private JsonNode deep() {
        JsonNode deep = JSON.textNode("x");
        for (int i = one(List.of(10, 100, 900)); i > 0; i--) {
            deep = random.nextBoolean()
                    ? JSON.arrayNode().add(deep)
                    : JSON.objectNode().set("a", deep);
        }
        return deep;
    }
}
