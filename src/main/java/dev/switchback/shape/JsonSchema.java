package dev.switchback.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of one document of the runbook file, for editors. Made from the same shapes as the
 * check; what a schema cannot say, such as unique ids, only the check knows. Pure functions.
 */
public final class JsonSchema {
    private static final String TEXT = make().toPrettyString() + "\n";

    private JsonSchema() {}

    /** The schema as JSON text. */
    public static String text() {
        return TEXT;
    }

    private static ObjectNode make() {
        SchemaParts parts = new SchemaParts();
        ObjectNode schema = SchemaParts.node();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "/schema/switchback-v1.json");
        schema.put("title", "Switchback runbook file");
        schema.put("description", "One document: an environment or a migration.");
        schema.put("type", "object");
        schema.putArray("required").add("apiVersion").add("kind").add("key");
        schema.putObject("properties")
                .putObject("kind")
                .putArray("enum")
                .add("Environment")
                .add("Migration");
        ArrayNode cases = schema.putArray("allOf");
        cases.add(when("Environment", RunbookShapes.ENVIRONMENT.schema(parts)));
        cases.add(when("Migration", RunbookShapes.MIGRATION.schema(parts)));
        schema.set("$defs", parts.definitions());
        return schema;
    }

    private static ObjectNode when(String kind, ObjectNode then) {
        ObjectNode condition = SchemaParts.node();
        ObjectNode test = condition.putObject("if");
        test.putObject("properties").putObject("kind").put("const", kind);
        test.putArray("required").add("kind");
        condition.set("then", then);
        return condition;
    }
}
