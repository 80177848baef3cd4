package dev.switchback.hostile;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.web.Redirect;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, addresses and headers that mean harm: each is refused in these words, and nothing has changed. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class HostileApiTest {

    private static final String KEY = "ha-" + UUID.randomUUID().toString().substring(0, 8);
    private static final String RUNS = "/api/v1/migrations/" + KEY + "/runs";
    private static final String STEPS =
            "  - {id: ask, title: Ask, phase: change, manual: {instructions: look}, noRollback: x}\n";
    private static String program;

    @Inject
    DataSource database;

    @BeforeEach
    void make() {
        if (program == null) {
            importFile(Samples.environment(KEY, "staging", "/tmp"));
            importFile(Samples.migration(KEY, "svc-" + KEY, STEPS));
            program = admin().contentType(ContentType.JSON)
                    .body("{\"name\": \"hostile bodies\"}")
                    .post("/api/v1/tokens")
                    .path("token");
        }
    }

    /**
     * A request, and what is said of it.
     *
     * @param body what is sent; {@code KEY} stands for a migration and environment that are there
     */
    record Case(String what, String address, String body, int status, String detail) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case start(String what, String body, int status, String detail) {
        return new Case("start: " + what, RUNS, body.replace("KEY", KEY), status, detail);
    }

    private static Case with(String what, String member, int status, String detail) {
        return start(what, "{\"environment\": \"KEY\", \"purpose\": \"live\", " + member + "}", status, detail);
    }

    private static Case person(String what, String body, int status, String detail) {
        return new Case("person: " + what, "/api/v1/people", body, status, detail);
    }

    static Stream<Case> shapes() {
        return Stream.of(
                start("nothing", "", 400, "The request has no body"),
                start("null", "null", 400, "The request has no body"),
                start("a list", "[]", 400, "The body is not a JSON object"),
                start("a text", "\"x\"", 400, "The body is not a JSON object"),
                start("a number", "42", 400, "The body is not a JSON object"),
                start("half an object", "{", 400, "The body is not valid JSON, line 1, column 2"),
                start("two objects", "{} {}", 400, "Something follows the JSON object"),
                start(
                        "objects three thousand deep",
                        "{\"a\": ".repeat(3000) + "1" + "}".repeat(3000),
                        400,
                        "The body is not valid JSON"),
                start(
                        "a key of a hundred thousand letters",
                        "{\"" + "a".repeat(100_000) + "\": 1}",
                        400,
                        "The body is not valid JSON"),
                start(
                        "a member twice",
                        "{\"environment\": \"KEY\", \"environment\": \"b\", \"purpose\": \"live\"}",
                        400,
                        "A member of the body stands there twice, line 1, column 45"),
                start(
                        "a comment",
                        "{/* */\"environment\": \"KEY\", \"purpose\": \"live\"}",
                        400,
                        "The body is not valid JSON, line 1, column 2"),
                start(
                        "single quotes",
                        "{'environment': 'KEY', 'purpose': 'live'}",
                        400,
                        "The body is not valid JSON, line 1, column 2"));
    }

    static Stream<Case> values() {
        return Stream.of(
                start(
                        "a list for a text",
                        "{\"environment\": [\"KEY\"], \"purpose\": \"live\"}",
                        422,
                        "The value of environment has the wrong type"),
                start(
                        "a number for a text",
                        "{\"environment\": 1, \"purpose\": \"live\"}",
                        422,
                        "The value of environment has the wrong type"),
                start(
                        "an object for a text",
                        "{\"environment\": {\"a\": 1}, \"purpose\": \"live\"}",
                        422,
                        "The value of environment has the wrong type"),
                start(
                        "NUL",
                        "{\"environment\": \"a\\u0000b\", \"purpose\": \"live\"}",
                        422,
                        "A value cannot be stored or looked up; nothing was done"),
                start(
                        "half a character",
                        "{\"environment\": \"\\ud800\", \"purpose\": \"live\"}",
                        422,
                        "There is no environment \"?\""),
                start(
                        "a letter that looks alike",
                        "{\"environment\": \"\u0445x\", \"purpose\": \"live\"}",
                        422,
                        "There is no environment \"хx\""),
                start(
                        "an invisible letter",
                        "{\"environment\": \"KEY\u200b\", \"purpose\": \"live\"}",
                        422,
                        "There is no environment \"KEY​\""),
                start("another case", "{\"environment\": \"KEY\", \"purpose\": \"LIVE\"}", 422, "The purpose is LIVE"),
                start(
                        "a statement",
                        "{\"environment\": \"' OR '1'='1\", \"purpose\": \"live\"}",
                        422,
                        "There is no environment \"' OR '1'='1\""),
                with("a number beyond all", "\"revision\": 1e400", 422, "The value of revision has the wrong type"),
                with("no number", "\"revision\": NaN", 400, "The body is not valid JSON, line 1, column 66"),
                with(
                        "a number beyond the longest",
                        "\"revision\": 99999999999999999999",
                        422,
                        "The value of revision has the wrong type"),
                with("a number below zero", "\"revision\": -1", 404, "KEY has no revision -1"),
                with("a text for a number", "\"revision\": \"1\"", 422, "The value of revision has the wrong type"),
                with("a truth for a number", "\"revision\": true", 422, "The value of revision has the wrong type"),
                with("a number for a time", "\"startAt\": 0", 422, "The value of startAt has the wrong type"),
                with(
                        "a number in quotes for a time",
                        "\"startAt\": \"0\"",
                        422,
                        "The value of startAt has the wrong type"),
                with(
                        "a year beyond all",
                        "\"startAt\": \"+999999999-01-01T00:00:00Z\"",
                        422,
                        "It is to start more than 365 days from now"),
                with("who asks", "\"requestedBy\": \"somebody\"", 422, "Unknown field requestedBy"),
                with("a member of every object", "\"__proto__\": {\"admin\": true}", 422, "Unknown field __proto__"),
                with("a class", "\"@class\": \"java.net.URL\"", 422, "Unknown field @class"),
                with(
                        "glass without a reason",
                        "\"breakGlass\": {\"reason\": \"\\u200b\"}",
                        403,
                        "A token may not break glass"));
    }

    /** The program may not make people in any case; what is wrong with the body makes no difference. */
    static Stream<Case> people() {
        return Stream.of(
                person(
                        "by a program",
                        "{\"name\": \"hostile-eve\", \"grants\": [{\"role\": \"admin\"}]}",
                        403,
                        "A token may not look after people and roles"),
                new Case(
                        "a token that makes a token",
                        "/api/v1/tokens",
                        "{\"name\": \"more\"}",
                        403,
                        "A token may not make tokens"),
                new Case(
                        "a verb nobody knows",
                        "/api/v1/migrations/" + KEY + "/rm%20-rf",
                        "{}",
                        404,
                        "There is nothing at /api/v1/migrations/KEY/rm%20-rf"),
                new Case(
                        "a run nobody knows",
                        "/api/v1/runs/999999999999/abort",
                        "{}",
                        404,
                        "There is no run 999999999999"),
                new Case(
                        "a run beyond the longest",
                        "/api/v1/runs/99999999999999999999/abort",
                        "{}",
                        404,
                        "There is nothing at /api/v1/runs/99999999999999999999/abort"),
                new Case(
                        "a run that is a statement",
                        "/api/v1/runs/1%20OR%201=1/abort",
                        "{}",
                        404,
                        "There is nothing at /api/v1/runs/1%20OR%201=1/abort"),
                new Case(
                        "a key with a line end",
                        "/api/v1/migrations/a%0d%0aSet-Cookie:%20b/runs",
                        "{}",
                        422,
                        "2 problems, the first: No environment is named"),
                new Case(
                        "a key with NUL",
                        "/api/v1/migrations/a%00b/runs",
                        "{\"environment\": \"x\", \"purpose\": \"live\"}",
                        422,
                        "A value cannot be stored or looked up; nothing was done"));
    }

    static Stream<Case> bodies() {
        return Stream.of(shapes(), values(), people()).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refuses_a_hostile_body_and_changes_nothing(Case each) throws SQLException {
        Untouched before = Untouched.before(database);

        Response answer = token(program)
                .urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body(each.body())
                .post(each.address());

        Refused.toProgram(answer, each.status(), each.detail().replace("KEY", KEY));
        before.isStill(each.what());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/html", "application/x-java-serialized-object", "application/yaml"})
    void reads_a_start_as_json_only(String type) throws SQLException {
        Untouched before = Untouched.before(database);

        Response answer = token(program)
                .header("Content-Type", type)
                .body(("{\"environment\": \"" + KEY + "\", \"purpose\": \"live\"}").getBytes(StandardCharsets.UTF_8))
                .post(RUNS);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("title")).isEqualTo("Not in a readable format");
        before.isStill(type);
    }

    static Stream<Case> addresses() {
        return Stream.of(
                get(
                        "a file beside the assets",
                        "/assets/..%2fapplication.properties",
                        404,
                        "There is nothing at /assets/..%2fapplication.properties"),
                get(
                        "a file of the machine",
                        "/assets/%2e%2e/%2e%2e/etc/passwd",
                        404,
                        "There is nothing at /etc/passwd"),
                get(
                        "a file of another machine",
                        "/assets/..%5c..%5cetc%5cpasswd",
                        404,
                        "There is nothing at /assets/..%5c..%5cetc%5cpasswd"),
                get(
                        "a path as a key",
                        "/api/v1/migrations/..%2f..%2fetc%2fpasswd/export",
                        404,
                        "There is no migration \"../../etc/passwd\""),
                get(
                        "NUL as a key",
                        "/api/v1/environments/%00",
                        422,
                        "A value cannot be stored or looked up; nothing was done"),
                get("bytes that are no text", "/api/v1/environments/%c3%28", 404, "There is no environment \"�(\""),
                get(
                        "a statement in a filter",
                        "/api/v1/runs?state=x'%20OR%20'1'='1",
                        422,
                        "There is no run state x' OR '1'='1"),
                get(
                        "a place in the list that was made up",
                        "/api/v1/runs?after=AAAA",
                        400,
                        "after is not a position in this list"),
                get("a size below zero", "/api/v1/runs?limit=-1", 422, "limit is -1"),
                get("a size beyond all", "/api/v1/runs?limit=99999999999", 422, "limit is “99999999999”"),
                get("a size that is none", "/api/v1/runs?limit=NaN", 422, "limit is “NaN”"),
                get(
                        "a template as a search",
                        "/api/v1/migrations?limit=%7Bcdi:caller%7D",
                        422,
                        "limit is “{cdi:caller}”"),
                get("a time that is none", "/api/v1/audit?since=yesterday'--", 422, "since is “yesterday'--”"));
    }

    private static Case get(String what, String address, int status, String detail) {
        return new Case(what, address, null, status, detail);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void finds_nothing_behind_an_address_that_was_made_up(Case each) {
        Response answer = admin().urlEncodingEnabled(false).get(each.address());

        Refused.toProgram(answer, each.status(), each.detail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/\r\nSet-Cookie: a=b",
                " //evil.example",
                "/\u0000",
                "/\u2028//evil.example"
            })
    void leads_nobody_to_another_site(String back) {
        assertThat(Redirect.safe(back)).isEqualTo("/");
    }
}
