package dev.switchback.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.shape.Lines;
import java.util.Map;

/**
 * A valid document of a runbook file.
 *
 * @param kind {@code Environment} or {@code Migration}
 * @param key its key
 * @param firstLine the line of the file on which it begins, from 1
 * @param content what it says: members in file order, values as written, nothing filled in
 * @param source its exact text, comments included, without the line that separates documents
 * @param lines on which line of the file each of its places stands, see {@link #line}
 */
public record ReadDocument(
        String kind, String key, int firstLine, ObjectNode content, String source, Map<String, Integer> lines) {

    public ReadDocument {
        lines = Map.copyOf(lines);
    }

    /** The line of a place such as {@code steps[2].timeout}; of what surrounds it when it is not in the file. */
    public int line(String place) {
        Integer line = Lines.find(lines, place);
        return line == null ? firstLine : line;
    }
}
