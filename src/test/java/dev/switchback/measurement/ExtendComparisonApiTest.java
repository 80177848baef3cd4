package dev.switchback.measurement;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import dev.switchback.platform.Tool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks are added to an inconclusive comparison, once: over HTTP, with numbers that a command prints. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ExtendComparisonApiTest {

    /** Ten numbers that go round in a ring: always as noisy, and always the same. */
    private static final String METRICS = """

        metrics:
          - name: noisy
            shell: {target: host, repeat: 10, command: "n=$(cat n 2>/dev/null || echo 0); echo $(((n + 1) % 10)) > n; set -- 80 120 95 140 70 110 130 90 100 105; shift $n; echo $1"}
        """;

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: x}\n";

    @TempDir
    Path folder;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "extended-" + unique;
    private final String place = "twice-" + unique;

    @BeforeEach
    void open() {
        importFile(Samples.environment(place, "staging", folder.toString()));
        declare(METRICS);
    }

    private void declare(String metrics) {
        importFile(Samples.migration(key, "svc-" + unique, STEP) + metrics);
    }

    private int measured(String moment) {
        return ended(admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", \"moment\": \"" + moment + "\"}")
                .post("/api/v1/migrations/" + key + "/measurements")
                .then()
                .statusCode(202)
                .extract()
                .header("Location"));
    }

    private static int ended(String location) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !admin().get(location).path("state").equals("running"));
        assertThat(admin().get(location).<String>path("state")).isEqualTo("complete");
        return Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    }

    private static JsonPath compared(Object before, Object after) {
        return admin().get("/api/v1/comparisons?before=" + before + "&after=" + after)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void blocks_are_added_once_to_the_side_that_was_measured_last_and_judged_twice_as_strictly() throws IOException {
        int before = measured("before");
        int after = measured("after");
        JsonPath first = compared(before, after);
        assertThat(first.getString("reason")).isEqualTo("INC_NOISY");
        assertThat(first.getBoolean("extended")).isFalse();
        int id = first.getInt("id");
        String page = "/comparisons/" + id;
        admin().get("/api/v1" + page)
                .then()
                .body("extension.canExtend", is("after"))
                .body("extension.seconds", notNullValue());
        admin().get(page).then().body(containsString("Add 20 blocks after"));

        String location = admin().post("/api/v1" + page + "/extend")
                .then()
                .statusCode(202)
                .body("extension.measurement", notNullValue())
                .body("extension.comparison", nullValue())
                .extract()
                .header("Location");
        admin().post("/api/v1" + page + "/extend")
                .then()
                .statusCode(409)
                .body("detail", containsString("already"))
                .body("measurement", is(location));
        int added = ended(location);
        admin().get(location)
                .then()
                .body("extendsComparison", is(id))
                .body("moment", is("after"))
                .body("metrics[0].n", is(10));
        admin().get("/measurements/" + added).then().body(containsString("comparison " + id));
        String second = admin().get("/api/v1" + page).path("extension.comparison");
        assertThat(second).isEqualTo("/api/v1/comparisons?before=" + before + "&after=" + after + "," + added);
        admin().get(page).then().body(containsString("See the second look"), not(containsString("Add 20 blocks")));

        JsonPath whole = admin().get(second).then().statusCode(200).extract().jsonPath();
        assertThat(whole.getBoolean("extended")).isTrue();
        assertThat(whole.getDouble("level")).isEqualTo(0.025);
        assertThat(whole.getList("legs.name")).isEqualTo(List.of("before", "after", "after, added"));
        assertThat(whole.getString("sentence")).contains("Blocks were added after a first look");
        assertThat(whole.getString("metrics[0].sentence")).contains("there is no third");
        int again = whole.getInt("id");
        admin().get("/comparisons/" + again)
                .then()
                .body(containsString("97.5 % interval"), not(containsString("Add 20 blocks")));
        admin().post("/api/v1/comparisons/" + again + "/extend")
                .then()
                .statusCode(409)
                .body("expected", containsString("no third look"));
        // The first look stays what it was, and the second is judged again from its bundle alone.
        assertThat(compared(before, after).getInt("id")).isEqualTo(id);
        assertThat(recomputed(again)).isZero();
        admin().redirects()
                .follow(false)
                .post("/comparisons/" + again + "/again")
                .then()
                .header("Location", containsString("/comparisons/" + again));
        // Half of a second look is none.
        admin().get("/api/v1/comparisons?before=" + before + "&after=" + added)
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("was added to comparison " + id));
    }

    private int recomputed(int id) throws IOException {
        Path bundle = folder.resolve("bundle.zip");
        Files.write(
                bundle, admin().get("/api/v1/comparisons/" + id + "/bundle.zip").asByteArray());
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Tool.named("judge").orElseThrow().run(List.of(bundle.toString()), out, out);
    }

    private int imported() {
        String location = admin().contentType("text/csv")
                .body("atMs,valueMs,ok,cache\n0,10,true,\n100,12,true,\n")
                .post("/api/v1/migrations/" + key + "/measurements/import?environment=" + place
                        + "&moment=after&metric=noisy")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        return Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    }

    @Test
    void nothing_is_added_to_a_state_that_a_run_has_changed_since() {
        int before = measured("before");
        int after = measured("after");
        int id = compared(before, after).getInt("id");
        String location = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", \"purpose\": \"live\", \"measure\": \"none\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        new StartedRun(Long.parseLong(location.substring(location.lastIndexOf('/') + 1))).awaitState("succeeded");
        admin().get("/api/v1/comparisons/" + id).then().body("extension.canExtend", nullValue());
        admin().post("/api/v1/comparisons/" + id + "/extend")
                .then()
                .statusCode(409)
                .body("detail", containsString("is not there any more"));
    }

    @Test
    void nothing_is_added_to_the_wrong_side_or_to_samples_of_another_tool() {
        declare(METRICS.replace("repeat: 10", "repeat: 5"));
        int few = measured("before");
        declare(METRICS);
        int after = measured("after");
        int id = compared(few, after).getInt("id");
        admin().post("/api/v1/comparisons/" + id + "/extend")
                .then()
                .statusCode(409)
                .body("detail", containsString("The side before has too few samples of noisy"));
        int imported = imported();
        int other = compared(measured("before"), imported).getInt("id");
        admin().post("/api/v1/comparisons/" + other + "/extend")
                .then()
                .statusCode(409)
                .body("detail", containsString("More blocks would not settle comparison"));
        admin().post("/api/v1/comparisons/999999999/extend").then().statusCode(404);
    }
}
