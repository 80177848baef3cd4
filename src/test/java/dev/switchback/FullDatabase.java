package dev.switchback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.platform.Json;
import dev.switchback.platform.LocalPostgres;
import dev.switchback.platform.Statement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL of its own with 20,000 migrations and 40,000 runs, in which the plans of statements are looked at. What
 * is common, rare or apart is written beside it.
 */
public final class FullDatabase implements AutoCloseable {

    private static final Set<String> LARGE = Set.of(
            "migration",
            "migration_revision",
            "migration_search",
            "migration_ran_in",
            "run",
            "run_step",
            "run_probe",
            "run_probe_piece",
            "run_probe_failure");

    /** 40 services, 25 owners; done is common, draft is not; every tenth is archived, every fiftieth needs a review. */
    private static final String MIGRATIONS = """
        INSERT INTO migration (key, title, service, owner, state, revision, needs_review, created_at, created_by,
            changed_at, changed_by, archived_at)
        SELECT 'mig-' || i, 'Move thing ' || i, 'svc-' || (i % 40), 'team-' || (i % 25),
            (ARRAY['draft', 'ready', 'rehearsed', 'live', 'rolled-back', 'done', 'done', 'done', 'abandoned'])
                [1 + (i * 7) % 9],
            1, i % 50 = 0, now(), 'a', now() - i * interval '1 minute', 'a', CASE WHEN i % 10 = 3 THEN now() END
        FROM generate_series(1, 20000) i
        """;

    private static final String REVISIONS = """
        INSERT INTO migration_revision (migration_id, number, content, content_hash, source, created_at, created_by)
        SELECT id, 1, '{}', 'x', 'x', now(), 'a' FROM migration
        """;

    /**
     * common: in all; even, odd: in half each; tenth, hundredth; rare123: in one, and
     * its part, as SearchWords cuts it. The planner knows how common the
     * beginning of a word is when it knows a hundred words, which any true runbook has: hence the filling.
     */
    private static final String WORDS = """
        INSERT INTO migration_search
        SELECT i, 1, array_to_tsvector(
                (SELECT array_agg(DISTINCT 'filling' || (i * f) % 150) FROM generate_series(1, 8) f) || ARRAY['common', CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END,
                'rare' || i, 'rare',
                CASE WHEN i % 10 = 0 THEN 'tenth' ELSE 'not-tenth' END,
                CASE WHEN i % 100 = 0 THEN 'hundredth' ELSE 'not-hundredth' END]), 'step a' || E'\\t' || 'rare' || i
        FROM generate_series(1, 20000) i
        """;

    /** env-1 is where nearly everything ran; in env-4 a hundredth did, in env-5 nothing. */
    private static final String ENVIRONMENTS = """
        INSERT INTO environment (key, name, tier, content, content_hash, source, revision, created_at, created_by,
            changed_at, changed_by)
        SELECT 'env-' || i, 'Env', 'staging', '{}', 'x', 'x', 1, now(), 'a', now(), 'a' FROM generate_series(1, 5) i
        """;

    private static final String RUNS = """
        INSERT INTO run (migration_id, revision_id, environment_id, environment_content, service, purpose, finish,
            measure, state, direction, leg_no, requested_by, created_at, started_at, ended_at)
        SELECT m.id, m.id, CASE WHEN i % 100 = 0 THEN 4 WHEN i % 5 = 0 THEN 2 ELSE 1 END, '{}', m.service, 'live',
            'applied', 'none', (ARRAY['succeeded', 'succeeded', 'succeeded', 'failed', 'rolled-back'])[1 + i % 5],
            'forward', 1, 'a', now(), now(), now()
        FROM generate_series(1, 40000) i JOIN migration m ON m.id = 1 + (i * 7919) % 19000
        """;

    private static final String STEPS = """
        INSERT INTO run_step (run_id, leg_no, leg, position, step_id, title, phase, kind, state)
        SELECT r.id, 1, 'forward', p, 's' || p, 'S', 'change', 'shell',
            CASE WHEN r.state = 'failed' AND p = 3 THEN 'failed' ELSE 'succeeded' END
        FROM run r, generate_series(1, 3) p
        """;

    private final Path data;
    private final LocalPostgres postgres;
    private final Connection connection;

