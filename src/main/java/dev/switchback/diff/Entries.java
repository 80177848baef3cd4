package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parts whose entries are known by a name of their own: those of a list by a member, those of a mapping by their key. */
final class Entries {

    private static final List<String> NAMES = List.of("id", "name", "key", "url");

    /** Mappings whose members stand for themselves. */
    private static final Set<String> MAPPINGS = Set.of("targets", "variables");

    private Entries() {}

    /**
     * The entries of each version by their name, in order; a version that is not there has none. Empty when the part is
     * of another kind in one of them, or when a name is missing or stands twice.
     */
    static Optional<List<Map<String, JsonNode>>> of(String part, JsonNode... versions) {
        List<JsonNode> there = Stream.of(versions)
                .filter(Objects::nonNull)
                .filter(version -> !version.isEmpty())
                .toList();
        if (there.isEmpty() || Stream.of(versions).anyMatch(Entries::isScalar)) {
            return Optional.empty();
        }
        if (isMapping(part)) {
            return there.stream().allMatch(JsonNode::isObject)
                    ? Optional.of(Stream.of(versions).map(Entries::members).toList())
                    : Optional.empty();
        }
        return there.stream().allMatch(JsonNode::isArray)
                ? NAMES.stream()
                        .filter(name -> there.stream().allMatch(version -> names(version, name)))
                        .findFirst()
                        .map(name -> Stream.of(versions)
                                .map(version -> items(version, name))
                                .toList())
                : Optional.empty();
    }

    private static boolean isScalar(JsonNode version) {
        return version != null && version.isValueNode();
    }

    /** Whether the part is a mapping, whose entries have no order. */
    static boolean isMapping(String part) {
        return MAPPINGS.contains(part);
    }

    private static boolean names(JsonNode list, String name) {
        long distinct = Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .map(i -> list.get(i).path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .distinct()
                .count();
        return distinct == list.size();
    }

    private static Map<String, JsonNode> items(JsonNode list, String name) {
        var items = new LinkedHashMap<String, JsonNode>();
        if (list != null) {
            list.forEach(item -> items.put(item.path(name).textValue(), item));
        }
        return items;
    }

    private static Map<String, JsonNode> members(JsonNode mapping) {
        var members = new LinkedHashMap<String, JsonNode>();
        if (mapping != null) {
            mapping.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        }
        return members;
    }
}
