package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What is taken from one side or the other as a whole when two people changed a content at once: a part of it, an entry
 * with a name of its own, or the order of such entries.
 *
 * @param key its name in the choices: {@code today}, {@code steps[create-table]}, {@code steps order}
 * @param part the part it belongs to
 * @param heading what people call it
 * @param state who changed it
 * @param theirs what they say, null when it is not there
 * @param mine what I say, null when it is not there
 * @param together both changes in one, null when they touch the same words or one of them removed it
 */
public record MergeSection(
        String key, String part, String heading, State state, JsonNode theirs, JsonNode mine, JsonNode together) {

    /** Who changed a section since the content that both began with. */
    public enum State {
        /** Nobody, or both alike. */
        SAME,
        /** Only they. */
        THEIRS,
        /** Only I. */
        MINE,
        /** Both, differently: somebody must choose. */
        BOTH;

        static State of(boolean known, boolean theyChanged, boolean iChanged, boolean alike) {
            if (alike) {
                return SAME;
            }
            return !known || theyChanged && iChanged ? BOTH : theyChanged ? THEIRS : MINE;
        }
    }

    /** Whose version is taken. */
    public enum Side {
        THEIRS,
        MINE,
        TOGETHER
    }

    /** Whether the versions differ. */
    public boolean differs() {
        return state != State.SAME;
    }

    /** Whether somebody must choose. */
    public boolean needsChoice() {
        return state == State.BOTH;
    }

    /** What is taken when nobody chooses: what one of both changed. Null when both did. */
    public Side preset() {
        return switch (state) {
            case MINE -> Side.MINE;
            case SAME, THEIRS -> Side.THEIRS;
            case BOTH -> null;
        };
    }

    /** Whether it is the order of entries: both versions are then lists of what people call them. */
    public boolean isOrder() {
        return key.endsWith(MergeEntries.ORDER);
    }

    /** What differs between their version (before) and mine (after). */
    public List<Difference> fields() {
        var spot = new Spot(key, "", DocumentWords.namesItsMembers(part));
        return theirs == null || mine == null || isOrder()
                ? List.of(Difference.of(spot, theirs, mine))
                : Differences.between(spot, theirs, mine);
    }

    /** How both changes in one would read; only where they can be. */
    public String outline() {
        return Outline.of(together);
    }

    /** The version of a side, null when it is not there. */
    JsonNode of(Side side) {
        return switch (side) {
            case THEIRS -> theirs;
            case MINE -> mine;
            case TOGETHER -> together;
        };
    }
}
