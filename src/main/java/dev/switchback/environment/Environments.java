package dev.switchback.environment;

import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The registered places. */
@ApplicationScoped
public class Environments implements PanacheRepository<Environment> {

    public Optional<Environment> withKey(String key) {
        return find("key", key).firstResultOptional();
    }

    /** The environment with this key, or a 404 that says so. */
    public Environment require(String key) {
        return withKey(key)
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
        return find("key > ?1 order by key", key).page(0, limit).list();
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
        return find("order by case tier when 'development' then 0 when 'staging' then 1 else 2 end, key")
                .list();
    }
}
