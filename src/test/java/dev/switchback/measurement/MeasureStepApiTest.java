package dev.switchback.measurement;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run measures at one of its steps, over HTTP, against a service that answers at once. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class MeasureStepApiTest {

    private static final String SHORT = """

        metrics:
          - name: list
            http: {target: web, request: "GET /api/products", rate: 100, blocks: 10, perBlock: 20, pause: 10ms, warmUp: 0ms}
          - name: elsewhere
            http: {target: other, request: "GET /api/products", rate: 100}
        """;

    /** Never over by itself within a test. */
    private static final String LONG = """

        metrics:
          - name: list
            http: {target: web, request: "GET /api/products", rate: 20, blocks: 60, perBlock: 20, pause: 1s, warmUp: 0ms}
        """;

    private static final String LOOK = "  - {id: look, title: Look, phase: verify, measure: {metrics: [list]}}\n";

    @TempDir
    Path folder;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "looks-" + unique;
    private final String place = "looked-" + unique;
    private MeasuredService service;

    @BeforeEach
    void open() throws IOException {
        service = new MeasuredService();
        importFile(Samples.environment(place, "staging", folder.toString())
                + "  web: {kind: http, url: \"" + service.url() + "\"}\n"
                + "identity:\n  - {http: {target: web, request: GET /whoami}, is: staging}\n");
    }

    @AfterEach
    void close() {
        service.close();
    }

    private StartedRun start(String steps, String metrics) {
        importFile(Samples.migration(key, "svc-" + unique, steps) + metrics);
        String location = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", \"purpose\": \"live\", \"measure\": \"none\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        return new StartedRun(Long.parseLong(location.substring(location.lastIndexOf('/') + 1)));
    }

    private static void awaitMeasuring(StartedRun run) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "running".equals(run.now().getString("measurements[0].state")));
    }

    @Test
    void a_step_measures_at_its_place_and_leads_to_what_it_measured() {
        StartedRun run = start(
                "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: x}\n"
                        + LOOK,
                SHORT);
        JsonPath over = run.awaitState("succeeded");
        long id = over.getLong("measurements[0].id");
        assertThat(over.getString("steps[1].message")).isEqualTo("Measurement " + id + " is complete");
        assertThat(over.getString("measurements[0].moment")).isEqualTo("adhoc");
        assertThat(over.getList("measurements[0].metrics.name")).isEqualTo(List.of("list"));
        assertThat(over.getInt("measurements[0].metrics[0].n")).isEqualTo(200);
        assertThat(over.getList("comparisons")).isEmpty();
        admin().get(run.page() + "/steps/look").then().body(containsString("href=\"/measurements/" + id + "\""));
        admin().get(run.page()).then().body(containsString("At step look"));
    }

    @Test
    void aborting_ends_the_measurement_within_seconds() {
        StartedRun run = start(LOOK, LONG);
        awaitMeasuring(run);
        long pressed = System.nanoTime();
        run.press("abort", "{\"reason\": \"enough\"}", 200);
        JsonPath over = run.awaitState("aborted");
        assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(8));
        assertThat(over.getString("measurements[0].state")).isEqualTo("stopped");
        assertThat(over.getString("steps[0].message")).contains("was stopped with the step");
    }

    @Test
    void a_measurement_that_a_person_stops_fails_its_step() {
        StartedRun run = start(LOOK, LONG);
        awaitMeasuring(run);
        long id = run.now().getLong("measurements[0].id");
        admin().post("/api/v1/measurements/" + id + "/stop").then().statusCode(200);
        JsonPath asks = run.awaitState("waiting");
        assertThat(asks.getString("steps[0].state")).isEqualTo("failed");
        assertThat(asks.getString("steps[0].message"))
                .isEqualTo("Measurement " + id + " did not come to its end: Stopped by admin; nothing was changed");
        run.press("abort", "{\"reason\": \"enough\"}", 200);
    }

    @Test
    void what_cannot_be_measured_fails_the_step_and_can_be_tried_again() {
        service.name = "another";
        StartedRun run = start(LOOK, SHORT);
        JsonPath asks = run.awaitState("waiting");
        assertThat(asks.getString("steps[0].message"))
                .contains("could not be taken", "This is not " + place, "nothing was measured");
        assertThat(asks.getBoolean("steps[0].retrySafe")).isTrue();
        service.name = "staging";
        run.press("steps/look/retry", "{}", 200);
        assertThat(run.awaitState("succeeded").getList("measurements.state")).containsExactly("failed", "complete");
    }

    @Test
    void a_step_with_a_timeout_is_ended_by_it() {
        StartedRun run = start(LOOK.replace("phase: verify", "phase: verify, timeout: 2s"), LONG);
        JsonPath asks = run.awaitState("waiting");
        assertThat(asks.getString("steps[0].message")).contains("was ended, because the time of the step was over");
        run.press("abort", "{\"reason\": \"enough\"}", 200);
    }

    @Test
    void a_metric_that_cannot_be_measured_there_is_told_before_anything_runs() {
        importFile(Samples.migration(key, "svc-" + unique, LOOK.replace("[list]", "[list, elsewhere]")) + SHORT);
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(409)
                .body("detail", containsString("elsewhere needs the target other, which " + place + " does not have"));
    }
}
