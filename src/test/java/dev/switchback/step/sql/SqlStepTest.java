package dev.switchback.step.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.step.Attempt;
import dev.switchback.step.Cancellation.Reason;
import dev.switchback.step.Json;
import dev.switchback.step.Outcome;
import dev.switchback.step.Outcome.Result;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutorContract;
import dev.switchback.step.TargetChecks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlStepTest extends StepExecutorContract {

    private static final StepExecutor EXECUTOR = new SqlStepExecutor();
    private static EmbeddedPostgres postgres;

    private Connection admin;
    private Attempt attempt;

    private static synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            try {
                postgres = EmbeddedPostgres.builder().start();
            } catch (IOException notStarted) {
                throw new java.io.UncheckedIOException(notStarted);
            }
        }
        return postgres;
    }

    @BeforeEach
    void prepareTable() throws SQLException {
        admin = postgres().getPostgresDatabase().getConnection();
        execute("DROP TABLE IF EXISTS t");
        execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
        execute("INSERT INTO t SELECT i, 'name ' || i FROM generate_series(1, 50) i");
    }

    @AfterEach
    void leaves_no_session_behind() throws SQLException {
        await().until(() -> ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'switchback'")
                .equals("0"));
        admin.close();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (var statement = admin.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    protected StepExecutor executor() {
        return EXECUTOR;
    }

    @Override
    protected Attempt attempt() {
        attempt = new Attempt()
                .target(
                        "db",
                        "{kind: jdbc, url: '" + postgres().getJdbcUrl("postgres", "postgres") + "', user: postgres}");
        return attempt;
    }

    @Override
    protected String ordinary() {
        return "{target: db, statements: [\"UPDATE t SET name = 'x' WHERE id = 1\"]}";
    }

    @Override
    protected String endless() {
        return "{target: db, statements: [SELECT pg_sleep(60)]}";
    }

    @Override
    protected String leaky() {
        return "{target: db, query: 'SELECT :token', parameters: {token: \"secret:TOKEN\"}}";
    }

    private Outcome run(String action) {
        return (attempt == null ? attempt() : attempt).run(EXECUTOR, "{target: db, " + action + "}");
    }

    @Test
    void runs_all_statements_in_one_transaction() throws SQLException {
        Outcome outcome =
                run("statements: [\"UPDATE t SET name = 'a' WHERE id <= 10\", \"DELETE FROM t WHERE id > 45\"]");

        assertThat(outcome.message()).startsWith("2 statements, 15 rows affected");
        assertThat(attempt.log.engine())
                .contains("1/2 UPDATE t")
                .contains("10 rows affected")
                .contains("5 rows affected");
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("45");
    }

    @Test
    void a_failing_statement_rolls_all_of_them_back_and_names_its_code() throws SQLException {
        Outcome outcome = run("statements: [DELETE FROM t, INSERT INTO nowhere VALUES (1)]");

        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message())
                .contains("statement 2", "nowhere", "(SQLSTATE 42P01)", "rolled back, nothing was changed");
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("50");
    }

    @Test
    void without_a_transaction_the_first_statements_stay_and_it_says_so() throws SQLException {
        Outcome outcome = run("transaction: false, statements: [DELETE FROM t, INSERT INTO nowhere VALUES (1)]");

        assertThat(outcome.message()).contains("the first statement took effect and stays");
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void values_are_bound_and_never_code() throws SQLException {
        attempt().variable("name", "x'; DROP TABLE t; --").variable("max", "3");
        Outcome outcome =
                run("statements: ['UPDATE t SET name = :name WHERE id < :max AND id > :min'], parameters: {min: 1}");

        assertThat(outcome.succeeded()).isTrue();
        assertThat(ask("SELECT name FROM t WHERE id = 2")).isEqualTo("x'; DROP TABLE t; --");
    }

    @Test
    void parameters_keep_their_types() {
        assertThat(run("query: 'SELECT :a + 1, :b::boolean, :c::text IS NULL, :d || 1, :e::jsonb ->> 0',"
                                + " parameters: {a: 1, b: true, c: null, d: x, e: [7]}")
                        .succeeded())
                .isTrue();
        assertThat(attempt.log.out()).containsExactly("2 | t | t | x1 | 7");
    }

    @Test
    void a_name_without_a_value_is_errored_before_anything_runs() {
        Outcome outcome = run("statements: ['DELETE FROM t WHERE id = :nobody']");

        assertThat(outcome.result()).isEqualTo(Result.ERRORED);
        assertThat(outcome.message()).isEqualTo("nothing says what :nobody is");
    }

    @Test
    void touching_more_rows_than_allowed_rolls_back() throws SQLException {
        Outcome outcome = run("statements: [DELETE FROM t WHERE id <= 30, DELETE FROM t RETURNING id], atMost: 40");

        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message()).startsWith("would have touched 50 rows, at most 40 allowed");
        assertThat(outcome.expected()).isEqualTo("at most 40 rows");
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("50");
    }

    @Test
    void touching_more_rows_without_a_transaction_is_told_afterwards() throws SQLException {
        Outcome outcome =
                run("statements: [DELETE FROM t WHERE id <= 30, DELETE FROM t], atMost: 20, transaction: false");

        assertThat(outcome.message()).contains("touched 30 rows", "they stay", "1 more statement was not run");
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("20");
    }

    @Test
    void stopping_cancels_the_statement_in_the_database() throws SQLException {
        attempt();
        var running = attempt.start(EXECUTOR, "{target: db, statements: [DELETE FROM t, SELECT pg_sleep(60)]}");
        await().until(() -> ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
                .equals("1"));
        attempt.cancellation.cancel(Reason.TIMEOUT);

        Outcome outcome = Attempt.end(running);
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message()).startsWith("timed out after").endsWith("rolled back, nothing was changed");
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("50");
    }

    @Test
    void a_lock_that_cannot_be_had_fails_and_says_who_holds_it() throws SQLException {
        admin.setAutoCommit(false);
        execute("SET application_name = 'backfill'");
        execute("UPDATE t SET name = 'held' WHERE id = 1");
        Outcome outcome = run("statements: [ALTER TABLE t ADD COLUMN extra int], lockTimeout: 400ms");
        admin.rollback();
        admin.setAutoCommit(true);

        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message())
                .contains("SQLSTATE 55P03", "the lock is held by pid", "backfill", "idle in transaction");
    }

    @Test
    void builds_an_index_concurrently_outside_a_transaction_and_finds_the_broken_one() throws SQLException {
        assertThat(run("statements: [CREATE INDEX CONCURRENTLY t_name ON t (name)]")
                        .succeeded())
                .isTrue();
        execute("UPDATE t SET name = 'same'");

        Outcome outcome = run("statements: [CREATE UNIQUE INDEX CONCURRENTLY t_unique ON t (name)]");
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.warning().orElseThrow()).contains("t_unique");

        Outcome again = run("statements: [CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_unique ON t (name)]");
        assertThat(again.succeeded()).isTrue();
        assertThat(again.warning()).as("it looks done and is not").isPresent();
    }

    @Test
    void refuses_to_begin_or_commit_inside_its_own_transaction() {
        assertThat(run("statements: [\"-- hello\\nCOMMIT\"]").message()).contains("begins or ends a transaction");
    }

    @Test
    void a_query_reads_the_first_column_of_the_first_row() {
        Outcome outcome = run("query: 'SELECT id, name FROM t ORDER BY id'");

        assertThat(outcome.value()).contains("1");
        assertThat(attempt.log.out()).hasSize(20).first().isEqualTo("1 | name 1");
        assertThat(attempt.log.engine()).contains("only the first 20 rows are shown");
    }

    @Test
    void no_row_is_failed_and_null_is_a_row_without_a_value() {
        assertThat(run("query: SELECT id FROM t WHERE id = -1").result()).isEqualTo(Result.FAILED);
        Outcome nothing = run("query: 'SELECT NULL::int'");
        assertThat(nothing.succeeded()).isTrue();
        assertThat(nothing.value()).isEmpty();
    }

    @Test
    void a_query_cannot_change_anything() throws SQLException {
        Outcome outcome = run("query: DELETE FROM t RETURNING id");

        assertThat(outcome.result()).isEqualTo(Result.ERRORED);
        assertThat(outcome.message()).contains("SQLSTATE 25006");
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("50");
    }

    @Test
    void notices_of_the_database_are_in_the_log() {
        run("statements: [\"DO $$ BEGIN RAISE NOTICE 'look here'; END $$\"]");

        assertThat(attempt.log.err()).singleElement().asString().contains("look here");
    }

    @Test
    void no_connection_is_errored() {
        attempt().target("db", "{kind: jdbc, url: 'jdbc:postgresql://127.0.0.1:1/shop', user: a}");
        Outcome outcome = run("statements: [SELECT 1]");

        assertThat(outcome.result()).isEqualTo(Result.ERRORED);
        assertThat(outcome.message())
                .contains("no connection to the database of the target db", "SQLSTATE 08001", "nothing was done");
    }

    @Test
    void a_connection_lost_inside_a_transaction_is_errored_and_without_one_unknown() throws SQLException {
        assertThat(run("statements: [DELETE FROM t, SELECT pg_terminate_backend(pg_backend_pid())]")
                        .result())
                .isEqualTo(Result.ERRORED);
        assertThat(ask("SELECT count(*) FROM t")).isEqualTo("50");
        assertThat(run("transaction: false, statements: [SELECT pg_terminate_backend(pg_backend_pid())]")
                        .result())
                .isEqualTo(Result.UNKNOWN);
    }

    @Test
    void another_database_than_postgresql_is_errored_for_now() {
        attempt().target("db", "{kind: jdbc, url: 'jdbc:mariadb://127.0.0.1/shop'}");

        assertThat(run("statements: [SELECT 1]").message()).contains("speaks to PostgreSQL only");
    }

    @Test
    void describes_itself_by_its_first_statement() {
        assertThat(EXECUTOR.describe(Json.of("{target: db, statements: [DELETE FROM t, SELECT 1]}")))
                .isEqualTo("DELETE FROM t (and 1 more)");
    }

    @Test
    void the_target_is_reachable_when_it_lets_us_in() {
        var checks = new TargetChecks(List.of(new JdbcTargetCheck()));
        attempt().target("gone", "{kind: jdbc, url: 'jdbc:postgresql://127.0.0.1:1/shop', user: a}");

        assertThat(checks.check(attempt.targets.get("db"), attempt.context().secrets())
                        .message())
                .startsWith("PostgreSQL 17");
        assertThat(checks.check(attempt.targets.get("gone"), attempt.context().secrets())
                        .reachable())
                .isFalse();
    }
}