    private FullDatabase(Path data, LocalPostgres postgres, Connection connection) {
        this.data = data;
        this.postgres = postgres;
        this.connection = connection;
    }

    /** Starts and fills it. */
    public static FullDatabase start() throws Exception {
        Path data = Files.createTempDirectory("switchback-full");
        var postgres = LocalPostgres.start(data);
        postgres.createDatabaseIfMissing("switchback");
        Flyway.configure()
                .dataSource(postgres.jdbcUrl("switchback"), postgres.user(), postgres.password())
                .load()
                .migrate();
        Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl("switchback"), postgres.user(), postgres.password());
        try (var statement = connection.createStatement()) {
            for (String sql : List.of(MIGRATIONS, REVISIONS, WORDS, ENVIRONMENTS, RUNS, STEPS, "VACUUM ANALYZE")) {
                statement.execute(sql);
            }
        }
        return new FullDatabase(data, postgres, connection);
    }

    /** Fills in more, for one test class. */
    public void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Carries a statement out and answers what it took, table by table. */
    public Plan planOf(Statement statement) throws SQLException {
        return new Plan(
                statement.sql(),
                Json.object("{\"plans\":" + first("EXPLAIN (ANALYZE, FORMAT JSON) ", statement, "") + "}")
                        .path("plans")
                        .path(0)
                        .path("Plan"));
    }

    /** Every number that a statement answers, a row each. */
    public List<Long> numbers(Statement statement) throws SQLException {
        String all = first("SELECT string_agg(x::text, ',') FROM (", statement, ") AS found(x)");
        return all == null
                ? List.of()
                : Stream.of(all.split(",")).map(Long::valueOf).toList();
    }

    /** The first value that a statement answers. */
    public String first(Statement statement) throws SQLException {
        return first("", statement, "");
    }

    private String first(String before, Statement statement, String after) throws SQLException {
        Pattern parameter =
                Pattern.compile(":(" + String.join("|", statement.parameters().keySet()) + ")\\b");
        List<String> names = statement.parameters().isEmpty()
                ? List.of()
                : parameter
                        .matcher(statement.sql())
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        String sql = names.isEmpty()
                ? statement.sql()
                : parameter.matcher(statement.sql()).replaceAll((MatchResult m) -> "?");
        try (PreparedStatement prepared = connection.prepareStatement(before + sql + after)) {
            for (int i = 0; i < names.size(); i++) {
                Object value = statement.parameters().get(names.get(i));
                prepared.setObject(i + 1, value instanceof Instant at ? Timestamp.from(at) : value);
            }
            ResultSet rows = prepared.executeQuery();
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        postgres.stop();
        Leftovers.remove(data);
    }

    /** What a statement did. */
    public record Plan(String sql, JsonNode root) {

        /** Every place where rows are taken from tables or indexes. */
        private List<JsonNode> scans() {
            var scans = new ArrayList<JsonNode>();
            collect(root, scans);
            return scans;
        }

        private static void collect(JsonNode node, List<JsonNode> scans) {
            if (node.path("Node Type").asText().contains("Scan")
                    && !node.path("Node Type").asText().startsWith("CTE")
                    && !node.path("Node Type").asText().startsWith("Subquery")) {
                scans.add(node);
            }
            node.path("Plans").forEach(below -> collect(below, scans));
        }

        /** Rows taken from tables and indexes: those that were used and those that were thrown away. */
        public long rowsVisited() {
            return scans().stream()
                    .mapToLong(scan -> Math.round((scan.path("Actual Rows").asDouble()
                                    + scan.path("Rows Removed by Filter").asDouble()
                                    + scan.path("Rows Removed by Index Recheck").asDouble())
                            * scan.path("Actual Loops").asDouble()))
                    .sum();
        }

        /** No table that grows is read from one end to the other, and no more than so many rows are looked at. */
        public void looksAtNoMoreThan(long rows) {
            assertThat(scans())
                    .as("whole tables read by %s%n%s", sql, root.toPrettyString())
                    .noneMatch(scan -> scan.path("Node Type").asText().equals("Seq Scan")
                            && LARGE.contains(scan.path("Relation Name").asText()));
            assertThat(rowsVisited())
                    .as("rows visited by %s%n%s", sql, root.toPrettyString())
                    .isLessThanOrEqualTo(rows);
        }
    }
}
