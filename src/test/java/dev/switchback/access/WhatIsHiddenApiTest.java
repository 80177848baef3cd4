package dev.switchback.access;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** An unfriendly reader looks where what they may not see could show through: numbers, reasons, entries, metrics. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class WhatIsHiddenApiTest {

    private static final String LOOK = """
          - id: look
            title: Look at it
            phase: change
            manual: {instructions: Look}
            rollback: {manual: {instructions: Look away}}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String staging = "seen-" + unique;
    private final String hidden = "hidden-" + unique;

    @Inject
    DataSource database;

    private static RequestSpecification as(String name) {
        return Http.nobody()
                .auth()
                .preemptive()
                .basic(name, TestDatabase.PASSWORD)
                .contentType(ContentType.JSON);
    }

    /** Somebody with one role; {@code limits} is empty or further members of the grant. */
    private String person(String role, String limits) {
        String name = role + "-" + UUID.randomUUID().toString().substring(0, 8);
        admin().contentType(ContentType.JSON)
                .body("""
                    {"name": "%s", "displayName": "%s", "password": "%s", "grants": [{"role": "%s"%s}]}\
                    """.formatted(name, name, TestDatabase.PASSWORD, role, limits))
                .post("/api/v1/people")
                .then()
                .statusCode(201);
        return name;
    }

    private static RequestSpecification token(String person, Map<String, ?> more) {
        var body = new java.util.HashMap<String, Object>(more);
        body.put("name", "t-" + UUID.randomUUID());
        return Http.token(as(person)
                        .body(body)
                        .post("/api/v1/tokens")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("token"))
                .contentType(ContentType.JSON);
    }

    /** A run in the hidden environment that waits for a person. */
    private int hiddenRun(String key) {
        importFile(Samples.environment(staging, "staging", "/tmp"));
        importFile(Samples.environment(hidden, "staging", "/tmp"));
        importFile(Samples.migration(key, key, LOOK));
        int run = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + hidden + "\", \"purpose\": \"live\", \"measure\": \"none\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        await().until(() -> "waiting".equals(admin().get("/api/v1/runs/" + run).path("state")));
        return run;
    }

    @Test
    void a_run_that_may_not_be_seen_is_in_the_way_without_its_number() {
        String key = "in-the-way-" + unique;
        int run = hiddenRun(key);
        RequestSpecification there =
                token("admin", Map.of("scopes", List.of("read", "author"), "environments", List.of(staging)));
        String said = there.body("{\"note\": \"enough\"}")
                .post("/api/v1/migrations/" + key + "/archive")
                .then()
                .statusCode(409)
                .body("detail", containsString("a run that you may not see"))
                .extract()
                .asString();
        assertThat(said).doesNotContain("run " + run, "runs/" + run).doesNotContain(hidden);
        admin().contentType(ContentType.JSON)
                .body("{\"note\": \"enough\"}")
                .post("/api/v1/migrations/" + key + "/archive")
                .then()
                .statusCode(409)
                .body("run", equalTo("/api/v1/runs/" + run));
    }

    @Test
    void what_is_hidden_is_not_there_whichever_way_it_is_asked_for() {
        int run = hiddenRun("asked-" + unique);
        String elsewhere = person("operator", ", \"environment\": \"" + staging + "\"");
        for (String more : List.of("", "/log", "/events")) {
            String address = "/api/v1/runs/" + run + more;
            assertThat(as(elsewhere).head(address).statusCode())
                    .as("HEAD " + address)
                    .isEqualTo(404);
            var answer = as(elsewhere).get(address);
            var missing = as(elsewhere).get("/api/v1/runs/999999999" + more);
            assertThat(answer.statusCode()).as(address).isEqualTo(404);
            assertThat(answer.asString().replaceAll("(?<=[Rr]un )" + run + "\\b", "999999999"))
                    .as(address)
                    .isEqualTo(missing.asString());
            assertThat(as(elsewhere).options(address).asString())
                    .as("OPTIONS " + address)
                    .doesNotContain(hidden);
        }
        assertThat(as(elsewhere)
                        .get("/api/v1/comparisons?run=" + run)
                        .asString()
                        .replaceAll("(?<=[Rr]un )" + run + "\\b", "999999999"))
                .isEqualTo(
                        as(elsewhere).get("/api/v1/comparisons?run=999999999").asString());
    }

    @Test
    void a_run_that_is_hidden_is_compared_like_one_that_is_not_there() throws SQLException {
        String key = "compared-" + unique;
        int run = hiddenRun(key);
        importFile(Samples.migration(key, key, LOOK).replace("steps:", """
            metrics:
              - name: rows
                http: {target: host, request: "GET /"}
                judge: {p50: keep}
            steps:\
            """));
        int measurement = admin().contentType("text/csv")
                .body("atMs,valueMs,ok,cache\n0,10,true,\n100,11,true,\n")
                .post("/api/v1/migrations/" + key + "/measurements/import?environment=" + hidden
                        + "&moment=before&metric=rows")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        execute("UPDATE measurement SET run_id = " + run + ", leg_no = 1, leg = 'forward' WHERE id = " + measurement);
        String compare = "/api/v1/comparisons?run=";
        assertThat(admin().get(compare + run).asString()).contains("measured nothing after");
        String elsewhere = person("operator", ", \"environment\": \"" + staging + "\"");
        assertThat(as(elsewhere).get(compare + run).asString().replaceAll("(?<=[Rr]un )" + run + "\\b", "999999999"))
                .isEqualTo(as(elsewhere).get(compare + "999999999").asString());
    }

    @Test
    void instances_count_only_the_runs_that_may_be_seen() throws SQLException {
        int run = hiddenRun("counted-" + unique);
        String instance = "instance-" + unique;
        execute("INSERT INTO instance (name, machine, process, version, started_at, heard_at, draining) VALUES ('"
                + instance + "', 'test', '1', '1', now(), now(), false)");
        execute("UPDATE run SET instance = '" + instance + "', lease_until = now() + interval '1 hour' WHERE id = "
                + run);
        try {
            String drives = "items.find { it.name == '" + instance + "' }.drives";
            admin().get("/api/v1/instances").then().body(drives, equalTo(1));
            String elsewhere = person("operator", ", \"environment\": \"" + staging + "\"");
            as(elsewhere).get("/api/v1/instances").then().statusCode(200).body(drives, equalTo(0));
            assertThat(Visitor.signedInAs(elsewhere).page("/instances")).contains("Runs that you may not see");
        } finally {
            execute("UPDATE run SET instance = NULL, lease_until = NULL WHERE id = " + run);
            execute("DELETE FROM instance WHERE name = '" + instance + "'");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void metrics_are_for_those_who_look_after_everything() {
        importFile(Samples.environment(staging, "staging", "/tmp"));
        String viewer = person("viewer", "");
        String limited = person("operator", ", \"environment\": \"" + staging + "\"");
        String operator = person("operator", "");
        for (String address : List.of(
                "/q/metrics",
                "/q/metrics/",
                "/q//metrics",
                "//q/metrics",
                "/q/%6detrics",
                "/q/metrics;a=b",
                "/q/./metrics")) {
            for (String name : List.of(viewer, limited)) {
                var answer = as(name).urlEncodingEnabled(false).get(address);
                assertThat(answer.statusCode()).as(address).isIn(403, 404);
                assertThat(answer.asString()).as(address).doesNotContain("jvm_");
                assertThat(as(name).urlEncodingEnabled(false).head(address).statusCode())
                        .as(address)
                        .isIn(403, 404);
            }
        }
        assertThat(as(operator)
                        .get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("jvm_");
        token(operator, Map.of("scopes", List.of("read")))
                .get("/q/metrics")
                .then()
                .statusCode(200);
        token(operator, Map.of("scopes", List.of("operate")))
                .get("/q/metrics")
                .then()
                .statusCode(403);
        token(operator, Map.of("scopes", List.of("read"), "environments", List.of(staging)))
                .get("/q/metrics")
                .then()
                .statusCode(403);
        as(viewer).get("/q/openapi").then().statusCode(200);
        Http.nobody().get("/q/openapi").then().statusCode(401);
    }

    private static JsonPath trail(RequestSpecification who, String query) {
        return who.get("/api/v1/audit?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void what_the_trail_says_of_people_is_for_admins_and_for_themselves() {
        String key = "told-" + unique;
        importFile(Samples.migration(key, key, LOOK));
        String viewer = person("viewer", "");
        String other = person("viewer", "");
        Visitor.signedInAs(other);
        Visitor signedIn = Visitor.signedInAs(viewer);

        assertThat(trail(as(viewer), "object=migration/" + key).getList("items"))
                .hasSize(1);
        assertThat(trail(as(viewer), "object=person/" + other).getList("items")).isEmpty();
        assertThat(trail(as(viewer), "action=signin").getList("items.actor", String.class))
                .isNotEmpty()
                .containsOnly(viewer);
        assertThat(trail(as(viewer), "object=person/" + viewer).getList("items.action", String.class))
                .contains("signin.ok", "person.create");
        assertThat(trail(as("admin"), "object=person/" + other).getList("items.action", String.class))
                .contains("signin.ok", "person.create");

        String csv = as(viewer)
                .get("/api/v1/audit?format=csv")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv).contains(key).doesNotContain(other);
        assertThat(signedIn.page("/audit?object=person/" + other)).doesNotContain("Signed in");
        assertThat(signedIn.page("/audit?action=signin")).contains(viewer).doesNotContain(other);
    }

    @Test
    void a_token_reads_what_its_admin_reads_of_people_and_not_what_a_person_reads_of_themself() {
        importFile(Samples.environment(staging, "staging", "/tmp"));
        String viewer = person("viewer", "");
        Visitor.signedInAs(viewer);
        Map<String, ?> read = Map.of("scopes", List.of("read"));
        assertThat(trail(token("admin", read), "object=person/" + viewer).getList("items"))
                .isNotEmpty();
        assertThat(trail(token(viewer, read), "object=person/" + viewer).getList("items"))
                .isEmpty();
        assertThat(trail(
                                token("admin", Map.of("scopes", List.of("read"), "environments", List.of(staging))),
                                "object=person/" + viewer)
                        .getList("items"))
                .isEmpty();
    }

    @Test
    void a_list_of_entries_goes_on_without_skipping_what_may_be_seen() {
        String key = "paged-" + unique;
        String viewer = person("viewer", "");
        for (int i = 0; i < 4; i++) {
            importFile(Samples.migration(key + i, key, LOOK));
            person("viewer", "");
        }
        var found = new java.util.ArrayList<String>();
        String next = "/api/v1/audit?limit=2&since=2026-01-01&service=" + key;
        while (next != null) {
            JsonPath page = as(viewer)
                    .urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.object", String.class));
            next = page.getString("next");
        }
        assertThat(found).containsExactly(key + 3, key + 2, key + 1, key + 0);
    }

    @Test
    void measuring_where_this_server_does_not_go_is_refused_before_anything_begins() {
        String key = "denied-" + unique;
        importFile("""
            apiVersion: switchback/v1
            kind: Environment
            key: %s
            name: Seen
            tier: staging
            targets:
              rows: {kind: jdbc, url: "jdbc:mysql://127.0.0.1:9/shop"}
            """.formatted(staging));
        importFile("""
            apiVersion: switchback/v1
            kind: Migration
            key: %s
            title: Count
            service: %s
            owner: team-test
            expected: fewer
            rollbackNote: none
            metrics:
              - name: rows
                sql: {target: rows, query: "select 1"}
                judge: {p50: keep}
            steps:
            """.formatted(key, key) + LOOK);
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + staging + "\", \"moment\": \"before\"}")
                .post("/api/v1/migrations/" + key + "/measurements")
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("PostgreSQL only"));
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + staging + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(409)
                .body("violations[0].field", equalTo("metrics[0]"))
                .body("violations[0].expected", containsString("measure: none"));
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + staging + "\", \"purpose\": \"live\", \"measure\": \"none\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(201);
    }

    private static void grants(String person, String grants) {
        String address = "/api/v1/people/" + person;
        admin().header("If-Match", admin().get(address).header("ETag"))
                .contentType(ContentType.JSON)
                .body("{\"displayName\": \"" + person + "\", \"grants\": [" + grants + "]}")
                .put(address)
                .then()
                .statusCode(200);
    }

    @Test
    void an_answer_from_before_is_not_given_again_to_who_has_lost_the_role() {
        importFile(Samples.environment(staging, "staging", "/tmp"));
        String operator = person("operator", ", \"environment\": \"" + staging + "\"");
        String check = "/api/v1/environments/" + staging + "/check";
        as(operator)
                .header("Idempotency-Key", unique)
                .body("{}")
                .post(check)
                .then()
                .statusCode(200);
        as(operator)
                .header("Idempotency-Key", unique)
                .body("{}")
                .post(check)
                .then()
                .statusCode(200)
                .header("Idempotent-Replayed", "true");
        grants(operator, "");
        String said = as(operator)
                .header("Idempotency-Key", unique)
                .body("{}")
                .post(check)
                .then()
                .statusCode(422)
                .extract()
                .asString();
        assertThat(said).doesNotContain(staging);
    }

    @Test
    void where_something_ran_is_found_only_by_who_may_see_what_runs_there() {
        String key = "ran-" + unique;
        hiddenRun(key);
        String viewer = person("viewer", "");
        grants(
                viewer,
                "{\"role\": \"viewer\", \"service\": \"" + key + "\", \"environment\": \"" + staging
                        + "\"}, {\"role\": \"viewer\", \"service\": \"other-" + unique + "\"}");
        as(viewer).get("/api/v1/environments/" + hidden).then().statusCode(200);
        assertThat(as(viewer).get("/api/v1/migrations").jsonPath().getList("items.key"))
                .containsExactly(key);
        assertThat(as(viewer)
                        .get("/api/v1/migrations?environment=" + hidden)
                        .jsonPath()
                        .getList("items.key"))
                .isEmpty();
        assertThat(admin().get("/api/v1/migrations?environment=" + hidden)
                        .jsonPath()
                        .getList("items.key"))
                .containsExactly(key);
    }
}
