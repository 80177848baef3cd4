package dev.switchback.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody may see of that which has a service and an environment, as a condition of a statement. Immutable.
 *
 * @param grants the limits of all grants; one without limits lets everything be seen
 * @param environments the keys of the only environments; empty for all
 */
public record Seen(List<Grant> grants, Set<String> environments) {

    /** Everything. */
    public static final Seen ALL = new Seen(List.of(Grant.everywhere(Role.VIEWER)), Set.of());

    static Seen of(Caller caller) {
        return new Seen(
                caller.grants().all().stream()
                        .map(grant -> new Grant(Role.VIEWER, grant.service(), grant.environment()))
                        .distinct()
                        .toList(),
                caller.limits().environments());
    }

    /** The same for environments themselves, which belong to no service. */
    public Seen ofEnvironments() {
        return new Seen(
                grants.stream()
                        .map(grant -> new Grant(Role.VIEWER, null, grant.environment()))
                        .distinct()
                        .toList(),
                environments);
    }

    /** Whether nothing is hidden. */
    public boolean isAll() {
        return environments.isEmpty() && isUnlimited();
    }

    private boolean isUnlimited() {
        return grants.stream().anyMatch(grant -> grant.service() == null && grant.environment() == null);
    }

    /**
     * The condition, with {@code AND} before it; nothing when nothing is hidden. Its {@link #parameters} are named.
     *
     * @param service what the service is in this statement
     * @param environment what the key of the environment is in this statement
     */
    public String and(String service, String environment) {
        String limits = isUnlimited() ? "" : " AND " + any(service, environment);
        return limits + (environments.isEmpty() ? "" : " AND " + environment + " IN (:seenOnly)");
    }

    /** The condition on rows of {@code run} and of others with these columns, by their alias. */
    public String andRow(String alias) {
        return and(
                alias + ".service",
                "(SELECT seen.key FROM environment seen WHERE seen.id = " + alias + ".environment_id)");
    }

    private String any(String service, String environment) {
        var any = new ArrayList<String>();
        for (int i = 0; i < grants.size(); i++) {
            Grant grant = grants.get(i);
            any.add(Stream.of(
                            grant.service() == null ? null : service + " = :seenService" + i,
                            grant.environment() == null ? null : environment + " = :seenEnvironment" + i)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" AND ", "(", ")")));
        }
        return any.isEmpty() ? "1 = 0" : "(" + String.join(" OR ", any) + ")";
    }

    /** What stands for the names in the condition. */
    public Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        for (int i = 0; i < grants.size() && !isUnlimited(); i++) {
            Grant grant = grants.get(i);
            if (grant.service() != null) {
                parameters.put("seenService" + i, grant.service());
            }
            if (grant.environment() != null) {
                parameters.put("seenEnvironment" + i, grant.environment());
            }
        }
        if (!environments.isEmpty()) {
            parameters.put("seenOnly", environments);
        }
        return parameters;
    }

    /** The only services of which anything may be seen; empty when that is no limit. */
    public Optional<Set<String>> services() {
        return services(grants);
    }

    /** The only services of which anything in this environment may be seen; empty when that is no limit. */
    public Optional<Set<String>> servicesIn(String environment) {
        if (!environments.isEmpty() && !environments.contains(environment)) {
            return Optional.of(Set.of());
        }
        return services(grants.stream()
                .filter(grant ->
                        grant.environment() == null || grant.environment().equals(environment))
                .toList());
    }

    private static Optional<Set<String>> services(List<Grant> grants) {
        return grants.stream().anyMatch(grant -> grant.service() == null)
                ? Optional.empty()
                : Optional.of(grants.stream().map(Grant::service).collect(Collectors.toCollection(TreeSet::new)));
    }
}
