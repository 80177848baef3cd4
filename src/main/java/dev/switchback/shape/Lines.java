package dev.switchback.shape;

import java.util.HashMap;
import java.util.Map;

/** On which line of the file each place of a document stands. A place that is not there stands where its parent does. */
public final class Lines {
    private final Map<String, Integer> byPath = new HashMap<>();

    public void put(Place place, int line) {
        byPath.put(place.path(), line);
    }

    /** The line, from 1, or {@code null} when nothing was ever put, as for JSON. */
    public Integer of(Place place) {
        return find(byPath, place.path());
    }

    public Map<String, Integer> all() {
        return byPath;
    }

    public static Integer find(Map<String, Integer> byPath, String path) {
        String known = path;
        while (!byPath.containsKey(known) && !known.isEmpty()) {
            known = parent(known);
        }
        return byPath.get(known);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
