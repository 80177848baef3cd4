package dev.switchback.run;

import dev.switchback.platform.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every statement of the list of runs. Each set of filters on state, environment and service walks an index of its own,
 * the newest first, and stops when the page is full: none looks at more rows because there are more of them. The runs
 * of one migration are few, and are checked one by one.
 */
final class RunStatements {

    /** Counted exactly up to here. */
    static final int COUNT = 1000;

    private RunStatements() {}

    /** The numbers of a page of runs, newest first. */
    static Statement page(RunQuery query, long before, int limit) {
        var parameters = parameters(query);
        parameters.put("before", before);
        return new Statement(
                "SELECT r.id FROM run r WHERE r.id < :before" + filter(query) + " ORDER BY r.id DESC LIMIT " + limit,
                parameters);
    }

    /** What the list shows of each run of a page, newest first. */
    static Statement rows(RunQuery query, long before, int limit) {
        Statement page = page(query, before, limit);
        return new Statement(
                "SELECT r.id, r.state, r.last_event_no, r.purpose,"
                        + " (SELECT m.key FROM migration m WHERE m.id = r.migration_id),"
                        + " (SELECT m.title FROM migration m WHERE m.id = r.migration_id),"
                        + " (SELECT v.number FROM migration_revision v WHERE v.id = r.revision_id),"
                        + " (SELECT e.name FROM environment e WHERE e.id = r.environment_id),"
                        + " (SELECT e.tier FROM environment e WHERE e.id = r.environment_id),"
                        + " r.started_at, r.ended_at, r.requested_by FROM (" + page.sql()
                        + ") f CROSS JOIN LATERAL (SELECT x.* FROM run x WHERE x.id = f.id OFFSET 0) r"
                        + " ORDER BY r.id DESC",
                page.parameters());
    }

    /** How many there are in each state, whatever state the query asks for, up to one more than {@link #COUNT}. */
    static Statement counts(RunQuery query) {
        RunQuery any = query.inAnyState();
        return new Statement(
                Stream.of(RunState.values())
                        .map(state -> "SELECT '" + state.word() + "', (SELECT count(*) FROM (SELECT r.id FROM run r"
                                + " WHERE r.state = '" + state.word() + "'" + filter(any)
                                + " ORDER BY r.id DESC LIMIT " + (COUNT + 1) + ") r)")
                        .collect(Collectors.joining(" UNION ALL ")),
                parameters(query));
    }

    private static String filter(RunQuery query) {
        return query.state()
                        .map(state -> " AND r.state = '" + state.word() + "'")
                        .orElse("")
                + query.environment()
                        .map(key ->
                                " AND r.environment_id = (SELECT e.id FROM environment e WHERE e.key = :environment)")
                        .orElse("")
                + query.service().map(name -> " AND r.service = :service").orElse("")
                + query.migration()
                        .map(key -> " AND r.migration_id = (SELECT m.id FROM migration m WHERE m.key = :migration)")
                        .orElse("")
                + query.seen().andRow("r");
    }

    private static Map<String, Object> parameters(RunQuery query) {
        var parameters = new HashMap<>(query.seen().parameters());
        query.environment().ifPresent(key -> parameters.put("environment", key));
        query.service().ifPresent(name -> parameters.put("service", name));
        query.migration().ifPresent(key -> parameters.put("migration", key));
        return parameters;
    }
}
