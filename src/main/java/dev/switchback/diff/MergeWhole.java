package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.MergeSection.Side;
import dev.switchback.diff.MergeSection.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A part or an entry that is taken as a whole. */
record MergeWhole(MergeSection section) implements MergePart {

    static MergeWhole of(String key, String part, String heading, Three versions) {
        return new MergeWhole(new MergeSection(
                key,
                part,
                heading,
                State.of(
                        versions.isBaseKnown(),
                        !Same.same(versions.base(), versions.theirs()),
                        !Same.same(versions.base(), versions.mine()),
                        Same.same(versions.theirs(), versions.mine())),
                versions.theirs(),
                versions.mine(),
                together(versions).orElse(null)));
    }

    /** The changes of both, as long as no member was changed by both. */
    private static Optional<JsonNode> together(Three versions) {
        boolean possible = versions.isBaseKnown()
                && isMapping(versions.base())
                && isMapping(versions.theirs())
                && isMapping(versions.mine());
        return possible
                ? members((ObjectNode) versions.base(), (ObjectNode) versions.theirs(), (ObjectNode) versions.mine())
                : Optional.empty();
    }

    private static boolean isMapping(JsonNode value) {
        return value != null && value.isObject();
    }

    private static Optional<JsonNode> members(ObjectNode base, ObjectNode theirs, ObjectNode mine) {
        ObjectNode both = theirs.objectNode();
        var names = new LinkedHashSet<String>();
        theirs.fieldNames().forEachRemaining(names::add);
        mine.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            var versions = new Three(base.get(name), theirs.get(name), mine.get(name), true);
            MergeSection member = of(name, name, "", versions).section();
            JsonNode value = member.needsChoice() ? member.together() : member.of(member.preset());
            if (value == null && member.needsChoice()) {
                return Optional.empty();
            }
            if (value != null) {
                both.set(name, value.deepCopy());
            }
        }
        return Optional.of(both);
    }

    @Override
    public List<MergeSection> sections() {
        return List.of(section);
    }

    @Override
    public JsonNode resolve(Function<MergeSection, Side> side) {
        return section.of(side.apply(section));
    }
}
