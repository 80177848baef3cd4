package dev.switchback.hostile;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpServer;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preview of every kind of step, hostile SQL among them: no target and no table of ours is any different afterwards. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class PreviewChangesNothingApiTest {

    private static final String TARGET =
            "SELECT (SELECT count(*) || ' ' || coalesce(sum(hashtext(xmin::text || t::text)), 0) FROM t t)"
                    + " || ' ' || (SELECT last_value || ' ' || is_called FROM s)"
                    + " || ' ' || (SELECT count(*) FROM pg_class) || ' ' || (SELECT count(*) FROM log)";
    private static EmbeddedPostgres postgres;

    @Inject
    DataSource database;

    @TempDir
    Path directory;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String environment = "env-" + unique;
    private final String migration = "mig-" + unique;
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer web;

    private static synchronized EmbeddedPostgres postgres() {
        try {
            postgres = postgres == null ? EmbeddedPostgres.builder().start() : postgres;
            return postgres;
        } catch (IOException notStarted) {
            throw new java.io.UncheckedIOException(notStarted);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }

    @BeforeEach
    void targets() throws Exception {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        execute("DROP TABLE IF EXISTS t, log CASCADE");
        execute("DROP SEQUENCE IF EXISTS s");
        execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
        execute("CREATE TABLE log (what text)");
        execute("CREATE SEQUENCE s");
        execute("INSERT INTO t SELECT i, 'name ' || i FROM generate_series(1, 1000) i");
        execute("ANALYZE t");
        execute("CREATE OR REPLACE FUNCTION writes_volatile() RETURNS int LANGUAGE plpgsql"
                + " AS 'BEGIN INSERT INTO log VALUES (''called''); RETURN 1; END'");
        for (String lie : new String[] {"STABLE", "IMMUTABLE"}) {
            execute("CREATE OR REPLACE FUNCTION writes_" + lie + "() RETURNS int LANGUAGE plpgsql " + lie
                    + " AS 'BEGIN RETURN writes_volatile(); END'");
        }
        importFile(Samples.environment(environment, "staging", directory.toString())
                + "  web: {kind: http, url: \"http://127.0.0.1:"
                + web.getAddress().getPort() + "\"}\n"
                + "  db: {kind: jdbc, url: '" + postgres().getJdbcUrl("postgres", "postgres") + "', user: postgres}\n"
                + "  dead: {kind: jdbc, url: 'jdbc:postgresql://127.0.0.1:1/none', user: none}\n"
                + "identity: [{sql: {target: db, query: \"SELECT writes_volatile()\"}, is: 1}]\n");
    }

    @AfterEach
    void stopWeb() {
        web.stop(0);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String target() throws SQLException {
        try (var connection = postgres().getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(TARGET)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String sql(String id, String statement, String more) {
        return "  - {id: " + id + ", title: " + id + ", phase: change, sql: {target: db, statements: [\"" + statement
                + "\"]" + more + "}, rollback: {sql: {target: db, statements: [\"DELETE FROM t\"]}}}\n";
    }

    private static final String OTHERS = """
              - {id: shell, title: Shell, phase: change, shell: {target: host, command: "touch made"}, rollback: {shell: {target: host, command: touch undone}}}
              - {id: post, title: Post, phase: change, http: {target: web, request: POST /x, json: {a: 1}}, rollback: {http: {target: web, request: DELETE /x}}}
              - {id: check, title: Check, phase: verify, check: {http: {target: web, request: GET /x}, within: 1s}}
              - {id: wait, title: Wait, phase: verify, wait: {for: 1m}}
              - {id: manual, title: Manual, phase: verify, manual: {instructions: Look}, noRollback: nothing}
            """;

    private static String hostile() {
        return sql("update", "UPDATE t SET name = 'x' WHERE id > :n", ", parameters: {n: 0}, atMost: 500")
                + sql("nextval", "SELECT nextval('s')", "")
                + sql("volatile", "SELECT writes_volatile() FROM t", "")
                + sql("stable", "SELECT * FROM t WHERE id = writes_stable()", "")
                + sql("immutable", "SELECT * FROM t WHERE id = writes_immutable()", "")
                + sql("cte", "WITH gone AS (DELETE FROM t RETURNING id) SELECT count(*) FROM gone", "")
                + sql("two", "SELECT 1; DELETE FROM t", "")
                + sql("commits", "SELECT 1; COMMIT; DELETE FROM t", ", transaction: false")
                + sql("analyze", "EXPLAIN ANALYZE DELETE FROM t", "")
                + sql("does", "DO 'BEGIN DELETE FROM t; END'", "")
                + sql("creates", "CREATE TABLE made (id int)", "")
                + sql("into", "SELECT * INTO made FROM t", "")
                + sql("missing", "DELETE FROM not_there", "");
    }

    private ValidatableResponse ask(String more) {
        return admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"" + more + "}")
                .post("/api/v1/migrations/" + migration + "/preview")
                .then();
    }

    @Test
    void no_kind_of_step_does_anything_and_nothing_of_ours_is_written() throws Exception {
        importFile(Samples.migration(migration, "svc-" + unique, OTHERS + hostile()));
        var visitor = Visitor.signedIn();
        String before = target();
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        Rows.count(database, "SELECT count(*) FROM measurement WHERE state IN ('pending', 'running')")
                                == 0);
        Untouched ours = Untouched.before(database);

        JsonPath said =
                ask("").statusCode(200).body("rowsAsked", is(true)).extract().jsonPath();
        ask(", \"finish\": \"restored\"").statusCode(200);
        visitor.page("/migrations/" + migration + "/preview?environment=" + environment);

        assertThat(target()).isEqualTo(before);
        assertThat(requests.get()).isZero();
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        ours.isStill("a preview");
        assertThat(words(said, "update")).isEqualTo("changes about 1,000 rows, by EXPLAIN");
        assertThat(said.getString("steps.find { it.id == 'update' }.warning")).contains("more than the 500");
        assertThat(words(said, "cte")).isEqualTo("changes about 1,000 rows, by EXPLAIN");
        assertThat(words(said, "volatile")).isEqualTo("reads about 1,000 rows, by EXPLAIN");
        assertThat(words(said, "immutable")).contains("read-only transaction");
        assertThat(words(said, "two")).isEqualTo("cannot be known before: it is several statements in one");
        assertThat(words(said, "commits")).contains("several statements");
        assertThat(words(said, "analyze")).startsWith("cannot be known before");
        assertThat(words(said, "does")).startsWith("cannot be known before");
        assertThat(words(said, "missing")).contains("may change that");
    }

    private static String words(JsonPath said, String step) {
        return said.getString("steps.find { it.id == '" + step + "' }.rows[0].words");
    }

    @Test
    void a_database_that_does_not_answer_costs_its_own_answer_only() {
        importFile(Samples.migration(
                migration,
                "svc-" + unique,
                sql("here", "DELETE FROM t", "")
                        + sql("dead", "DELETE FROM t", "")
                                .replace(
                                        "sql: {target: db, statements: [\"DELETE FROM t\"]}, r",
                                        "sql: {target: dead, statements: [\"DELETE FROM t\"]}, r")));

        ask("").statusCode(200)
                .body("steps[0].rows[0].words", is("changes about 1,000 rows, by EXPLAIN"))
                .body("steps[1].rows[0].words", startsWith("could not ask: no connection to the database"));
    }

    @Test
    void who_may_not_ask_the_targets_sees_everything_but_the_rows() {
        importFile(Samples.migration(migration, "svc-" + unique, sql("here", "DELETE FROM t", "")));
        String looker = colleague("looker-" + unique, "{\"role\": \"viewer\"}");
        String address = "/api/v1/migrations/" + migration + "/preview";

        as(looker)
                .body("{\"environment\": \"" + environment + "\"}")
                .post(address)
                .then()
                .statusCode(200)
                .body("rowsAsked", is(false))
                .body("purpose", is("rehearsal"))
                .body("steps[0].rows", nullValue())
                .body("steps[0].executes.parts[0].text", is("DELETE FROM t"));
        as(looker)
                .body("{\"environment\": \"" + environment + "\", \"rows\": true}")
                .post(address)
                .then()
                .statusCode(403)
                .body("detail", notNullValue());
    }

    @Test
    void what_is_said_wrongly_is_told_by_its_name() {
        importFile(Samples.migration(migration, "svc-" + unique, sql("here", "DELETE FROM t", "")));

        ask(", \"finish\": \"half\"").statusCode(422).body("violations[0].field", is("finish"));
        ask(", \"revision\": 9").statusCode(404);
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"\"}")
                .post("/api/v1/migrations/" + migration + "/preview")
                .then()
                .statusCode(422)
                .body("violations[0].field", is("environment"));
    }

    @Test
    void the_page_shows_every_command_and_asks_the_databases_only_when_told_to() {
        importFile(Samples.migration(migration, "svc-" + unique, OTHERS + sql("here", "DELETE FROM t", "")));
        var visitor = Visitor.signedIn();
        String address = "/migrations/" + migration + "/preview";

        visitor.get(address).then().statusCode(200).body(containsString("Where?"));
        visitor.get(address + "?environment=" + environment)
                .then()
                .statusCode(200)
                .body(containsString("touch made"))
                .body(containsString("Ask the databases how many rows"))
                .body(containsString("hello there"));
    }
}
