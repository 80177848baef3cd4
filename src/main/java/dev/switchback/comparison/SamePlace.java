package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.step.Target;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Where each sitting was taken, as conditions that must be equal: every target and variable that all of the sittings
 * know. One that was added or removed changes nothing for those that do not use it.
 */
final class SamePlace {

    private static final List<String> ADDRESS = List.of("url", "hosts", "directory");

    private SamePlace() {}

    /** The conditions of each sitting, by name. */
    static <L> Map<L, Map<String, String>> of(Collection<L> sittings, Function<L, EnvironmentContent> place) {
        var all = new HashMap<L, Map<String, String>>();
        sittings.forEach(sitting -> all.put(sitting, conditions(place.apply(sitting))));
        var known = all.values().stream()
                .map(conditions -> new TreeSet<>(conditions.keySet()))
                .reduce((left, right) -> {
                    left.retainAll(right);
                    return left;
                })
                .orElseGet(TreeSet::new);
        all.values().forEach(conditions -> conditions.keySet().retainAll(known));
        return all;
    }

    private static Map<String, String> conditions(EnvironmentContent environment) {
        var conditions = new TreeMap<String, String>();
        conditions.put("the environment", environment.key());
        environment.targets().forEach((name, target) -> conditions.put("target " + name, words(target)));
        environment.variables().forEach((name, value) -> conditions.put("variable " + name, value));
        return conditions;
    }

    /** The address for people, and the beginning of a hash of all the rest, secrets by their names. */
    private static String words(Target target) {
        String all = inOrder(target.settings());
        String address = ADDRESS.stream()
                .map(target.settings()::get)
                .filter(value -> value != null)
                .findFirst()
                .map(Declared::text)
                .orElse(target.kind());
        return address + " ("
                + JudgeInput.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, 6) + ")";
    }

    private static String inOrder(JsonNode settings) {
        var members = new TreeMap<String, String>();
        settings.properties()
                .forEach(each -> members.put(each.getKey(), each.getValue().toString()));
        return members.toString();
    }
}
