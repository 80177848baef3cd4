package dev.switchback.engine;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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

    private StartedRun plan(Instant startAt) {
        return StartedRun.planned(migration, environment, startAt);
    }

    /** As if nobody had been there at the planned moment. */
    private void wasPlannedFor(StartedRun run, String moment) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE run SET start_at = " + moment + " WHERE id = " + run.id());
            statement.execute(
                    "UPDATE scheduled_tasks SET execution_time = now() WHERE task_instance = '" + run.id() + "'");
        }
    }

    @Test
    void a_planned_run_starts_at_its_second() {
        Instant planned = Instant.now().plusSeconds(3);
        JsonPath run = plan(planned).awaitState("succeeded");
        assertThat(Instant.parse(run.getString("startedAt"))).isBetween(planned, planned.plusSeconds(2));
    }

    /** As when the connection breaks before the answer comes: the row is picked, and nobody knows. */
    private void wasPickedAndLost(StartedRun run) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            int rows = statement.executeUpdate("UPDATE scheduled_tasks SET execution_time = now(), picked = true,"
                    + " picked_by = (SELECT min(name) FROM instance), version = version + 1,"
                    + " last_heartbeat = clock_timestamp() - interval '2 seconds' WHERE task_instance = '" + run.id()
                    + "'");
            assertThat(rows).isOne();
            statement.execute("UPDATE run SET start_at = now() WHERE id = " + run.id());
        }
    }

    @Test
    void a_run_whose_pick_got_lost_is_picked_again_soon() throws Exception {
        StartedRun run = plan(Instant.now().plusSeconds(3600));
        await().until(() -> isQueued(run));
        Instant lost = Instant.now();
        wasPickedAndLost(run);

        JsonPath ended = run.awaitState("succeeded");

        // Otherwise it would wait until its instance is held for dead, which takes longer than 12 s.
        assertThat(Instant.parse(ended.getString("startedAt"))).isBefore(lost.plusSeconds(8));
    }

    private boolean isQueued(StartedRun run) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT 1 FROM scheduled_tasks WHERE task_instance = '" + run.id() + "'")) {
            return row.next();
        }
    }

    @Test
    void a_start_that_was_missed_asks_a_person_who_starts_it_now() throws Exception {
        StartedRun run = plan(Instant.now().plusSeconds(3600));
        wasPlannedFor(run, "now() - interval '10 minutes'");
        JsonPath waiting = run.awaitState("waiting");
        assertThat(waiting.getString("reason"))
                .contains("nobody could start it then")
                .contains("10 min");
        assertThat(waiting.getString("steps[0].state")).isEqualTo("pending");
        assertThat(admin().accept("text/html").get(run.page()).asString()).contains("Start now");
        run.press("rollback", "{}", 409);
        run.press("resume", "{}", 200);
        run.awaitState("succeeded");
    }

    @Test
    void a_start_that_was_missed_by_little_goes_ahead() throws Exception {
        StartedRun run = plan(Instant.now().plusSeconds(3600));
        wasPlannedFor(run, "now() - interval '90 seconds'");
        run.awaitState("succeeded");
    }

    @Test
    void a_freeze_that_was_declared_meanwhile_keeps_the_run_from_starting() throws Exception {
        StartedRun run = plan(Instant.now().plusSeconds(3600));
        importFile(Samples.environment(environment, "staging", "/tmp")
                + "freezes: [{from: 2020-01-01T00:00:00Z, to: 2099-01-01T00:00:00Z, reason: holidays}]\n");
        wasPlannedFor(run, "now() - interval '1 second'");
        assertThat(run.awaitState("waiting").getString("reason"))
                .contains("frozen")
                .contains("holidays");
        run.press("resume", "{}", 200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(run.state())
                        .as("asked again, and still frozen")
                        .isEqualTo("waiting"));
        run.press("abort", "{}", 200);
        run.awaitState("aborted");
    }
}
