package dev.switchback.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/** The named parts ({@code $defs}) of a JSON Schema while it is being made. */
public final class SchemaParts {
    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

    /** A reference to the part with this name, which is made when it is first asked for. */
    ObjectNode reference(String name, Supplier<ObjectNode> part) {
        if (!definitions.has(name)) {
            definitions.putObject(name);
            definitions.set(name, part.get());
        }
        return node().put("$ref", "#/$defs/" + name);
    }

    ObjectNode definitions() {
        return definitions;
    }

    static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode type(String type) {
        return node().put("type", type);
    }
}
