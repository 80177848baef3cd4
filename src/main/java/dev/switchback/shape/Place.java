package dev.switchback.shape;

import java.util.regex.Pattern;

/**
 * Where in a document something stands, written as its author would point at it: {@code steps[2].timeout}. Immutable.
 *
 * @param path the whole path; empty for the document itself
 */
public record Place(String path) {
    public static final Place DOCUMENT = new Place("");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    public Place member(String name) {
        if (!PLAIN.matcher(name).matches()) {
            return new Place(path + "[\"" + Words.cut(name).replace("\"", "\\\"") + "\"]");
        }
        return new Place(path.isEmpty() ? name : path + "." + name);
    }

    public Place item(int index) {
        return new Place(path + "[" + index + "]");
    }

    /** The last part, for sentences: {@code timeout}, {@code hosts[1]}; "the document" for the whole. */
    public String label() {
        return path.isEmpty() ? "the document" : "“" + path.substring(path.lastIndexOf('.') + 1) + "”";
    }
}
