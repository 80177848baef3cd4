package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Three versions of a value; null where it is not there.
 *
 * @param isBaseKnown whether anybody knows what both began with; without it every difference asks for a choice
 */
record Three(JsonNode base, JsonNode theirs, JsonNode mine, boolean isBaseKnown) {

    Three part(String name) {
        return new Three(
                base == null ? null : base.get(name),
                theirs == null ? null : theirs.get(name),
                mine == null ? null : mine.get(name),
                isBaseKnown);
    }
}
