package dev.switchback.run;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.migration.RunsOfMigration.LatestRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The latest run of each of several migrations, in one statement that goes straight to each of them: it reads neither
 * the other runs nor what a run carries with it.
 */
@ApplicationScoped
class LatestRuns {

    /** Behind the ids in braces, as PostgreSQL writes a list. */
    private static final String STATEMENT = """
        SELECT r.migration_id, r.id, r.purpose, r.state, r.created_at, r.started_at, r.ended_at,
            (SELECT e.key FROM environment e WHERE e.id = r.environment_id),
            (SELECT v.number FROM migration_revision v WHERE v.id = r.revision_id),
            s.position, s.title,
            (SELECT count(*) FROM run_step c WHERE s.position IS NOT NULL AND c.run_id = r.id AND c.leg_no = r.leg_no)
        FROM unnest(CAST(:migrations AS bigint[])) AS m(id)
        CROSS JOIN LATERAL (
            SELECT x.* FROM run x WHERE x.migration_id = m.id%s ORDER BY x.id DESC LIMIT 1) r
        LEFT JOIN LATERAL (
            SELECT x.position, x.title FROM run_step x
            WHERE r.state <> 'succeeded' AND x.run_id = r.id AND x.leg_no = r.leg_no
                AND x.state IN ('running', 'waiting', 'failed', 'unknown')
            ORDER BY x.position LIMIT 1) s ON true
        """;

    @Inject
    EntityManager entities;

    @Inject
    Sight sight;

    @Inject
    InstantSource clock;

    /** By the id of the migration; those that never ran are left out. */
    @SuppressWarnings("unchecked")
    Map<Long, LatestRun> of(List<Long> migrations) {
        Seen seen = sight.seen();
        var query = entities.createNativeQuery(statement(seen), Object[].class)
                .setParameter("migrations", list(migrations));
        seen.parameters().forEach(query::setParameter);
        List<Object[]> rows = query.getResultList();
        return rows.stream().collect(Collectors.toMap(row -> (Long) row[0], this::latest));
    }

    static String statement(Seen seen) {
        return STATEMENT.formatted(seen.andRow("x"));
    }

    static String list(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private LatestRun latest(Object[] row) {
        Instant started = (Instant) row[5];
        Instant ended = (Instant) row[6];
        RunState state = RunState.of((String) row[3]);
        return new LatestRun(
                (Long) row[1],
                (String) row[2],
                state.word(),
                (String) row[7],
                ((Number) row[8]).intValue(),
                started == null ? (Instant) row[4] : started,
                started == null ? null : Duration.between(started, ended == null ? clock.instant() : ended),
                row[9] == null ? "" : "step " + row[9] + " of " + row[11] + ", " + row[10],
                RunsForPages.canRollBack(Purpose.of((String) row[2]).orElseThrow(), state, started));
    }
}
