package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * An entry with a name of its own, a step for example, that differs.
 *
 * @param path where, for programs: {@code steps[create-table]}
 * @param id its name
 * @param title its title, or empty
 * @param kind what happened to it
 * @param moved whether it stands elsewhere among the entries that both contents have
 * @param from its position before, from 1; 0 when it was not there or has no position
 * @param to its position after, from 1; 0 when it is not there or has no position
 * @param fields what differs in it; for an added or removed one a single difference: all of it
 */
public record EntryDifference(
        String path, String id, String title, Kind kind, boolean moved, int from, int to, List<Difference> fields) {

    /** What happened to an entry. One that was changed may have been moved too. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        MOVED
    }

    static EntryDifference of(Spot spot, String id, JsonNode before, JsonNode after, boolean moved, int from, int to) {
        List<Difference> fields = before == null || after == null
                ? List.of(Difference.of(spot, before, after))
                : Differences.between(spot, before, after);
        Kind kind = before == null
                ? Kind.ADDED
                : after == null ? Kind.REMOVED : fields.isEmpty() ? Kind.MOVED : Kind.CHANGED;
        JsonNode shown = after == null ? before : after;
        return new EntryDifference(
                spot.path(), id, shown.path("title").asText(""), kind, moved, from, to, List.copyOf(fields));
    }

    /** Whether all of it came or went. */
    public boolean isWhole() {
        return kind == Kind.ADDED || kind == Kind.REMOVED;
    }

    /** {@code changed}. */
    public String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What to say besides the word: {@code as number 3}, {@code from 4 to 2}; or empty. */
    public String words() {
        return switch (kind) {
            case ADDED -> to > 0 ? "as number " + to : "";
            case REMOVED -> from > 0 ? "was number " + from : "";
            case CHANGED -> moved ? "and moved from " + from + " to " + to : "";
            case MOVED -> "from " + from + " to " + to;
        };
    }
}
