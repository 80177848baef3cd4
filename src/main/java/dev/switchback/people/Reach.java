package dev.switchback.people;

import dev.switchback.access.Grant;
import dev.switchback.access.Grants;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * For which services somebody may do something in one place. Asks the same question as every verb does, so that this page
 * and the verbs cannot differ.
 *
 * @param all whether for every service
 * @param services for which, when not for every one
 */
record Reach(boolean all, SortedSet<String> services) {

    /** No service is called so. */
    private static final String ANY_OTHER = "\n";

    /** @param environment the key of the place, or null for what belongs to no environment */
    static Reach of(Collection<Grant> held, Right right, String environment) {
        var grants = new Grants(Set.copyOf(held));
        if (right == Right.CONFIGURE || right == Right.ADMINISTER) {
            return new Reach(grants.may(right, Where.environment(environment)), new TreeSet<>());
        }
        if (grants.may(right, Where.of(ANY_OTHER, environment))) {
            return new Reach(true, new TreeSet<>());
        }
        return new Reach(
                false,
                held.stream()
                        .map(Grant::service)
                        .filter(Objects::nonNull)
                        .filter(service -> grants.may(right, Where.of(service, environment)))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether not at all. */
    boolean isNothing() {
        return !all && services.isEmpty();
    }

    /** {@code everything}, or {@code shop and stock only}. */
    String words(String everything) {
        return all ? everything : String.join(", ", services) + " only";
    }
}
