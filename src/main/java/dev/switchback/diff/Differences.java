package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Walks two values side by side and writes down where they part. Not safe for use by several threads. */
final class Differences {

    /** Above this many items a list is compared item by item, not searched for what moved: the search is quadratic. */
    private static final int SEARCHED = 1_000;

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Difference> between(Spot spot, JsonNode before, JsonNode after) {
        var differences = new Differences();
        differences.compare(spot, before, after);
        return differences.found;
    }

    private void compare(Spot spot, JsonNode before, JsonNode after) {
        if (Same.same(before, after)) {
            return;
        }
        if (both(before, after, JsonNode::isObject) && !before.isEmpty() && !after.isEmpty()) {
            members(before, after).forEach(name -> compare(spot.member(name), before.get(name), after.get(name)));
        } else if (both(before, after, JsonNode::isArray)
                && !before.isEmpty()
                && !after.isEmpty()
                && !(areWords(before) && areWords(after))) {
            compareItems(spot, items(before), items(after));
        } else {
            found.add(Difference.of(spot, before, after));
        }
    }

    private static boolean both(JsonNode one, JsonNode other, Predicate<JsonNode> kind) {
        return one != null && other != null && kind.test(one) && kind.test(other);
    }

    /** Single words in a list are read together: all before, all after. */
    private static boolean areWords(JsonNode list) {
        return items(list).stream()
                .allMatch(item -> item.isValueNode() && item.asText().chars().noneMatch(Character::isWhitespace));
    }

    private static Set<String> members(JsonNode before, JsonNode after) {
        var names = new LinkedHashSet<String>();
        after.fieldNames().forEachRemaining(names::add);
        before.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private void compareItems(Spot spot, List<JsonNode> before, List<JsonNode> after) {
        if (before.size() + after.size() > SEARCHED) {
            replace(spot, before, 0, after, 0);
            return;
        }
        for (AbstractDelta<JsonNode> delta :
                DiffUtils.diff(before, after, Same::same).getDeltas()) {
            replace(
                    spot,
                    delta.getSource().getLines(),
                    delta.getSource().getPosition(),
                    delta.getTarget().getLines(),
                    delta.getTarget().getPosition());
        }
    }

    /** Items that stand for each other are compared; what is left over came or went. */
    private void replace(Spot spot, List<JsonNode> before, int from, List<JsonNode> after, int to) {
        int common = Math.min(before.size(), after.size());
        for (int i = 0; i < common; i++) {
            if (standFor(before.get(i), after.get(i))) {
                compare(spot.item(to + i), before.get(i), after.get(i));
            } else {
                found.add(Difference.of(spot.item(from + i), before.get(i), null));
                found.add(Difference.of(spot.item(to + i), null, after.get(i)));
            }
        }
        for (int i = common; i < before.size(); i++) {
            found.add(Difference.of(spot.item(from + i), before.get(i), null));
        }
        for (int i = common; i < after.size(); i++) {
            found.add(Difference.of(spot.item(to + i), null, after.get(i)));
        }
    }

    /** A short word has become another word; a sentence that shares words with another is the same one, changed. */
    private static boolean standFor(JsonNode before, JsonNode after) {
        if (before.isTextual() && after.isTextual()) {
            return TextDiff.areAlike(before.textValue(), after.textValue());
        }
        return before.isContainerNode() == after.isContainerNode();
    }
}
