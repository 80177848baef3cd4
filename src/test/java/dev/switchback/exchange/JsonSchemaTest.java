package dev.switchback.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.switchback.shape.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
    private static final com.networknt.schema.JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JsonSchema.text());
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void accepts_what_the_reader_accepts() {
        for (ReadDocument document :
                RunbookFileReader.read(Samples.text("contract.yaml")).documents()) {
            assertThat(SCHEMA.validate(document.content())).isEmpty();
        }
        assertThat(SCHEMA.validate(Samples.content(Samples.ENVIRONMENT))).isEmpty();
        assertThat(SCHEMA.validate(Samples.content(Samples.MIGRATION))).isEmpty();
    }

    @Test
    void refuses_unknown_members_missing_ones_and_two_actions() {
        ObjectNode migration = Samples.contractMigration();
        assertThat(SCHEMA.validate(migration.deepCopy().put("colour", "red"))).isNotEmpty();
        assertThat(SCHEMA.validate(migration.deepCopy().without("title"))).isNotEmpty();
        ObjectNode twoActions = migration.deepCopy();
        ((ObjectNode) twoActions.at("/steps/0")).putObject("wait").put("for", "5s");
        assertThat(SCHEMA.validate(twoActions)).isNotEmpty();
        assertThat(SCHEMA.validate(NODES.objectNode().put("kind", "Deployment")))
                .isNotEmpty();
    }

    @Test
    void what_the_schema_refuses_the_check_refuses_too() {
        Random random = new Random(20261122);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            ObjectNode content = i % 3 == 0 ? Samples.contractEnvironment() : Samples.contractMigration();
            spoil(content, random);
            boolean schemaRefuses = !SCHEMA.validate(content).isEmpty();
            boolean checkRefuses = !Samples.validate(content).isEmpty();
            refused += schemaRefuses ? 1 : 0;

            assertThat(checkRefuses || !schemaRefuses)
                    .as(() -> SCHEMA.validate(content) + "\n" + content.toPrettyString())
                    .isTrue();
        }
        assertThat(refused).isGreaterThan(300);
    }

    /** Changes one value somewhere: leaves it out, adds an unknown one beside it, or puts another in its place. */
    private static void spoil(ObjectNode content, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(content, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode mapping && !mapping.isEmpty()) {
            List<String> names = new ArrayList<>();
            mapping.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(5)) {
                case 0 -> mapping.remove(name);
                case 1 -> mapping.put(name + "x", "x");
                default -> mapping.set(name, other(random));
            }
        } else if (container instanceof ArrayNode list && !list.isEmpty()) {
            list.set(random.nextInt(list.size()), other(random));
        }
    }

    private static void collect(JsonNode value, List<JsonNode> containers) {
        if (value.isContainerNode()) {
            containers.add(value);
            value.forEach(inside -> collect(inside, containers));
        }
    }

    private static JsonNode other(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.numberNode(-1);
            case 3 -> NODES.numberNode(1.5);
            case 4 -> NODES.textNode("");
            case 5 -> NODES.textNode("x".repeat(300));
            case 6 -> NODES.textNode("two\nlines");
            case 7 -> NODES.arrayNode();
            case 8 -> NODES.objectNode();
            case 9 -> NODES.objectNode().put("a", 1);
            case 10 -> NODES.arrayNode().add("a").addNull();
            default -> NODES.textNode("5s");
        };
    }
}
