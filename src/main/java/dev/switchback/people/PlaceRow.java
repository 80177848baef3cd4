package dev.switchback.people;

import dev.switchback.access.Grant;
import java.util.Collection;
import java.util.List;

/** What somebody may do in one place. @param sentences in order, never empty */
public record PlaceRow(Place place, List<String> sentences) {

    static PlaceRow of(Place place, Collection<Grant> held) {
        List<String> may = place.sentences(held);
        boolean reads = may.stream().anyMatch(each -> each.startsWith("reads"));
        return new PlaceRow(place, reads || !place.isEnvironment() && !may.isEmpty() ? may : List.of("sees nothing"));
    }

    /** All of it, as one sentence: {@code Reads everything; may not run anything.} */
    public String words() {
        String all = String.join("; ", sentences);
        return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
    }
}
