package dev.switchback.people;

import dev.switchback.access.HeldGrant;
import dev.switchback.access.Right;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who can do what, in every place, and why.
 *
 * @param sections one for each place
 */
public record AccessTable(List<Section> sections) {

    /** Who can do what in one place. */
    public record Section(Place place, List<Line> lines) {}

    /** Who can do this there. @param title what, beginning a sentence */
    public record Line(String title, List<Who> people) {}

    /**
     * Somebody who can.
     *
     * @param limit the services it is limited to, spoken; empty when it is not
     * @param why each grant that carries it, and through whom
     */
    public record Who(String name, String title, String limit, List<String> why) {}

    static AccessTable of(List<Place> places, List<HeldGrant> held) {
        Map<String, List<HeldGrant>> byPerson = held.stream()
                .collect(Collectors.groupingBy(HeldGrant::person, LinkedHashMap::new, Collectors.toList()));
        return new AccessTable(places.stream()
                .map(place -> new Section(
                        place,
                        place.rights().stream()
                                .map(right -> new Line(Place.title(right), who(place, right, byPerson)))
                                .toList()))
                .toList());
    }

    private static List<Who> who(Place place, Right right, Map<String, List<HeldGrant>> byPerson) {
        var found = new ArrayList<Who>();
        byPerson.forEach((name, grants) -> {
            Reach reach = Reach.of(grants.stream().map(HeldGrant::grant).toList(), right, place.key());
            if (!reach.isNothing()) {
                List<String> why = grants.stream()
                        .filter(each -> !Reach.of(List.of(each.grant()), right, place.key())
                                .isNothing())
                        .map(HeldGrant::words)
                        .distinct()
                        .toList();
                found.add(new Who(name, grants.get(0).title(), reach.all() ? "" : reach.words(""), why));
            }
        });
        return found;
    }
}
