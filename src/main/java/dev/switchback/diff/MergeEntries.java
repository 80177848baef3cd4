package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.MergeSection.Side;
import dev.switchback.diff.MergeSection.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A part whose entries have names: each is taken by itself, and so is their order when it is a list. */
final class MergeEntries implements MergePart {

    /** How the key of the section ends that is the order of the entries. */
    static final String ORDER = " order";

    private final Three whole;
    private final Map<String, JsonNode> base;
    private final Map<String, JsonNode> theirs;
    private final Map<String, JsonNode> mine;
    private final Map<String, MergeSection> entries = new LinkedHashMap<>();
    /** Null for a mapping. */
    private final MergeSection order;

    MergeEntries(String part, Three whole, List<Map<String, JsonNode>> versions) {
        this.whole = whole;
        this.base = versions.get(0);
        this.theirs = versions.get(1);
        this.mine = versions.get(2);
        for (String id : Order.woven(List.copyOf(theirs.keySet()), List.copyOf(mine.keySet()))) {
            entries.put(id, entry(part, id));
        }
        this.order = Entries.isMapping(part) ? null : order(part);
    }

    private MergeSection entry(String part, String id) {
        var versions = new Three(base.get(id), theirs.get(id), mine.get(id), whole.isBaseKnown());
        JsonNode shown = versions.theirs() == null ? versions.mine() : versions.theirs();
        String title = shown.path("title").asText("");
        String heading = DocumentWords.sentence(DocumentWords.entry(part)) + " " + (title.isEmpty() ? id : title);
        return MergeWhole.of(part + "[" + id + "]", part, heading, versions).section();
    }

    /** Only what both kept can stand in another order; what one of them added or removed is not reordered by that. */
    private MergeSection order(String part) {
        List<String> they = common(theirs, mine, mine);
        List<String> me = common(mine, theirs, theirs);
        List<String> oldThey = common(theirs, mine, base);
        List<String> oldMe = common(mine, theirs, base);
        List<String> was = common(base, theirs, mine);
        boolean onlyNewOnes = oldThey.equals(was) && oldMe.equals(was);
        return new MergeSection(
                part + ORDER,
                part,
                "Order of the " + DocumentWords.entry(part) + "s",
                State.of(
                        whole.isBaseKnown() && !onlyNewOnes, !oldThey.equals(was), !oldMe.equals(was), they.equals(me)),
                titles(they, theirs),
                titles(me, mine),
                null);
    }

    private static List<String> common(Map<String, ?> of, Map<String, ?> one, Map<String, ?> other) {
        return of.keySet().stream()
                .filter(id -> one.containsKey(id) && other.containsKey(id))
                .toList();
    }

    private static ArrayNode titles(List<String> ids, Map<String, JsonNode> entries) {
        ArrayNode titles = JsonNodeFactory.instance.arrayNode();
        ids.forEach(id -> titles.add(entries.get(id).path("title").asText(id)));
        return titles;
    }

    @Override
    public List<MergeSection> sections() {
        var sections = new ArrayList<>(entries.values());
        if (order != null) {
            sections.add(order);
        }
        return sections;
    }

    @Override
    public JsonNode resolve(Function<MergeSection, Side> side) {
        var kept = new LinkedHashMap<String, JsonNode>();
        for (String id : inOrder(side)) {
            MergeSection entry = entries.get(id);
            JsonNode value = entry.of(side.apply(entry));
            if (value != null) {
                kept.put(id, value.deepCopy());
            }
        }
        return kept.isEmpty() ? emptied() : container(kept);
    }

    private List<String> inOrder(Function<MergeSection, Side> side) {
        List<String> they = List.copyOf(theirs.keySet());
        List<String> me = List.copyOf(mine.keySet());
        return order != null && side.apply(order) == Side.MINE ? Order.woven(me, they) : Order.woven(they, me);
    }

    private JsonNode container(Map<String, JsonNode> kept) {
        if (order == null) {
            ObjectNode mapping = JsonNodeFactory.instance.objectNode();
            return mapping.setAll(kept);
        }
        return JsonNodeFactory.instance.arrayNode().addAll(kept.values());
    }

    /** Nothing is left: an empty list or none at all, as the side wrote it that emptied it. */
    private JsonNode emptied() {
        boolean mineChanged = !Same.same(whole.base(), whole.mine());
        JsonNode preferred = mineChanged ? whole.mine() : whole.theirs();
        JsonNode other = mineChanged ? whole.theirs() : whole.mine();
        return preferred == null || preferred.isEmpty() ? preferred : other == null || other.isEmpty() ? other : null;
    }
}
