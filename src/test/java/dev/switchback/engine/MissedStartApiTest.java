package dev.switchback.engine;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start that was planned: it comes to the second, is asked about again, and never comes late by itself. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class MissedStartApiTest {

    @Inject
    DataSource database;

    private String environment;
    private String migration;

    @BeforeEach
    void keep() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        environment = "env-" + unique;
        migration = "mig-" + unique;
        importFile(Samples.environment(environment, "staging", "/tmp"));
        importFile(Samples.migration(
                migration,
                "svc-" + unique,
                "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: x}\n"));
    }

    private long plan(Instant startAt) {
        return admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\", \"startAt\": \"" + startAt
                        + "\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    /** As if nobody had been there at the planned moment. */
    private void wasPlannedFor(long run, String moment) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE run SET start_at = " + moment + " WHERE id = " + run);
            statement.execute("UPDATE scheduled_tasks SET execution_time = now() WHERE task_instance = '" + run + "'");
        }
    }

    private JsonPath awaitState(long id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                admin().get("/api/v1/runs/" + id).jsonPath().getString("state"))
                        .isEqualTo(state));
        return admin().get("/api/v1/runs/" + id).jsonPath();
    }

    private void press(long id, String verb, int status) {
        admin().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/runs/" + id + "/" + verb)
                .then()
                .statusCode(status);
    }

    @Test
    void a_planned_run_starts_at_its_second() {
        Instant planned = Instant.now().plusSeconds(3);
        JsonPath run = awaitState(plan(planned), "succeeded");
        assertThat(Instant.parse(run.getString("startedAt"))).isBetween(planned, planned.plusSeconds(2));
    }

    @Test
    void a_start_that_was_missed_asks_a_person_who_starts_it_now() throws Exception {
        long id = plan(Instant.now().plusSeconds(3600));
        wasPlannedFor(id, "now() - interval '10 minutes'");
        JsonPath run = awaitState(id, "waiting");
        assertThat(run.getString("reason"))
                .contains("nobody could start it then")
                .contains("10 min");
        assertThat(run.getString("steps[0].state")).isEqualTo("pending");
        assertThat(admin().accept("text/html").get("/runs/" + id).asString()).contains("Start now");
        press(id, "rollback", 409);
        press(id, "resume", 200);
        awaitState(id, "succeeded");
    }

    @Test
    void a_start_that_was_missed_by_little_goes_ahead() throws Exception {
        long id = plan(Instant.now().plusSeconds(3600));
        wasPlannedFor(id, "now() - interval '90 seconds'");
        awaitState(id, "succeeded");
    }

    @Test
    void a_freeze_that_was_declared_meanwhile_keeps_the_run_from_starting() throws Exception {
        long id = plan(Instant.now().plusSeconds(3600));
        importFile(Samples.environment(environment, "staging", "/tmp")
                + "freezes: [{from: 2020-01-01T00:00:00Z, to: 2099-01-01T00:00:00Z, reason: holidays}]\n");
        wasPlannedFor(id, "now() - interval '1 second'");
        JsonPath run = awaitState(id, "waiting");
        assertThat(run.getString("reason")).contains("frozen").contains("holidays");
        press(id, "resume", 200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                admin().get("/api/v1/runs/" + id).jsonPath().getString("state"))
                        .as("asked again, and still frozen")
                        .isEqualTo("waiting"));
        press(id, "abort", 200);
        awaitState(id, "aborted");
    }
}
