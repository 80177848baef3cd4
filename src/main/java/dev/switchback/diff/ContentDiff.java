package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What differs between two contents of a migration or of an environment, part by part in the order in which they are
 * read. {@code apiVersion} and {@code needsReview} are left out: they say nothing about what is done. It is empty
 * exactly when the contents have the same hash. Pure, safe for use by several threads.
 *
 * @param parts the parts in which something differs
 */
public record ContentDiff(List<PartDifference> parts) {

    private static final Set<String> LEFT_OUT = Set.of("apiVersion", "needsReview");
    private static final int NAMED = 3;

    /** Compares two contents. */
    public static ContentDiff of(JsonNode before, JsonNode after) {
        return new ContentDiff(parts(before, after)
                .filter(part -> !LEFT_OUT.contains(part))
                .map(part -> part(part, before.get(part), after.get(part)))
                .flatMap(Optional::stream)
                .toList());
    }

    /** The parts that any of these contents has, in the order in which they are read. */
    static Stream<String> parts(JsonNode... contents) {
        var there = new LinkedHashSet<String>();
        for (JsonNode content : contents) {
            content.fieldNames().forEachRemaining(there::add);
        }
        var ordered = new LinkedHashSet<>(DocumentWords.PARTS);
        ordered.retainAll(there);
        ordered.addAll(there);
        return ordered.stream();
    }

    private static Optional<PartDifference> part(String part, JsonNode before, JsonNode after) {
        if (Same.same(before, after)) {
            return Optional.empty();
        }
        String heading = DocumentWords.heading(part);
        return Entries.of(part, before, after)
                .map(sides -> entries(part, sides.get(0), sides.get(1)))
                .filter(entries -> !entries.isEmpty())
                .map(entries -> new PartDifference(part, heading, List.of(), entries))
                .or(() -> Optional.of(new PartDifference(
                        part, heading, Differences.between(Spot.part(part), before, after), List.of())));
    }

    private static List<EntryDifference> entries(
            String part, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        boolean ordered = !Entries.isMapping(part);
        List<String> was = List.copyOf(before.keySet());
        List<String> is = List.copyOf(after.keySet());
        Set<String> moved = ordered ? moved(was, is) : Set.of();
        Spot spot = Spot.part(part);
        return Order.woven(is, was).stream()
                .filter(id -> moved.contains(id) || !Same.same(before.get(id), after.get(id)))
                .map(id -> EntryDifference.of(
                        spot.entry(id),
                        id,
                        before.get(id),
                        after.get(id),
                        moved.contains(id),
                        ordered ? was.indexOf(id) + 1 : 0,
                        ordered ? is.indexOf(id) + 1 : 0))
                .toList();
    }

    /** The names whose place among the common ones changed: as few as explain the new order. */
    private static Set<String> moved(List<String> was, List<String> is) {
        List<String> before = was.stream().filter(new HashSet<>(is)::contains).toList();
        List<String> after = is.stream().filter(new HashSet<>(was)::contains).toList();
        return DiffUtils.diff(before, after).getDeltas().stream()
                .map(AbstractDelta::getTarget)
                .flatMap(chunk -> chunk.getLines().stream())
                .collect(Collectors.toSet());
    }

    /** Whether both contents say the same. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** How much differs: fields, and entries with names, each counted once. */
    public int count() {
        return parts.stream().mapToInt(PartDifference::count).sum();
    }

    /** The summary as a sentence begins. */
    public String sentence() {
        return isEmpty() ? "" : DocumentWords.sentence(summary());
    }

    /** In one line: {@code 2 steps changed, 1 added; expected result}; empty when nothing differs. */
    public String summary() {
        var words = new ArrayList<String>();
        parts.stream()
                .filter(part -> !part.entries().isEmpty())
                .map(PartDifference::words)
                .forEach(words::add);
        List<String> plain = parts.stream()
                .filter(part -> part.entries().isEmpty())
                .map(PartDifference::words)
                .toList();
        if (!plain.isEmpty()) {
            int more = plain.size() - NAMED;
            words.add(String.join(", ", plain.subList(0, Math.min(NAMED, plain.size())))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
        return String.join("; ", words);
    }
}
