package dev.switchback.diff;

import dev.switchback.diff.EntryDifference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A part of a document in which something differs: a member of its outermost mapping.
 *
 * @param member its name in the file
 * @param heading what people call it
 * @param fields what differs, when its entries have no names
 * @param entries which entries differ, when they have
 */
public record PartDifference(String member, String heading, List<Difference> fields, List<EntryDifference> entries) {

    /** How much differs. */
    public int count() {
        return fields.size() + entries.size();
    }

    /** {@code 2 steps changed, 1 added}; for a part without named entries what people call it. */
    public String words() {
        if (entries.isEmpty()) {
            return heading.equals(heading.toUpperCase(Locale.ROOT)) ? heading : lowerCased(heading);
        }
        var words = new ArrayList<String>();
        count(words, Kind.CHANGED, "changed");
        count(words, Kind.ADDED, "added");
        count(words, Kind.REMOVED, "removed");
        count(words, Kind.MOVED, "moved");
        return String.join(", ", words);
    }

    private void count(List<String> words, Kind kind, String verb) {
        long count = entries.stream().filter(entry -> entry.kind() == kind).count();
        if (count > 0) {
            String noun = words.isEmpty() ? " " + DocumentWords.entry(member) + (count == 1 ? "" : "s") : "";
            words.add(count + noun + " " + verb);
        }
    }

    private static String lowerCased(String heading) {
        return Character.toLowerCase(heading.charAt(0)) + heading.substring(1);
    }
}
