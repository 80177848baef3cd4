package dev.switchback.run;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.migration.Migration;
import dev.switchback.platform.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads how long the steps of a migration took before, in the runs that the one who asks may see: how long something took
 * tells of where it was done. Needs a transaction or a request.
 */
@ApplicationScoped
public class PastTimes {

    private static final int LATEST = 5;
    private static final int RUNS = 20;

    /** The newest first; each run is fetched straight, and each step by its run. */
    private static final String STATEMENT = """
        SELECT r.migration_id, s.step_id, s.leg, s.started_at, s.ended_at
        FROM unnest(CAST(:migrations AS bigint[])) AS m(id)
        CROSS JOIN LATERAL (
            SELECT x.id, x.migration_id FROM run x WHERE x.migration_id = m.id AND x.id < :before%s ORDER BY x.id DESC LIMIT %d) r
        CROSS JOIN LATERAL (
            SELECT x.* FROM run_step x
            WHERE x.run_id = r.id AND x.started_at IS NOT NULL AND x.ended_at IS NOT NULL
                AND x.state IN ('succeeded', 'rolled-back')
            ORDER BY x.leg_no, x.position OFFSET 0) s
        ORDER BY r.id DESC, s.leg_no DESC, s.position DESC
        """;

    @Inject
    EntityManager entities;

    @Inject
    Sight sight;

    /** The usual times of this migration's steps, from its latest runs in every environment that may be seen. */
    public StepTimes of(Migration migration) {
        return ofEach(List.of(migration)).get(migration.id());
    }

    /** The same as it was known before this run: what it took itself was no plan. */
    public StepTimes before(Run run) {
        return times(rows(List.of(run.migration().id()), run.id()));
    }

    /** The same of several at once, by the id of the migration. */
    public Map<Long, StepTimes> ofEach(Collection<Migration> migrations) {
        Map<Long, List<Object[]>> rows =
                rows(migrations.stream().map(Migration::id).distinct().toList(), Long.MAX_VALUE).stream()
                        .collect(Collectors.groupingBy(row -> (Long) row[0]));
        return migrations.stream()
                .map(Migration::id)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), id -> times(rows.getOrDefault(id, List.of()))));
    }

    private static StepTimes times(List<Object[]> rows) {
        var there = new HashMap<String, List<Duration>>();
        var back = new HashMap<String, List<Duration>>();
        for (Object[] row : rows) {
            var times = (Leg.of((String) row[2]) == Leg.BACK ? back : there)
                    .computeIfAbsent((String) row[1], id -> new ArrayList<>());
            if (times.size() < LATEST) {
                times.add(Duration.between((Instant) row[3], (Instant) row[4]));
            }
        }
        return new StepTimes(medians(there), medians(back));
    }

    /** From how many of its latest runs anything is known. */
    public long runs(Migration migration) {
        return entities.createQuery(
                        "select count(distinct s.run.id) from RunStep s where s.run.id in :runs"
                                + " and s.startedAt is not null and s.endedAt is not null"
                                + " and s.state in ('succeeded', 'rolled-back') and s.leg <> 'back'",
                        Long.class)
                .setParameter("runs", latest(migration))
                .getSingleResult();
    }

    /** Its latest runs: what a step took long ago is not usual, and nobody reads every step that there ever was. */
    private List<Long> latest(Migration migration) {
        Seen seen = sight.seen();
        var query = entities.createQuery(
                        "select r.id from Run r where r.migration = :migration"
                                + seen.and("r.service", "r.environment.key") + " order by r.id desc",
                        Long.class)
                .setParameter("migration", migration)
                .setMaxResults(RUNS);
        seen.parameters().forEach(query::setParameter);
        return query.getResultList();
    }

    @SuppressWarnings("unchecked")
    private List<Object[]> rows(List<Long> migrations, long before) {
        return statement(LatestRuns.list(migrations), before, sight.seen())
                .in(entities, Object[].class)
                .getResultList();
    }

    static Statement statement(Object migrations, long before, Seen seen) {
        var parameters = new HashMap<>(seen.parameters());
        parameters.put("migrations", migrations);
        parameters.put("before", before);
        return new Statement(STATEMENT.formatted(seen.andRow("x"), RUNS), parameters);
    }

    private static Map<String, Duration> medians(Map<String, List<Duration>> times) {
        var medians = new HashMap<String, Duration>();
        times.forEach(
                (id, all) -> medians.put(id, all.stream().sorted().toList().get(all.size() / 2)));
        return medians;
    }
}
