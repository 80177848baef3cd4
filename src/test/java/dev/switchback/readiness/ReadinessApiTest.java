package dev.switchback.readiness;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production is refused with a list, opens with the proofs, and closes again when something changes. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ReadinessApiTest {

    @TempDir
    Path directory;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String staging = "stag-" + unique;
    private final String production = "prod-" + unique;
    private final String migration = "ready-" + unique;
    private final String service = "svc-" + unique;

    @BeforeEach
    void keep() throws Exception {
        Files.createDirectories(directory.resolve("staging"));
        Files.createDirectories(directory.resolve("production"));
        importFile(
                Samples.guarded(staging, "staging", directory.resolve("staging").toString()));
        importFile(Samples.guarded(
                production, "production", directory.resolve("production").toString()));
        importFile(Samples.migration(migration, service, step("rm -f on")));
    }

    private static String step(String undo) {
        return "  - id: switch\n    title: Switch it on\n    phase: change\n"
                + "    shell: {target: host, command: \"touch on\"}\n"
                + "    appliedWhen: {shell: {target: host, command: \"test -f on && echo true || echo false\"}, is: true}\n"
                + "    rollback: {shell: {target: host, command: \"" + undo + "\"}}\n";
    }

    private ValidatableResponse readiness(String environment) {
        return admin().get("/api/v1/migrations/" + migration + "/readiness?environment=" + environment)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse start(String more) {
        return admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + production + "\", \"purpose\": \"live\"" + more + "}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then();
    }

    private List<String> closed() {
        return readiness(production).extract().path("gates.findAll { it.required && !it.holds }.key");
    }

    @Test
    void production_refuses_with_a_list_opens_after_the_rehearsal_and_closes_with_an_edit() {
        readiness(production)
                .body("ready", is(false))
                .body("environment", is(production))
                .body("revision", is(1))
                .body("leftOut", containsString("settings"))
                .body("gates.find { it.key == 'rehearsed' }.remedy", is("Rehearse it where nobody is hurt"));
        assertThat(closed()).containsExactly("rehearsed", "rollback");
        start("")
                .statusCode(409)
                .body("gates.key", is(List.of("rehearsed", "rollback")))
                .body("retrySafe", is(true))
                .body("gates[0].detail", containsString("never rehearsed"));

        StartedRun.rehearsal(migration, staging).awaitState("succeeded");
        readiness(production)
                .body("ready", is(true))
                .body("gates.find { it.key == 'rollback' }.detail", containsString("the old state was seen again"));

        importFile(Samples.migration(migration, service, step("rm -f on && true")));
        assertThat(closed()).containsExactly("rehearsed", "rollback");
        start("").statusCode(409).body("gates.key", hasItem("rehearsed"));

        start(", \"revision\": 1").statusCode(201);
    }

    @Test
    void a_rehearsal_whose_way_back_does_nothing_fails_and_opens_nothing() {
        importFile(Samples.migration(migration, service, step("true")));
        StartedRun.rehearsal(migration, staging).awaitState("failed");
        start("").statusCode(409).body("gates.find { it.key == 'rehearsed' }.detail", containsString("ended failed"));
    }

    @Test
    void targets_changed_since_the_rehearsal_close_production() throws Exception {
        StartedRun.rehearsal(migration, staging).awaitState("succeeded");
        Files.createDirectories(directory.resolve("other"));
        importFile(
                Samples.guarded(staging, "staging", directory.resolve("other").toString()));
        start("").statusCode(409).body("gates.find { it.key == 'rehearsed' }.detail", containsString("were changed"));
    }

    @Test
    void a_person_may_go_ahead_against_the_gates_they_name() {
        start(", \"breakGlass\": {\"reason\": \"the disk is full\", \"gates\": [\"rehearsed\"]}")
                .statusCode(409)
                .body("gates.key", is(List.of("rollback")));
        start(", \"breakGlass\": {\"reason\": \"the disk is full\", \"gates\": [\"weather\"]}")
                .statusCode(422);
        start(", \"breakGlass\": {\"reason\": \"the disk is full\", \"gates\": [\"rehearsed\", \"rollback\"]}")
                .statusCode(201)
                .body("breakGlass", is("the disk is full"));
        admin().get("/api/v1/audit?action=run.break-glass")
                .then()
                .body("items[0].note", is("the disk is full"))
                .body("items[0].after", containsString("was rehearsed"));
    }

    @Test
    void below_production_a_run_starts_as_ever() {
        readiness(staging).body("ready", is(true)).body("gates.find { it.key == 'rehearsed' }.required", is(false));
        StartedRun.of(migration, staging).awaitState("succeeded");
    }

    @Test
    void only_approvals_missing_makes_a_run_that_waits() {
        importFile(Samples.migration(migration, service, step("rm -f on")) + "approvals: 1\n");
        StartedRun.rehearsal(migration, staging).awaitState("succeeded");
        start("").statusCode(201).body("state", is("awaiting-approval"));
        readiness(production)
                .body("ready", is(false))
                .body("gates.findAll { it.required && !it.holds }.key", is(List.of("approvals")));
    }

    @Test
    void asking_anew_connects_to_the_targets_and_needs_the_right_to() {
        String viewer = colleague("looks-" + unique, "{\"role\": \"viewer\", \"service\": \"" + service + "\"}");
        as(viewer)
                .contentType(ContentType.JSON)
                .body("{\"environment\": \"" + production + "\"}")
                .post("/api/v1/migrations/" + migration + "/readiness")
                .then()
                .statusCode(403);
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + production + "\"}")
                .post("/api/v1/migrations/" + migration + "/readiness")
                .then()
                .statusCode(200)
                .body("gates.find { it.key == 'identity' }.holds", is(true));
        assertThat(closed()).doesNotContain("identity");
        admin().get("/api/v1/migrations/" + migration + "/readiness").then().statusCode(422);
        admin().get("/api/v1/migrations/" + migration + "/readiness?environment=nowhere")
                .then()
                .statusCode(404);
    }

    @Test
    void the_pages_show_what_is_missing_and_where_to_get_it() {
        // One database for all tests: somebody else's production may come first.
        assertThat(admin().accept("text/html").get("/migrations/" + migration).asString())
                .contains("id=\"before-", "class=\"gates\"");
        String whole = admin().accept("text/html")
                .get("/migrations/" + migration + "/readiness?environment=" + production)
                .asString();
        assertThat(whole).contains("gates are closed").contains("Ask the targets now");
        String start = admin().accept("text/html")
                .get("/migrations/" + migration + "/start?environment=" + production)
                .asString();
        assertThat(start).contains("Go ahead against a closed gate?").contains("name=\"gate\" value=\"rehearsed\"");
        admin().accept("text/html")
                .get("/migrations/" + migration + "/start?environment=" + staging)
                .then()
                .body(not(containsString("Go ahead against a closed gate?")));
    }
}
