package dev.switchback.schedule;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.platform.Statement;
import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** What was announced from outside. */
@ApplicationScoped
public class Deploys implements PanacheRepository<Deploy> {

    private static final String WITH_PLACE = "from Deploy d join fetch d.environment ";

    /** Nobody reads more in a calendar. */
    static final int PLENTY = 200;

    @Inject
    Sight sight;

    /** The deploy with this number, or a 404 that says so; the same when the one who asks must not see it. */
    public Deploy require(long id) {
        return find(WITH_PLACE + "where d.id = ?1", id)
                .firstResultOptional()
                .filter(deploy -> sight.sees(deploy.where()))
                .orElseThrow(() -> Problem.notFound("There is no deploy " + id, "the number of an announced deploy")
                        .toException());
    }

    /**
     * Where a page of deploys ends: the latest come first.
     *
     * @param at when it is done
     * @param id its number
     */
    public record Position(Instant at, long id) {

        /** Before everything. */
        static final Position FIRST = new Position(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);

        /** As it stands in a link. */
        static String of(Deploy deploy) {
            return deploy.at() + " " + deploy.id();
        }

        /** The position that a link names. */
        static Position read(String written) {
            String[] parts = written.split(" ", 2);
            return new Position(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        }
    }

    /** A page of the deploys of a service, the latest first. */
    @SuppressWarnings("unchecked")
    public List<Deploy> page(String service, Optional<String> environment, Position after, int limit) {
        List<Long> ids = list(service, environment, after, limit, sight.seen())
                .in(getEntityManager())
                .getResultList();
        return ids.isEmpty()
                ? List.of()
                : find(WITH_PLACE + "where d.id in ?1 order by d.at desc, d.id desc", ids)
                        .list();
    }

    static Statement list(String service, Optional<String> environment, Position after, int limit, Seen seen) {
        var parameters = new HashMap<>(seen.parameters());
        parameters.put("service", service);
        parameters.put("at", after.at());
        parameters.put("id", after.id());
        environment.ifPresent(key -> parameters.put("environment", key));
        return new Statement(
                "SELECT d.id FROM deploy d WHERE d.service = :service AND (d.at, d.id) < (:at, :id)"
                        + environment
                                .map(key -> " AND d.environment_id ="
                                        + " (SELECT e.id FROM environment e WHERE e.key = :environment)")
                                .orElse("")
                        + seen.andRow("d") + " ORDER BY d.at DESC, d.id DESC LIMIT " + limit,
                parameters);
    }

    /**
     * What is done between two moments, the end left out.
     *
     * @param all in order, at most 200
     * @param isCut whether there is more than that
     */
    record Between(List<Deploy> all, boolean isCut) {

        static Between of(List<Deploy> found) {
            return new Between(found.stream().limit(PLENTY).toList(), found.size() > PLENTY);
        }
    }

    /**
     * What may be seen of that which is done between two moments.
     *
     * @param environment the key of the only one; empty for all
     * @param service the only one; empty for all
     */
    Between between(Instant from, Instant to, Optional<String> environment, Optional<String> service) {
        Seen seen = sight.seen();
        var query = getEntityManager()
                .createQuery(
                        WITH_PLACE + "where d.at >= :from and d.at < :to"
                                + service.map(any -> " and d.service = :service")
                                        .orElse("")
                                + environment
                                        .map(any -> " and d.environment.key = :environment")
                                        .orElse("")
                                + seen.and("d.service", "d.environment.key")
                                + " order by d.at, d.id",
                        Deploy.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .setMaxResults(PLENTY + 1);
        service.ifPresent(only -> query.setParameter("service", only));
        environment.ifPresent(only -> query.setParameter("environment", only));
        seen.parameters().forEach(query::setParameter);
        return Between.of(query.getResultList());
    }
}
