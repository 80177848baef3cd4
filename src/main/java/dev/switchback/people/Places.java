package dev.switchback.people;

import dev.switchback.access.Grant;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where something may be done. */
@ApplicationScoped
class Places {

    @Inject
    Environments environments;

    /** Everywhere else first, then the registered environments, then those that only these grants name. */
    List<Place> with(Collection<Grant> held) {
        var all = new ArrayList<Place>();
        all.add(Place.NOWHERE);
        for (Environment each : environments.byTier()) {
            all.add(new Place(each.key(), each.tier().word()));
        }
        Set<String> known =
                all.stream().map(Place::key).filter(Objects::nonNull).collect(Collectors.toSet());
        held.stream()
                .map(Grant::environment)
                .filter(key -> key != null && !known.contains(key))
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(key -> all.add(new Place(key, "")));
        return all;
    }
}
