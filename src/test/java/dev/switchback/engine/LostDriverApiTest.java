package dev.switchback.engine;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver loses its run in the middle of a step, as after a crash: what the next one finds out, and does not do. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LostDriverApiTest {

    @TempDir
    Path folder;

    @Inject
    DataSource database;

    @Inject
    EndLeftovers leftovers;

    private String environment;
    private String migration;

    @BeforeEach
    void names() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        environment = "env-" + unique;
        migration = "mig-" + unique;
        importFile(Samples.environment(environment, "staging", folder.toString())
                + "  web: {kind: http, url: \"http://127.0.0.1:1\"}\n");
    }

    private StartedRun startAndLoseTheDriver(String step) throws SQLException {
        importFile(Samples.migration(migration, "svc-" + migration, step));
        StartedRun run = StartedRun.of(migration, environment);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("began")));
        // Somebody else took the lease and died at once: the old driver's fence is old, nobody holds the run.
        try (Connection connection = database.getConnection();
                PreparedStatement steal = connection.prepareStatement(
                        "UPDATE run SET fence = fence + 1, lease_until = NULL WHERE id = ?")) {
            steal.setLong(1, run.id());
            steal.executeUpdate();
        }
        return run;
    }

    private static String shell(String more) {
        return "  - {id: once, title: Once, phase: change, grace: 1s, shell: {target: host, command: \"echo x >> count;"
                + " touch began; until [ -e go ]; do sleep 0.05; done\"}, noRollback: x" + more + "}\n";
    }

    private long timesRun() throws Exception {
        return Files.readAllLines(folder.resolve("count")).size();
    }

    @Test
    void a_step_that_is_not_repeatable_is_unknown_and_a_person_decides() throws Exception {
        StartedRun started = startAndLoseTheDriver(shell(""));

        JsonPath run = started.awaitState("waiting");

        assertThat(run.getString("steps[0].state")).isEqualTo("unknown");
        assertThat(run.getString("steps[0].message")).contains("Contact was lost");
        assertThat(timesRun()).isEqualTo(1);
        started.press("steps/once/succeed", "{}", 422);
        started.press("steps/once/succeed", "{\"note\": \"I looked: it happened\"}", 200);
        started.awaitState("succeeded");
        assertThat(timesRun()).isEqualTo(1);
    }

    @Test
    void its_processes_are_ended_before_anything_else_is_done() throws Exception {
        StartedRun started = startAndLoseTheDriver(shell(""));
        JsonPath run = started.awaitState("waiting");
        // Another Switchback on this machine may have a run with the same number: the moment tells them apart.
        String mark = "run-" + started.id() + "-"
                + Instant.parse(run.getString("createdAt")).toEpochMilli() + "-";
        assertThat(ProcessHandle.allProcesses().filter(process -> carries(process, mark)))
                .isEmpty();
    }

    private String noteOf(long id, String action) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement ask =
                        connection.prepareStatement("SELECT note FROM run_event WHERE run_id = ? AND action = ?")) {
            ask.setLong(1, id);
            ask.setString(2, action);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? row.getString(1) : "nothing";
            }
        }
    }

    private static Process carrying(String mark) throws java.io.IOException {
        var builder = new ProcessBuilder("sleep", "300");
        builder.environment().put("SWITCHBACK_MARK", mark);
        return builder.start();
    }

    @Test
    void what_a_lost_attempt_left_on_this_machine_is_ended_when_the_instance_starts_again() throws Exception {
        StartedRun started = startAndLoseTheDriver(shell(""));
        JsonPath run = started.awaitState("waiting");
        String prefix = "run-" + started.id() + "-"
                + Instant.parse(run.getString("createdAt")).toEpochMilli() + "-1-1-";
        Process lost = carrying(prefix + "1");
        Process ofNobody = carrying(prefix + "7");
        try {
            leftovers.end("alpha");

            assertThat(lost.isAlive()).isFalse();
            assertThat(ofNobody.isAlive())
                    .as("no attempt 7 was lost: a step may leave something running on purpose")
                    .isTrue();
            assertThat(noteOf(started.id(), "leftovers-ended"))
                    .isEqualTo("1 process of attempt 1 still ran on the machine of alpha and was ended");
        } finally {
            lost.destroyForcibly();
            ofNobody.destroyForcibly();
        }
    }

    private static boolean carries(ProcessHandle process, String mark) {
        try {
            String environment = Files.readString(
                    Path.of("/proc/" + process.pid() + "/environ"), java.nio.charset.StandardCharsets.ISO_8859_1);
            return environment.contains("SWITCHBACK_MARK=" + mark);
        } catch (java.io.IOException gone) {
            return false;
        }
    }

    @Test
    void a_repeatable_step_is_done_again() throws Exception {
        StartedRun started = startAndLoseTheDriver(shell(", idempotent: true"));
        Files.createFile(folder.resolve("go"));
        JsonPath run = started.awaitState("succeeded");
        assertThat(run.getInt("steps[0].attempt")).isBetween(1, 2);
    }

    @Test
    void a_question_settles_that_it_took_effect() throws Exception {
        StartedRun started =
                startAndLoseTheDriver(shell(", appliedWhen: {shell: {target: host, command: test -e count}}"));
        JsonPath run = started.awaitState("succeeded");
        assertThat(run.getString("steps[0].message")).contains("it took effect");
        assertThat(timesRun()).isEqualTo(1);
    }

    @Test
    void a_question_settles_that_it_did_not_take_effect_and_it_is_safe_to_retry() throws Exception {
        StartedRun started =
                startAndLoseTheDriver(shell(", appliedWhen: {shell: {target: host, command: test -e effect}}"));
        JsonPath run = started.awaitState("waiting");
        assertThat(run.getString("steps[0].state")).isEqualTo("failed");
        assertThat(run.getBoolean("steps[0].retrySafe")).isTrue();
        assertThat(timesRun()).isEqualTo(1);
    }

    @Test
    void a_question_that_nobody_answers_is_never_read_as_no() throws Exception {
        StartedRun started =
                startAndLoseTheDriver(shell(", appliedWhen: {http: {target: web, request: GET /applied}}"));
        JsonPath run = started.awaitState("waiting");
        assertThat(run.getString("steps[0].state")).isEqualTo("unknown");
    }
}
