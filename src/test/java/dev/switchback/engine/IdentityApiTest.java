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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment is asked who it is before everything that changes something: each try, each undo, each driver. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class IdentityApiTest {

    @TempDir
    Path folder;

    @Inject
    DataSource database;

    private String environment;
    private String migration;

    @BeforeEach
    void names() throws IOException {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        environment = "env-" + unique;
        migration = "mig-" + unique;
        importFile(Samples.environment(environment, "staging", folder.toString())
                + "  web: {kind: http, url: \"http://127.0.0.1:1\"}\n"
                + "  db: {kind: jdbc, url: \"jdbc:postgresql://127.0.0.1:1/shop\", user: shop}\n"
                + "identity:\n  - {shell: {target: host, command: \"echo x >> asked; cat name\"}, is: staging}\n");
        itIs("staging");
    }

    private void itIs(String name) throws IOException {
        Files.writeString(folder.resolve("name"), name + "\n");
    }

    private long asked() throws IOException {
        return Files.exists(folder.resolve("asked"))
                ? Files.readAllLines(folder.resolve("asked")).size()
                : 0;
    }

    private StartedRun start(String steps) {
        importFile(Samples.migration(migration, "svc-" + migration, steps));
        return StartedRun.of(migration, environment);
    }

    @Test
    void it_is_asked_before_each_try_and_each_undo_and_not_before_what_only_looks() throws Exception {
        StartedRun run = start("  - {id: look, title: Look, phase: verify, check: {shell: {target: host, command: cat"
                + " name}, is: staging}}\n"
                + "  - {id: act, title: Act, phase: change, idempotent: true, retries: 1, retryDelay: 250ms, shell:"
                + " {target: host, command: \"if [ -e once ]; then touch done; else touch once; exit 1; fi\"},"
                + " rollback: {shell: {target: host, command: rm -f done}}}\n");
        run.awaitState("succeeded");
        assertThat(asked())
                .as("two tries of the one step that changes something")
                .isEqualTo(2);

        run.press("rollback", "{}", 201);

        await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(folder.resolve("done")));
        assertThat(asked()).as("and its undo").isEqualTo(3);
    }

    @Test
    void whatever_kind_of_step_it_is_nothing_is_done_in_the_wrong_place() throws Exception {
        itIs("production");
        for (String action : new String[] {
            "shell: {target: host, command: touch done}",
            "http: {target: web, request: POST /flag}",
            "sql: {target: db, statements: [DROP TABLE shop]}"
        }) {
            StartedRun run =
                    start("  - {id: act, title: Act, phase: change, " + action + ", noRollback: for the test}\n");
            JsonPath waiting = run.awaitState("waiting");
            assertThat(waiting.getString("steps[0].message"))
                    .as(action)
                    .startsWith("This is not " + environment)
                    .endsWith("nothing was done");
            run.press("abort", "{}", 200);
        }
        assertThat(folder.resolve("done")).doesNotExist();
    }

    @Test
    void an_undo_in_the_wrong_place_does_nothing_and_says_so() throws Exception {
        StartedRun run = start("  - {id: act, title: Act, phase: change, shell: {target: host, command: touch done},"
                + " rollback: {shell: {target: host, command: rm done}}}\n"
                + "  - {id: look, title: Look, phase: verify, manual: {instructions: Look.}}\n");
        run.awaitState("waiting");
        itIs("production");

        run.press("rollback", "{}", 200);

        JsonPath failed = run.awaitState("rollback-failed");
        assertThat(failed.getString("reason")).contains("This is not " + environment);
        assertThat(folder.resolve("done")).exists();
        itIs("staging");
        run.press("rollback", "{}", 200);
        run.awaitState("rolled-back");
    }

    @Test
    void who_takes_a_run_over_asks_again_before_it_does_the_step_again() throws Exception {
        StartedRun run = start("  - {id: act, title: Act, phase: change, idempotent: true, grace: 1s, shell: {target:"
                + " host, command: \"touch began; until [ -e go ]; do sleep 0.05; done\"}, noRollback: x}\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("began")));
        itIs("production");
        loseTheDriver(run);

        JsonPath waiting = run.awaitState("waiting");

        assertThat(waiting.getString("steps[0].message")).startsWith("This is not " + environment);
        run.press("abort", "{}", 200);
    }

    private void loseTheDriver(StartedRun run) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement steal = connection.prepareStatement(
                        "UPDATE run SET fence = fence + 1, lease_until = NULL WHERE id = ?")) {
            steal.setLong(1, run.id());
            steal.executeUpdate();
        }
    }
}
