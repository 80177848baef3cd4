package dev.switchback.access;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that somebody was granted, themself or through a team. Immutable.
 *
 * @param all the grants; without any, nothing is allowed
 */
public record Grants(Set<Grant> all) {

    /** Nothing. */
    public static final Grants NONE = new Grants(Set.of());

    /** Every role everywhere: the first person, and the parts of Switchback that act under a name of their own. */
    public static final Grants EVERYTHING =
            new Grants(Arrays.stream(Role.values()).map(Grant::everywhere).collect(Collectors.toUnmodifiableSet()));

    /** The column that holds them all for a person {@code p}: one line each, parts parted by tabs. */
    static final String COLUMN = "(SELECT string_agg(g.role || E'\\t' || coalesce(g.service, '') || E'\\t'"
            + " || coalesce(g.environment, ''), E'\\n') FROM person_grant g WHERE g.person_id = p.id)";

    /** Copies what it is given. */
    public Grants {
        all = Set.copyOf(all);
    }

    /** Whether one of them carries this right there. */
    public boolean may(Right right, Where where) {
        return all.stream().anyMatch(grant -> right.isCarriedBy(grant, where));
    }

    /** Whether one of them carries this right for anything at all. */
    public boolean maySomewhere(Right right) {
        return all.stream().anyMatch(right::isCarriedSomewhereBy);
    }

    /** Reads {@link #COLUMN}; a role that this version does not know grants nothing. */
    static Grants read(String column) {
        if (column == null || column.isEmpty()) {
            return NONE;
        }
        return new Grants(column.lines()
                .map(line -> line.split("\t", -1))
                .flatMap(parts ->
                        Role.find(parts[0]).map(role -> new Grant(role, named(parts[1]), named(parts[2]))).stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String named(String part) {
        return part.isEmpty() ? null : part;
    }
}
