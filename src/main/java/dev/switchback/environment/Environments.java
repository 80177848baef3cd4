package dev.switchback.environment;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The registered places. */
@ApplicationScoped
public class Environments implements PanacheRepository<Environment> {

    @Inject
    Sight sight;

    /** The environment with this key, whoever asks: whether a key is free is no secret. */
    public Optional<Environment> withKey(String key) {
        return find("key", key).firstResultOptional();
    }

    /** The environment with this key, unless the one who asks must not see it. */
    public Optional<Environment> seen(String key) {
        return withKey(key).filter(environment -> sight.sees(environment.where()));
    }

    /** The environment with this key, or a 404 that says so; the same when the one who asks must not see it. */
    public Environment require(String key) {
        return seen(key)
                .orElseThrow(() -> Problem.notFound(
                                "There is no environment \"" + key + "\"", "the key of a registered environment")
                        .toException());
    }

    /** What it said at this revision; empty when an older version of Switchback did not keep it. */
    public Optional<EnvironmentRevision> revision(Environment environment, int number) {
        return getEntityManager()
                .createQuery(
                        "from EnvironmentRevision where environment = :environment and number = :number",
                        EnvironmentRevision.class)
                .setParameter("environment", environment)
                .setParameter("number", number)
                .getResultStream()
                .findFirst();
    }

    /** A page of environments, production first, after this key. */
    public List<Environment> after(String key, int limit) {
        Seen seen = sight.seen();
        return find(
                        "from Environment e where e.key > :key" + andSeen(seen) + " order by e.key",
                        parameters(seen).and("key", key))
                .page(0, limit)
                .list();
    }

    /** Deletes an environment in which nothing ever ran or was measured; else it is part of the history. */
    public void deleteUnlessUsed(Environment environment) {
        Object used = getEntityManager()
                .createNativeQuery("SELECT EXISTS (SELECT 1 FROM run WHERE environment_id = ?1)"
                        + " OR EXISTS (SELECT 1 FROM measurement WHERE environment_id = ?1)")
                .setParameter(1, environment.id())
                .getSingleResult();
        if (Boolean.TRUE.equals(used)) {
            throw Problem.conflict(
                            environment.key()
                                    + " has seen runs, or was measured, and is part of the history; it cannot be"
                                    + " deleted",
                            "an environment in which nothing ever ran or was measured")
                    .toException();
        }
        delete(environment);
    }

    /** All of them for choosing one: production last, where a hasty click does least. */
    public List<Environment> byTier() {
        Seen seen = sight.seen();
        return find(
                        "from Environment e where 1 = 1" + andSeen(seen)
                                + " order by case e.tier when 'development' then 0 when 'staging' then 1 else 2 end,"
                                + " e.key",
                        parameters(seen))
                .list();
    }

    /** An environment belongs to no service: who may see anything of one there may see it. */
    private static String andSeen(Seen seen) {
        return seen.ofEnvironments().and("''", "e.key");
    }

    private static Parameters parameters(Seen seen) {
        var parameters = new Parameters();
        seen.ofEnvironments().parameters().forEach(parameters::and);
        return parameters;
    }
}
