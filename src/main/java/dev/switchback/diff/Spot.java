package dev.switchback.diff;

import java.util.regex.Pattern;

/**
 * Where in a content something stands. Immutable.
 *
 * @param path for programs, in the words of the file: {@code steps[create-table].sql.statements[0]}
 * @param label for people, below the heading of its part: {@code SQL · statement 1}; empty for the part itself
 * @param named whether the members below have names of their own, such as headers, and are called by them
 */
record Spot(String path, String label, boolean named) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    /** A part of the document: a member of the outermost mapping. */
    static Spot part(String member) {
        return new Spot("", "", false).member(member).as("");
    }

    /** An entry of a list or a mapping that is known by a name. */
    Spot entry(String id) {
        return new Spot(path + "[" + id + "]", "", false);
    }

    Spot member(String name) {
        String step = PLAIN.matcher(name).matches()
                ? (path.isEmpty() ? name : "." + name)
                : "[\"" + name.replace("\"", "\\\"") + "\"]";
        String word = named ? name : DocumentWords.of(name);
        String first = named ? word : DocumentWords.sentence(word);
        return new Spot(
                path + step,
                label.isEmpty() ? first : label + " · " + word,
                named || DocumentWords.namesItsMembers(name));
    }

    Spot item(int index) {
        String step = "[" + index + "]";
        return new Spot(path + step, label.isEmpty() ? "No. " + (index + 1) : label + ", no. " + (index + 1), named);
    }

    private Spot as(String other) {
        return new Spot(path, other, named);
    }
}
