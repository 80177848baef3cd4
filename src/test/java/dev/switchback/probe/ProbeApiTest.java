package dev.switchback.probe;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs are probed while they go on, over HTTP, with real processes and a service that is broken on purpose. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ProbeApiTest {

    private static final String NO = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    Path folder;

    private ProbedService service;
    private String migration;
    private String environment;

    @BeforeEach
    void start() throws IOException {
        service = new ProbedService();
        String unique = UUID.randomUUID().toString().substring(0, 8);
        environment = "probed-" + unique;
        migration = "probed-" + unique;
        importFile(Samples.environment(environment, "staging", folder.toString())
                + "  web: {kind: http, url: \"http://127.0.0.1:" + service.port + "\"}\n");
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private StartedRun run(String probe, String steps) {
        importFile(Samples.migration(migration, "svc-" + migration, steps) + "\n" + probe);
        return StartedRun.of(migration, environment);
    }

    private static String probe(String more) {
        return "probe: {target: web, request: GET /health, every: 20ms" + more + "}\n";
    }

    /** The service fails as long as the file {@code down} is there. */
    private void failsWhileDown() {
        service.answers((path, fresh) -> folder.resolve("down").toFile().exists() ? NO : ProbedService.FINE);
    }

    private static final String BREAKS =
            "  - {id: restart, title: Restart, phase: change, shell: {target: host, command: \"touch down; sleep 0.5;"
                    + " rm down\"}, rollback: {shell: {target: host, command: sleep 0.5}}}\n";

    @Test
    void a_healthy_run_is_proven_on_the_api_and_on_its_page() {
        StartedRun run = run(
                probe(""),
                "  - {id: slow, title: Slow, phase: change, noRollback: none, shell: {target: host, command: sleep"
                        + " 1}}\n");
        JsonPath over = run.awaitState("succeeded");
        assertThat(over.getInt("probe.sent")).isGreaterThan(20);
        assertThat(over.getInt("probe.failed")).isZero();
        assertThat(over.getList("probe.outages")).isEmpty();
        assertThat(over.getString("probe.sentence")).startsWith("0 of ");
        admin().get(run.page())
                .then()
                .statusCode(200)
                .body(containsString("probes failed"), containsString("Availability in time"));
    }

    @Test
    void a_restart_during_a_step_fails_that_step_and_asks_what_to_do() {
        failsWhileDown();
        StartedRun run = run(probe(""), BREAKS);
        JsonPath asks = run.awaitState("waiting");
        assertThat(asks.getString("steps[0].state")).isEqualTo("failed");
        assertThat(asks.getString("steps[0].message"))
                .matches(
                        "the command succeeded \\(exit status 0\\), but \\d+ of \\d+ probes failed during it: \\d+ 5xx;"
                                + " 0 are tolerated");
        assertThat(asks.getString("steps[0].expected")).isEqualTo("at most 0 failed probes");
        assertThat(asks.getString("probe.outages[0].step")).isEqualTo("restart");
        admin().get(run.page()).then().body(containsString("Lasted"));
        run.press("steps/restart/skip", "{\"note\": \"seen\"}", 200);
        assertThat(run.awaitState("succeeded").getBoolean("probe.withoutDowntime"))
                .isFalse();
    }

    @Test
    void a_service_that_was_restarted_shows_as_failed_probes_at_that_step() throws Exception {
        StartedRun run = run(
                probe(""),
                "  - {id: before, title: Before, phase: change, noRollback: none, shell: {target: host, command: sleep"
                        + " 0.5}}\n"
                        + "  - {id: restart, title: Restart, phase: change, noRollback: none, shell: {target: host,"
                        + " command: \"touch down; until [ -e up ]; do sleep 0.05; done\"}}\n");
        await().until(() -> folder.resolve("down").toFile().exists());
        service.dies();
        await().until(() -> run.now().getInt("probe.failed") > 5);
        service.comesBack();
        Files.createFile(folder.resolve("up"));
        JsonPath asks = run.awaitState("waiting");
        assertThat(asks.getString("steps[1].message")).contains(" probes failed during it: ", " refused");
        assertThat(asks.getList("probe.outages.step")).containsOnly("restart");
        assertThat(asks.getInt("probe.steps.find { it.step == 'before' }.failed"))
                .isZero();
        assertThat(asks.getInt("probe.steps.find { it.step == 'restart' }.failed"))
                .isPositive();
        admin().get(run.page()).then().body(containsString("When probes failed"), containsString("<td>restart</td>"));
        run.press("abort", "{\"reason\": \"enough\"}", 200);
    }

    @Test
    void goes_back_by_itself_when_the_runbook_says_so() {
        failsWhileDown();
        StartedRun run = run(probe("") + "onFailure: rollback\n", BREAKS);
        JsonPath back = run.awaitState("rolled-back");
        assertThat(back.getInt("probe.failed")).isPositive();
        assertThat(back.getInt("probe.steps.find { it.leg == 'back' }.sent"))
                .as("probes on the way back")
                .isPositive();
    }

    @Test
    void a_few_failures_may_be_tolerated() {
        failsWhileDown();
        StartedRun run = run(probe(", tolerate: 100000"), BREAKS);
        assertThat(run.awaitState("succeeded").getInt("probe.failed")).isPositive();
    }

    @Test
    void a_wait_ends_early_and_a_person_is_probed_for_meanwhile() {
        StartedRun run = run(
                probe(""),
                "  - {id: look, title: Look, phase: change, noRollback: none, manual: {instructions: Look.}}\n"
                        + "  - {id: soak, title: Soak, phase: verify, wait: {for: 5m}}\n");
        run.awaitState("waiting");
        await().until(() -> run.now().get("probe") != null);
        int sent = run.now().getInt("probe.sent");
        await().atMost(Duration.ofSeconds(20)).until(() -> run.now().getInt("probe.sent") > sent + 20);
        run.press("steps/look/confirm", "{}", 200);
        await().until(() -> "running".equals(run.now().getString("steps[1].state")));
        service.answers((path, fresh) -> NO);
        JsonPath asks = run.awaitState("waiting");
        assertThat(asks.getString("steps[1].message")).startsWith("it was ended early, because");
        run.press("abort", "{\"reason\": \"enough\"}", 200);
    }

    @Test
    void a_probe_without_its_target_is_refused_before_the_run() {
        importFile(Samples.migration(
                        migration,
                        "svc-" + migration,
                        "  - {id: slow, title: Slow, phase: change, noRollback: none, shell: {target: host, command:"
                                + " \"true\"}}\n")
                + "\nprobe: {target: nowhere, request: GET /health}\n");
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(409)
                .body(containsString("nowhere"));
    }

    @Test
    void a_runbook_without_a_probe_says_so() {
        StartedRun run = run(
                "",
                "  - {id: slow, title: Slow, phase: change, noRollback: none, shell: {target: host, command:"
                        + " \"true\"}}\n");
        assertThat(run.awaitState("succeeded").<Object>get("probe")).isNull();
        admin().get(run.page()).then().body(containsString("declares no probe"));
    }
}
