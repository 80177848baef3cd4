package dev.switchback.edit;

import dev.switchback.shape.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where in the form each place of the content is typed. */
final class FieldPlaces {
    private final Map<String, String> byPath = new HashMap<>();
    private final Set<String> spoiled = new HashSet<>();

    void put(Place place, String field) {
        byPath.put(place.path(), field);
    }

    /** What stands here could not be read; whatever else is wrong with it would only be noise. */
    void spoil(Place place) {
        spoiled.add(place.path());
    }

    /** The field where somebody who follows this path has to type; empty for the whole form. */
    String of(String path) {
        String known = path;
        while (!byPath.containsKey(known) && !known.isEmpty()) {
            known = parent(known);
        }
        return byPath.getOrDefault(known, "");
    }

    boolean isSpoiled(String path) {
        for (String each = path; !each.isEmpty(); each = parent(each)) {
            if (spoiled.contains(each)) {
                return true;
            }
        }
        return false;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
