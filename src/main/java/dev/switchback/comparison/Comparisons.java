package dev.switchback.comparison;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.measurement.Measurement;
import dev.switchback.migration.Migration;
import dev.switchback.platform.Statement;
import dev.switchback.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What judges said. */
@ApplicationScoped
public class Comparisons implements PanacheRepository<KeptComparison> {

    @Inject
    Sight sight;

    /** The comparison with this number, or a 404 that says so; the same when the one who asks must not see it. */
    public KeptComparison require(long id) {
        return findByIdOptional(id)
                .filter(this::isSeen)
                .orElseThrow(() -> Problem.notFound("There is no comparison " + id, "the number of a comparison")
                        .toException());
    }

    private boolean isSeen(KeptComparison kept) {
        return sight.seesEverything()
                || kept.sides().stream().map(Measurement::where).allMatch(sight::sees);
    }

    /** All of a run, newest first. */
    public List<KeptComparison> ofRun(long runId) {
        return rows(byRun(runId));
    }

    /** All of these runs, newest first. */
    public List<KeptComparison> ofRuns(Collection<Long> runs) {
        return runs.isEmpty()
                ? List.of()
                : find("runId in ?1 order by id desc", runs).list();
    }

    static Statement byRun(long runId) {
        return new Statement(
                "SELECT c.* FROM comparison c WHERE c.run_id = :run ORDER BY c.id DESC LIMIT 20", Map.of("run", runId));
    }

    /** The newest of a migration in each environment, the newest first. */
    public List<KeptComparison> latestOf(Migration migration) {
        return rows(newestInEach(migration.id(), sight.seen()));
    }

    static Statement newestInEach(long migration, Seen seen) {
        var parameters = new HashMap<>(seen.parameters());
        parameters.put("migration", migration);
        return new Statement(
                "SELECT c.* FROM comparison c WHERE c.id IN (SELECT max(c.id) FROM comparison c"
                        + " WHERE c.migration_id = :migration" + and(seen) + " GROUP BY c.environment_id)"
                        + " ORDER BY c.id DESC LIMIT 50",
                parameters);
    }

    /** Both sides must be seen: the migration may have moved to another service before, after or in between. */
    private static String and(Seen seen) {
        return and(seen, "before_id") + and(seen, "after_id");
    }

    private static String and(Seen seen, String side) {
        return seen.and(
                "(SELECT m.service FROM measurement m WHERE m.id = c." + side + ")",
                "(SELECT e.key FROM environment e WHERE e.id = c.environment_id)");
    }

    /**
     * A page of a migration's comparisons, newest first.
     *
     * @param before the number of the last one shown, {@link Long#MAX_VALUE} for the first page
     */
    List<KeptComparison> page(Migration migration, Optional<Long> environment, long before, int limit) {
        return rows(list(migration.id(), environment, before, limit, sight.seen()));
    }

    static Statement list(long migration, Optional<Long> environment, long before, int limit, Seen seen) {
        var parameters = new HashMap<>(seen.parameters());
        parameters.put("migration", migration);
        parameters.put("before", before);
        environment.ifPresent(id -> parameters.put("environment", id));
        return new Statement(
                "SELECT c.* FROM comparison c WHERE c.migration_id = :migration AND c.id < :before"
                        + (environment.isPresent() ? " AND c.environment_id = :environment" : "")
                        + and(seen)
                        + " ORDER BY c.id DESC LIMIT " + limit,
                parameters);
    }

    /** What this judge said of exactly this input, if he was asked before. */
    Optional<KeptComparison> said(JudgeInput input) {
        return find("inputHash = ?1 and method = ?2", input.hash(), input.method())
                .firstResultOptional();
    }

    @SuppressWarnings("unchecked")
    private List<KeptComparison> rows(Statement statement) {
        return statement.in(getEntityManager(), KeptComparison.class).getResultList();
    }
}
