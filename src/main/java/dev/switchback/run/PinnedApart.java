package dev.switchback.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.switchback.environment.EnvironmentContent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where an environment is another one today than the copy that a run pinned. A rollback uses the copy (rule of reading 9):
 * that is said. A pure function; names only, no values.
 */
final class PinnedApart {

    private PinnedApart() {}

    /** {@code target db}, {@code variable region}, {@code identity}, in this order; empty when nothing differs. */
    static List<String> of(EnvironmentContent pinned, EnvironmentContent today) {
        var apart = new ArrayList<String>();
        members("target", pinned.tree().path("targets"), today.tree().path("targets"), apart);
        members("variable", pinned.tree().path("variables"), today.tree().path("variables"), apart);
        if (!pinned.tree().path("identity").equals(today.tree().path("identity"))) {
            apart.add("identity");
        }
        return apart;
    }

    private static void members(String noun, JsonNode pinned, JsonNode today, List<String> apart) {
        var names = new TreeSet<String>();
        pinned.fieldNames().forEachRemaining(names::add);
        today.fieldNames().forEachRemaining(names::add);
        names.stream()
                .filter(name -> !member(pinned, name).equals(member(today, name)))
                .forEach(name -> apart.add(noun + " " + name));
    }

    private static JsonNode member(JsonNode tree, String name) {
        JsonNode value = tree.get(name);
        return value == null ? MissingNode.getInstance() : value;
    }
}
