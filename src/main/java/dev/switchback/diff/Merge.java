package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.MergeSection.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What two people made of one content, side by side: what only one of them changed is taken by itself, what both changed
 * differently waits for a choice. A section is a member of the document; where its entries have names (steps, metrics,
 * targets), each entry is one, and the order of a list another. An entry that one removed and the other changed was
 * changed by both: nothing is lost without a word. Pure, safe for use by several threads.
 */
public final class Merge {

    private final Map<String, MergePart> parts = new LinkedHashMap<>();

    private Merge(Three versions) {
        JsonNode base = versions.base() == null ? JsonNodeFactory.instance.objectNode() : versions.base();
        ContentDiff.parts(versions.theirs(), versions.mine(), base)
                .forEach(part -> parts.put(part, part(part, versions.part(part))));
    }

    /**
     * Puts three versions side by side.
     *
     * @param base what both began with; null when nobody knows: then every difference waits for a choice
     * @param theirs what was saved meanwhile
     * @param mine what I want to save
     */
    public static Merge of(JsonNode base, JsonNode theirs, JsonNode mine) {
        return new Merge(new Three(base, theirs, mine, base != null));
    }

    private static MergePart part(String part, Three versions) {
        return Entries.of(part, versions.base(), versions.theirs(), versions.mine())
                .<MergePart>map(sides -> new MergeEntries(part, versions, sides))
                .orElseGet(() -> MergeWhole.of(part, part, DocumentWords.heading(part), versions));
    }

    /** The sections in which the versions differ, in the order in which they are read. */
    public List<MergeSection> sections() {
        return parts.values().stream()
                .flatMap(part -> part.sections().stream())
                .filter(MergeSection::differs)
                .toList();
    }

    /** The sections that both changed differently and for which no side was chosen. */
    public List<MergeSection> open(Map<String, Side> choices) {
        return sections().stream()
                .filter(section -> side(section, choices) == null)
                .toList();
    }

    /**
     * The content with each section taken from its side.
     *
     * @param choices a side for the key of a section; needed where both changed it, elsewhere it overrules what would be
     *     taken
     * @throws IllegalArgumentException when a choice is missing
     */
    public ObjectNode with(Map<String, Side> choices) {
        List<MergeSection> open = open(choices);
        if (!open.isEmpty()) {
            throw new IllegalArgumentException(
                    "no side was chosen for " + open.get(0).key());
        }
        Function<MergeSection, Side> side = section -> side(section, choices);
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        parts.forEach((name, part) -> {
            JsonNode value = part.resolve(side);
            if (value != null) {
                content.set(name, value.deepCopy());
            }
        });
        return content;
    }

    private static Side side(MergeSection section, Map<String, Side> choices) {
        Side chosen = choices.get(section.key());
        boolean possible = chosen != null && (chosen != Side.TOGETHER || section.together() != null);
        return possible ? chosen : section.preset();
    }
}
