package dev.switchback.exchange;

import java.util.HashMap;
import java.util.Map;

/** On which line of the file each place of a document stands. A place that is not there stands where its parent does. */
final class Lines {
    private final Map<String, Integer> byPath = new HashMap<>();

    void put(Place place, int line) {
        byPath.put(place.path(), line);
    }

    /** The line, from 1, or {@code null} when nothing was ever put, as for JSON. */
    Integer of(Place place) {
        String path = place.path();
        while (!byPath.containsKey(path) && !path.isEmpty()) {
            path = parent(path);
        }
        return byPath.get(path);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
