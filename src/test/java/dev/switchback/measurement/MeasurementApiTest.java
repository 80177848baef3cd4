package dev.switchback.measurement;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.platform.Json;
import dev.switchback.sampling.Amount;
import dev.switchback.step.Cancellation;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Measuring now, against a service that answers at once. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class MeasurementApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SHORT = """
        metrics:
          - name: product-list
            http: {target: web, request: "GET /api/products", rate: 100, blocks: 10, perBlock: 20, pause: 10ms, warmUp: 0ms, dbCallsHeader: X-DB-Calls}
            class: warm
        """;

    /** As short as it could be and never over by itself within a test. */
    private static final String LONG = """
        metrics:
          - name: product-list
            http: {target: web, request: "GET /api/products", rate: 20, blocks: 60, perBlock: 20, pause: 1s, warmUp: 0ms}
          - name: busy
            http: {target: web, request: "GET /api/busy", rate: 50}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "now-" + unique;
    private final String place = "place-" + unique;
    private MeasuredService service;

    @Inject
    EntityManager entities;

    @Inject
    TakeForRun takeForRun;

    @Inject
    Measurements measurements;

    @BeforeEach
    void open() throws IOException {
        service = new MeasuredService();
        importFile(environment(place, "staging"));
    }

    @AfterEach
    void stopWhatStillRuns() {
        List<Integer> running = admin().get("/api/v1/migrations/" + key + "/measurements")
                .jsonPath()
                .getList("items.findAll { it.state == 'running' }.id");
        if (running != null) {
            running.forEach(id -> ended("/api/v1/measurements/" + stop(id)));
        }
        service.close();
    }

    private int stop(int id) {
        admin().post("/api/v1/measurements/" + id + "/stop");
        return id;
    }

    private String environment(String name, String tier) {
        return """
            apiVersion: switchback/v1
            kind: Environment
            key: %s
            name: %s
            tier: %s
            targets:
              web: {kind: http, url: "%s"}
            identity:
              - {http: {target: web, request: GET /whoami}, is: staging}
            """.formatted(name, name, tier, service.url());
    }

    private void declare(String metrics) {
        importFile(Samples.migration(key, "svc-" + unique, "").replace("steps:\n", metrics));
    }

    private ValidatableResponse measure(String body) {
        return admin().contentType(ContentType.JSON)
                .body(body.replace("PLACE", place))
                .post("/api/v1/migrations/" + key + "/measurements")
                .then();
    }

    private String begun(String body) {
        return measure(body).statusCode(202).extract().header("Location");
    }

    private static ValidatableResponse ended(String location) {
        await().atMost(PATIENCE)
                .until(() -> !admin().get(location).path("state").equals("running"));
        return admin().get(location).then().statusCode(200);
    }

    @Test
    void measures_what_is_declared_and_keeps_every_sample() {
        declare(SHORT);
        String location = measure("{\"environment\": \"PLACE\", \"moment\": \"before\"}")
                .statusCode(202)
                .header("Location", startsWith("/api/v1/measurements/"))
                .body("state", is("running"))
                .body("amount", is("full"))
                .body("metrics[0].state", notNullValue())
                .extract()
                .header("Location");
        ValidatableResponse whole = ended(location)
                .body("state", is("complete"))
                .body("message", nullValue())
                .body("progress", nullValue())
                .body("startedAt", notNullValue())
                .body("endedAt", notNullValue())
                .body("metrics", hasSize(1))
                .body("metrics[0].state", is("complete"))
                .body("metrics[0].failed", is(0))
                .body("metrics[0].unit", is("ms"))
                .body("metrics[0].p50", notNullValue())
                .body("metrics[0].hitRatio", is(1.0f))
                .body("metrics[0].dbCalls", is(3.0f))
                .body("metrics[0].facts.prober.version", is("sampler/1"));
        requireWholeBlocks(whole, 20);
        List<String> rows =
                admin().get(location + "/samples").asString().lines().skip(1).toList();
        assertThat(rows).hasSize(service.asked.get()).hasSizeGreaterThanOrEqualTo(220);
        assertThat(rows).allMatch(row -> row.startsWith("product-list,"));
        assertThat(rows).filteredOn(row -> row.startsWith("product-list,-1,")).hasSize(20);
    }

    /** A busy machine is not steady: then the sampler adds ten blocks, once, and counts them or the first ones. */
    private static void requireWholeBlocks(ValidatableResponse measurement, int perBlock) {
        int blocks = measurement.extract().path("metrics[0].blocks");
        assertThat(blocks).isIn(10, 20);
        measurement.body("metrics[0].n", is(blocks * perBlock));
    }

    @Test
    void the_small_preset_asks_less() {
        declare(SHORT.replace("blocks: 10, perBlock: 20", "blocks: 12, perBlock: 40"));
        String location = begun("{\"environment\": \"PLACE\", \"moment\": \"adhoc\", \"amount\": \"quick\"}");
        requireWholeBlocks(ended(location).body("amount", is("quick")), 30);
    }

    @Test
    void the_large_preset_asks_more_and_says_at_once_how_long_that_takes() {
        declare(SHORT);
        String location = measure("{\"environment\": \"PLACE\", \"moment\": \"before\", \"amount\": \"thorough\"}")
                .statusCode(202)
                .body("amount", is("thorough"))
                .body("likelyEndAt", notNullValue())
                .body("metrics[0].spec.http.perBlock", is(100))
                .body("metrics[0].spec.http.blocks", is(20))
                .extract()
                .header("Location");
        admin().post(location + "/stop").then().statusCode(200);
        ended(location).body("state", is("stopped"));
        measure("{\"environment\": \"PLACE\", \"moment\": \"before\", \"amount\": \"huge\"}")
                .statusCode(422)
                .body("violations[0].expected", is("full, quick or thorough"));
    }

    @Test
    void a_baseline_says_when_a_second_sitting_would_prove_more() {
        declare(SHORT);
        String location = begun("{\"environment\": \"PLACE\", \"moment\": \"before\"}");
        ended(location).body("state", is("complete"));
        admin().get(location.replace("/api/v1", ""))
                .then()
                .body(containsString("Measure before once more, at least 15 minutes after "));
        // As if it had been taken half an hour ago.
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("UPDATE measurement SET started_at = started_at - interval '30"
                                + " minutes', ended_at = ended_at - interval '30 minutes' WHERE id = :id")
                        .setParameter("id", Long.parseLong(location.substring(location.lastIndexOf('/') + 1)))
                        .executeUpdate());
        String second = begun("{\"environment\": \"PLACE\", \"moment\": \"before\"}");
        ended(second).body("state", is("complete"));
        String first = location.substring(location.lastIndexOf('/') + 1);
        admin().get(second.replace("/api/v1", ""))
                .then()
                .body(containsString("Together with measurement " + first + " it is a baseline in two sittings"));
        String after = begun("{\"environment\": \"PLACE\", \"moment\": \"after\"}");
        ended(after).body("state", is("complete"));
        for (String named : List.of(location, second)) {
            admin().get("/api/v1/comparisons?before=" + named.substring(named.lastIndexOf('/') + 1) + "&after="
                            + after.substring(after.lastIndexOf('/') + 1))
                    .then()
                    .body("legs.name", is(List.of("before", "before again", "after")))
                    .body("grade", is("C"));
        }
    }

    @Test
    void an_outage_is_measured_and_not_refused() {
        declare(SHORT);
        service.status = 503;
        ended(begun("{\"environment\": \"PLACE\", \"moment\": \"after\"}"))
                .body("state", is("complete"))
                .body("metrics[0].n", is(200))
                .body("metrics[0].failed", is(200))
                .body("metrics[0].p50", nullValue());
    }

    @Test
    void a_second_one_of_the_same_service_there_waits_for_nobody_and_is_refused_with_the_first() {
        declare(LONG);
        String location =
                begun("{\"environment\": \"PLACE\", \"moment\": \"before\", \"metrics\": [\"product-list\"]}");
        measure("{\"environment\": \"PLACE\", \"moment\": \"after\"}")
                .statusCode(409)
                .body("measurement", is(location))
                .body("retrySafe", is(true));
        await().atMost(PATIENCE).until(() -> admin().get(location).path("progress.block") != null);
        admin().get(location)
                .then()
                .body("progress.metric", is("product-list"))
                .body("likelyEndAt", notNullValue())
                .body("metrics", hasSize(1))
                .body("instance", notNullValue());
        admin().post(location + "/stop").then().statusCode(200).body("stoppedBy", is("admin"));
        ended(location)
                .body("state", is("stopped"))
                .body("message", is("Stopped by admin"))
                .body("metrics[0].state", is("stopped"));
        admin().post(location + "/stop").then().statusCode(409).body("detail", containsString("stopped"));
    }

    @Test
    void what_nobody_carries_out_any_more_is_interrupted_and_stays_so() {
        declare(LONG);
        String location =
                begun("{\"environment\": \"PLACE\", \"moment\": \"before\", \"metrics\": [\"product-list\"]}");
        long id = Long.parseLong(location.replaceAll(".*/", ""));
        await().atMost(PATIENCE).until(() -> admin().get(location).path("metrics[0].n"), n -> (int) n > 0);
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "UPDATE measurement SET instance = 'elsewhere gone', lease_until = now() - interval '1"
                                        + " h' WHERE id = " + id)
                        .executeUpdate());
        ended(location)
                .body("state", is("interrupted"))
                .body("message", containsString("fell silent"))
                .body("metrics[0].state", is("interrupted"));
        int asked = await().atMost(PATIENCE).until(this::askedInASecond, this::isQuiet);
        assertThat(asked).isPositive();
        admin().get(location).then().body("state", is("interrupted"));
        assertThat(admin().get(location + "/samples").asString().lines()).hasSizeGreaterThan(1);
    }

    private int last = -1;

    private int askedInASecond() {
        return service.asked.get();
    }

    /** Whether nothing was sent since it was asked the last time. */
    private boolean isQuiet(int asked) {
        boolean quiet = asked == last;
        last = asked;
        return quiet;
    }

    @Test
    void nothing_is_measured_in_the_wrong_place_and_no_secret_is_told() {
        declare(SHORT);
        service.name = "production, t0p-secret-value";
        String answer = ended(begun("{\"environment\": \"PLACE\", \"moment\": \"before\"}"))
                .body("state", is("failed"))
                .body("message", startsWith("This is not " + place))
                .body("expected", notNullValue())
                .body("metrics[0].state", is("failed"))
                .extract()
                .asString();
        assertThat(answer).doesNotContain("t0p-secret-value");
        assertThat(service.asked).hasValue(0);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        declare(LONG);
        measure("{\"environment\": \"nope\", \"metrics\": [\"product-list\", \"other\"], \"amount\": \"lots\"}")
                .statusCode(422)
                .body("violations.field", is(List.of("environment", "moment", "amount", "metrics[1]")))
                .body("violations.expected", hasItem("one of: product-list, busy"));
        measure("{\"environment\": \"PLACE\", \"moment\": \"before\", \"metrics\": []}")
                .statusCode(422)
                .body("violations.field", is(List.of("metrics")));
        measure("{\"environment\": \"PLACE\", \"moment\": \"before\", \"speed\": 1}")
                .statusCode(422);
        admin().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/migrations/no-such/measurements")
                .then()
                .statusCode(404);
        admin().contentType(ContentType.JSON)
                .post("/api/v1/migrations/" + key + "/measurements")
                .then()
                .statusCode(400);
    }

    @Test
    void a_migration_without_metrics_says_where_they_are_declared() {
        declare("");
        measure("{\"environment\": \"PLACE\", \"moment\": \"before\"}")
                .statusCode(422)
                .body("violations[0].message", containsString("declares no metrics"));
    }

    @Test
    void a_metric_whose_target_is_not_there_is_refused_before_anything_is_sent() {
        declare(SHORT.replace("target: web", "target: shopfront"));
        measure("{\"environment\": \"PLACE\", \"moment\": \"before\"}")
                .statusCode(422)
                .body("violations[0].message", containsString("target shopfront"))
                .body("violations[0].expected", containsString("web"));
    }

    @Test
    void in_production_no_metric_sends_more_than_an_administrator_allows() {
        declare(LONG);
        importFile(environment("prod-" + unique, "production"));
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"prod-" + unique + "\", \"moment\": \"before\"}")
                .post("/api/v1/migrations/" + key + "/measurements")
                .then()
                .statusCode(422)
                .body("violations.message", hasItem(containsString("busy sends 50 requests a second")))
                .body("violations.expected", hasItem(containsString("switchback.measurement.production-rate")));
        assertThat(service.asked).hasValue(0);
    }

    @Test
    void a_program_that_may_only_read_measures_nothing() {
        declare(SHORT);
        String token = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"reader-" + unique + "\", \"scopes\": [\"read\"]}")
                .post("/api/v1/tokens")
                .then()
                .extract()
                .path("token");
        Http.token(token)
                .contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", \"moment\": \"before\"}")
                .post("/api/v1/migrations/" + key + "/measurements")
                .then()
                .statusCode(403);
    }

    @Test
    void a_run_measures_its_legs_in_its_own_thread() {
        importFile(Samples.migration(
                        key,
                        "svc-" + unique,
                        "  - {id: look, title: Look, phase: verify, manual: {instructions: Look.}}\n")
                .replace("steps:\n", SHORT + "steps:\n"));
        int run = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", \"purpose\": \"rehearsal\", \"measure\": \"none\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        TakeForRun.RunSitting sitting = sitting(run);
        TakeForRun.MeasurementRow row = takeForRun.take(sitting, new Cancellation());
        assertThat(row.state()).isEqualTo(MeasurementState.COMPLETE);
        assertThat(row.message()).isEmpty();
        assertThat(QuarkusTransaction.requiringNew().call(() -> measurements.ofRun(run)))
                .containsExactly(
                        new Measurements.OfRun(row.id(), 1, "forward", Moment.BEFORE, MeasurementState.COMPLETE));
        requireWholeBlocks(
                admin().get("/api/v1/measurements/" + row.id())
                        .then()
                        .body("run", is(run))
                        .body("leg", is("forward")),
                20);

        var pulled = new Cancellation();
        pulled.cancel(Cancellation.Reason.ABORTED);
        assertThat(takeForRun.take(sitting, pulled).state()).isEqualTo(MeasurementState.STOPPED);
        admin().contentType(ContentType.JSON).body("{}").post("/api/v1/runs/" + run + "/abort");
    }

    private TakeForRun.RunSitting sitting(int run) {
        Object[] row = QuarkusTransaction.requiringNew().call(() -> (Object[]) entities.createNativeQuery(
                        "SELECT r.migration_id, r.revision_id, r.environment_id, r.environment_content, v.content FROM"
                                + " run r JOIN migration_revision v ON v.id = r.revision_id WHERE r.id = " + run,
                        Object[].class)
                .getSingleResult());
        return new TakeForRun.RunSitting(
                run,
                ((Number) row[0]).longValue(),
                ((Number) row[1]).longValue(),
                ((Number) row[2]).longValue(),
                EnvironmentContent.of((String) row[3]),
                Json.object((String) row[4]),
                "svc-" + unique,
                1,
                "forward",
                "before",
                Amount.FULL,
                "admin");
    }
}
