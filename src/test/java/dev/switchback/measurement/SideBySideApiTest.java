package dev.switchback.measurement;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two versions that are up at once are measured in turns, over HTTP. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SideBySideApiTest {

    private static final String METRICS = """
        metrics:
          - name: list
            http: {target: web, request: "GET /api/products", rate: 100, blocks: 10, perBlock: 20, pause: 10ms, warmUp: 0ms}
          - name: rows
            shell: {target: host, command: echo 1, repeat: 1}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "beside-" + unique;
    private final String place = "both-" + unique;
    private MeasuredService before;
    private MeasuredService after;

    @BeforeEach
    void open() throws IOException {
        before = new MeasuredService();
        after = new MeasuredService();
        importFile(Samples.environment(place, "staging", ".")
                + "  web: {kind: http, url: \"" + before.url() + "\"}\n"
                + "  web-new: {kind: http, url: \"" + after.url() + "\"}\n");
        importFile(Samples.migration(key, "svc-" + unique, "").replace("steps:\n", METRICS));
    }

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    private ValidatableResponse measure(String more) {
        return admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", " + more + "}")
                .post("/api/v1/migrations/" + key + "/measurements")
                .then();
    }

    private static JsonPath ended(long id) {
        String location = "/api/v1/measurements/" + id;
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !admin().get(location).path("state").equals("running"));
        return admin().get(location).jsonPath();
    }

    @Test
    void both_versions_are_measured_in_turns_and_that_is_grade_a() {
        JsonPath begun = measure(
                        "\"moment\": \"before\", \"metrics\": [\"list\"], \"beside\": {\"target\": \"web-new\"}")
                .statusCode(202)
                .extract()
                .jsonPath();
        long one = begun.getLong("id");
        long other = begun.getLong("beside");
        JsonPath old = ended(one);
        JsonPath young = ended(other);
        assertThat(List.of(old.getString("state"), young.getString("state"))).containsOnly("complete");
        assertThat(young.getString("moment")).isEqualTo("after");
        assertThat(young.getLong("beside")).isEqualTo(one);
        assertThat(List.of(old.getInt("metrics[0].n"), young.getInt("metrics[0].n")))
                .containsOnly(200);
        assertThat(List.of(before.asked.get(), after.asked.get())).containsOnly(220);

        admin().get("/api/v1/comparisons?before=" + one + "&after=" + other)
                .then()
                .statusCode(200)
                .body("grade", is("A"))
                .body("remarks", hasItem(containsString("the version after was reached at web-new")))
                .body("metrics.reason", org.hamcrest.Matchers.not(hasItem("NC_TARGET")));
        admin().get("/measurements/" + one)
                .then()
                .body(containsString("Side by side with"), containsString("did it get better?"));
    }

    @Test
    void stopping_one_of_them_stops_both() {
        importFile(Samples.migration(key, "svc-" + unique, "")
                .replace("steps:\n", METRICS.replace("pause: 10ms", "pause: 2s")));
        Visitor visitor = Visitor.signedIn();
        String list = "/migrations/" + key + "/measurements";
        assertThat(visitor.page(list)).contains("Both versions are up");
        JsonPath begun = measure("\"moment\": \"before\", \"metrics\": [\"list\"],"
                        + " \"beside\": {\"headers\": {\"X-Version\": \"new\"}}")
                .statusCode(202)
                .extract()
                .jsonPath();
        long other = begun.getLong("beside");
        measure("\"moment\": \"after\"").statusCode(409);
        admin().post("/api/v1/measurements/" + other + "/stop").then().statusCode(200);
        assertThat(ended(other).getString("state")).isEqualTo("stopped");
        assertThat(ended(begun.getLong("id")).getString("message")).isEqualTo("Stopped by admin");
    }

    @Test
    void what_makes_no_sense_is_told_at_once() {
        measure("\"moment\": \"after\", \"beside\": {\"target\": \"host\", \"headers\": {\"a b\": \"c\"}}")
                .statusCode(422)
                .body("violations.field", hasItem("beside.target"))
                .body("violations.field", hasItem("beside.headers"))
                .body("violations.field", hasItem("moment"))
                .body("violations.message", hasItem(containsString("rows sends no requests")));
        measure("\"moment\": \"before\", \"metrics\": [\"list\"], \"beside\": {}")
                .statusCode(422)
                .body("violations[0].field", is("beside"));
    }
}
