package dev.switchback.probe;

import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is probed for a while after its last step, and what fails then is its business, too. */
@QuarkusTest
@TestProfile(ProbeTailApiTest.Tail.class)
@QuarkusTestResource(TestDatabase.class)
class ProbeTailApiTest {

    private static final String NO = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";

    /** Long enough to break a service in. */
    public static class Tail implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("switchback.probe.tail", "3S");
        }
    }

    @TempDir
    Path folder;

    private ProbedService service;
    private String unique;

    @BeforeEach
    void start() throws IOException {
        service = new ProbedService();
        unique = "tail-" + UUID.randomUUID().toString().substring(0, 8);
        importFile(Samples.environment(unique, "staging", folder.toString())
                + "  web: {kind: http, url: \"http://127.0.0.1:" + service.port + "\"}\n");
        importFile(Samples.migration(
                        unique,
                        "svc-" + unique,
                        "  - {id: last, title: Last, phase: change, shell: {target: host, command: \"true\"},"
                                + " rollback: {shell: {target: host, command: \"true\"}}}\n")
                + "\nprobe: {target: web, request: GET /health, every: 20ms}\n");
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    /** The service fails for a moment when every step is done; answers how the run paused. */
    private JsonPath failsAfterTheLastStep(StartedRun run, int steps) {
        await().until(() -> run.now().getList("steps").size() == steps
                && "succeeded".equals(run.now().getString("steps[" + (steps - 1) + "].state")));
        service.answers((path, fresh) -> NO);
        JsonPath paused = run.awaitState("paused");
        service.answers((path, fresh) -> ProbedService.FINE);
        assertThat(paused.getString("reason"))
                .matches("Every step is done, but \\d+ of \\d+ probes failed after the last one: \\d+ 5xx; 0 are"
                        + " tolerated. Go on to accept that, or roll back");
        assertThat(paused.getList("steps.state")).doesNotContain("failed");
        return paused;
    }

    @Test
    void what_fails_after_the_last_step_pauses_the_run_until_a_person_accepts_it() {
        StartedRun run = StartedRun.of(unique, unique);
        JsonPath paused = failsAfterTheLastStep(run, 1);
        run.press("resume", "{\"reason\": \"a restart of the proxy\"}", 200);
        JsonPath over = run.awaitState("succeeded");
        assertThat(over.getInt("probe.sent"))
                .as("it is probed on after a pause")
                .isGreaterThan(paused.getInt("probe.sent") + 50);
        assertThat(over.getBoolean("probe.withoutDowntime")).isFalse();
        assertThat(over.getString("probe.outages[0].step")).isEqualTo("last");
    }

    @Test
    void a_rehearsal_whose_probe_failed_is_no_proof_even_when_a_person_accepts_it() {
        StartedRun run = StartedRun.rehearsal(unique, unique);
        failsAfterTheLastStep(run, 3);
        run.press("resume", "{\"reason\": \"a restart of the proxy\"}", 200);
        assertThat(run.awaitState("failed").getString("reason"))
                .matches("Every step is done, but the probe did not hold: \\d+ probes? failed in all; 0 are"
                        + " tolerated\\. A rehearsal proves the way only when it does");
    }

    @Test
    void a_service_that_stays_up_is_probed_until_the_tail_is_over() {
        StartedRun run = StartedRun.of(unique, unique);
        JsonPath over = run.awaitState("succeeded");
        assertThat(over.getInt("probe.failed")).isZero();
        assertThat(over.getInt("probe.sent")).as("probes in 3 s of tail").isGreaterThan(100);
    }
}
