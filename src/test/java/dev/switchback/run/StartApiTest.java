package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may start what, when, and what happens when two want it at once. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class StartApiTest {

    private static final String FROZEN =
            "freezes: [{from: 2020-01-01T00:00:00Z, to: 2099-01-01T00:00:00Z, reason: holidays}]\n";

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String environment = "env-" + unique;
    private final String migration = "mig-" + unique;
    private final String service = "svc-" + unique;

    @BeforeEach
    void keep() {
        importFile(Samples.environment(environment, "staging", "/tmp"));
        importFile(Samples.migration(migration, service, step("one", "true")));
    }

    private static String step(String id, String command) {
        return "  - {id: " + id + ", title: One, phase: change, shell: {target: host, command: \"" + command
                + "\"}, noRollback: reads}\n";
    }

    private ValidatableResponse start(RequestSpecification who, String more) {
        return who.contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"" + more + "}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then();
    }

    private static String state(String location) {
        return admin().get(location).path("state");
    }

    private static void awaitOver(String location) {
        await().until(() -> List.of("succeeded", "failed", "aborted").contains(state(location)));
    }

    private static String ci() {
        return admin().contentType(ContentType.JSON)
                .body("{\"name\": \"ci\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    @Test
    void of_two_who_start_at_once_one_is_told_who_was_faster() {
        importFile(Samples.migration(
                migration, service, "  - {id: look, title: L, phase: verify, manual: {instructions: x}}\n"));
        List<CompletableFuture<ValidatableResponse>> both = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> start(admin(), "")))
                .toList();
        var answers = both.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(a -> a.extract().statusCode())).containsExactlyInAnyOrder(201, 409, 409, 409);
        String location = answers.stream()
                .map(a -> a.extract().header("Location"))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseThrow();
        assertThat(location).startsWith("/api/v1/runs/");
        answers.stream()
                .filter(a -> a.extract().statusCode() == 409)
                .forEach(a -> a.body("run", is(location)).body("retrySafe", is(true)));
        admin().contentType(ContentType.JSON)
                .body("{}")
                .post(location + "/abort")
                .then()
                .statusCode(200);
    }

    @Test
    void the_same_start_sent_many_times_at_once_makes_one_run_and_one_answer() {
        String key = UUID.randomUUID().toString();
        List<CompletableFuture<ValidatableResponse>> all = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> start(admin().header("Idempotency-Key", key), "")))
                .toList();
        var locations = all.stream()
                .map(CompletableFuture::join)
                .map(a -> a.statusCode(201).extract().header("Location"))
                .distinct()
                .toList();
        assertThat(locations).hasSize(1);
        awaitOver(locations.get(0));
        start(admin().header("Idempotency-Key", key), "").statusCode(201).header("Location", is(locations.get(0)));
        start(admin().header("Idempotency-Key", key), ", \"measure\": \"none\"").statusCode(422);
    }

    @Test
    void how_long_it_took_where_somebody_may_not_look_is_not_told_to_them() {
        awaitOver(start(admin(), ", \"measure\": \"none\"")
                .statusCode(201)
                .extract()
                .header("Location"));
        importFile(Samples.environment("elsewhere-" + unique, "staging", "/tmp"));
        String address = "/migrations/" + migration + "/start?environment=elsewhere-" + unique;
        String hidden = colleague(
                "elsewhere-" + unique,
                "{\"role\": \"viewer\", \"service\": \"" + service + "\", \"environment\": \"elsewhere-" + unique
                        + "\"}");
        String insider = colleague("insider-" + unique, "{\"role\": \"viewer\", \"service\": \"" + service + "\"}");

        assertThat(as(insider).accept("text/html").get(address).asString()).contains("usually about");
        assertThat(as(hidden).accept("text/html").get(address).asString())
                .contains(migration)
                .doesNotContain("usually about");
    }

    @Test
    void an_idempotency_key_that_is_too_long_is_refused() {
        start(admin().header("Idempotency-Key", "x".repeat(201)), "").statusCode(400);
    }

    @Test
    void a_freeze_is_a_closed_gate_that_only_a_person_breaks() {
        importFile(Samples.environment(environment, "staging", "/tmp") + FROZEN);
        start(admin(), "")
                .statusCode(409)
                .body("gates[0].key", is("freeze"))
                .body("gates[0].holds", is(false))
                .body("detail", containsString("holidays"));
        start(token(ci()), ", \"breakGlass\": {\"reason\": \"urgent\"}").statusCode(403);
        start(admin(), ", \"breakGlass\": {\"reason\": \" \"}").statusCode(422);
        String location = start(admin(), ", \"breakGlass\": {\"reason\": \"urgent\"}")
                .statusCode(201)
                .extract()
                .header("Location");
        awaitOver(location);
    }

    @Test
    void asking_for_yesterday_is_no_way_around_a_freeze() {
        importFile(Samples.environment(environment, "staging", "/tmp") + FROZEN);
        start(token(ci()), ", \"startAt\": \"2019-01-01T00:00:00Z\"")
                .statusCode(409)
                .body("gates[0].key", is("freeze"));
    }

    @Test
    void a_start_in_the_future_waits_holds_the_lock_and_can_be_called_off() {
        String location = start(admin(), ", \"startAt\": \"" + Instant.now().plus(Duration.ofDays(300)) + "\"")
                .statusCode(201)
                .body("state", is("queued"))
                .extract()
                .header("Location");
        start(admin(), "").statusCode(409).body("run", is(location));
        admin().contentType(ContentType.JSON).post(location + "/pause").then().statusCode(409);
        admin().contentType(ContentType.JSON)
                .body("{\"reason\": \"nul\\u0000\"}")
                .post(location + "/abort")
                .then()
                .statusCode(422);
        admin().contentType(ContentType.JSON)
                .body("{\"reason\": \"" + "x".repeat(10_001) + "\"}")
                .post(location + "/abort")
                .then()
                .statusCode(422)
                .body("violations[0].field", is("reason"));
        admin().contentType(ContentType.JSON)
                .body("{\"reason\": \"not today\"}")
                .post(location + "/abort")
                .then()
                .statusCode(200)
                .body("state", is("aborted"));
        awaitOver(start(admin(), "").statusCode(201).extract().header("Location"));
    }

    @Test
    void an_older_revision_can_be_run() {
        importFile(Samples.migration(migration, service, step("two", "true")));
        String location = start(admin(), ", \"revision\": 1")
                .statusCode(201)
                .body("revision", is(1))
                .body("steps[0].id", is("one"))
                .extract()
                .header("Location");
        awaitOver(location);
        start(admin(), ", \"revision\": 3").statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"environment\": \"nowhere\", \"purpose\": \"live\"}",
                "{\"purpose\": \"live\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"fun\"}",
                "{\"environment\": \"ENV\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"rollback\"}",
                "{\"environment\": \"ENV\", \"purpose\": 5}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"revision\": \"1\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"revision\": 1.9}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"finish\": \"maybe\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"measure\": \"some\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"startAt\": \"tomorrow\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"startAt\": 0}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"startAt\": \"0\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"startAt\": \"+999999999-12-31T23:59:59Z\"}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"breakGlass\": {}}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"breakGlass\": {\"reason\": \"a\", \"by\":"
                        + " \"me\"}}",
                "{\"environment\": \"ENV\", \"purpose\": \"live\", \"extra\": 1}"
            })
    void a_start_that_makes_no_sense_is_refused_in_words(String body) {
        admin().contentType(ContentType.JSON)
                .body(body.replace("ENV", environment))
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("expected", org.hamcrest.Matchers.notNullValue());
        assertThat(admin().get("/api/v1/runs?service=" + service).<List<?>>path("items"))
                .isEmpty();
    }

    @Test
    void a_log_that_is_followed_ends_with_its_run() {
        importFile(Samples.migration(migration, service, step("one", "echo first; sleep 0.3; echo last")));
        String location = start(admin(), "").statusCode(201).extract().header("Location");
        for (String query : new String[] {"?follow=true", "?follow"}) {
            admin().get(location + "/log" + query)
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("text/plain"))
                    .body(is("first\nlast\n"));
        }
        assertThat(state(location)).isEqualTo("succeeded");
        admin().get(location + "/log?follow=perhaps").then().statusCode(422);
        admin().get(location + "/log?after=x").then().statusCode(422).body("violations[0].field", is("after"));
        admin().get(location + "/log?format=xml").then().statusCode(422);
        admin().get(location + "/log?step=none").then().statusCode(404);
        admin().get(location + "/log?after=1").then().statusCode(200);
        admin().get(location + "/log?after=-1").then().statusCode(200).body(is("first\nlast\n"));
    }

    @Test
    void events_are_a_stream_that_begins_where_the_reader_was() {
        String location = start(admin(), "").statusCode(201).extract().header("Location");
        awaitOver(location);
        admin().get(location + "/events").then().statusCode(200).contentType(startsWith("text/event-stream"));
        for (String garbage : new String[] {"x", "99999999999999"}) {
            admin().header("Last-Event-ID", garbage)
                    .get(location + "/events")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        admin().header("Last-Event-ID", "-5")
                .get(location + "/events")
                .then()
                .statusCode(200)
                .body(containsString("requested"));
        admin().header("Last-Event-ID", "1000000")
                .get(location + "/events")
                .then()
                .statusCode(200);
    }

    @Test
    void what_has_run_is_history() {
        String location = start(admin(), "").statusCode(201).extract().header("Location");
        awaitOver(location);
        admin().header("If-Match", "*")
                .delete("/api/v1/environments/" + environment)
                .then()
                .statusCode(409);
        admin().header("If-Match", "*")
                .delete("/api/v1/migrations/" + migration)
                .then()
                .statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2100-01-01T00:00:00Z"})
    void a_start_in_the_far_future_is_a_slip_of_the_finger(String moment) {
        start(admin(), ", \"startAt\": \"" + moment + "\"")
                .statusCode(422)
                .body("violations[0].field", is("startAt"))
                .body("detail", containsString("more than 365 days from now"));
        String address = "/migrations/" + migration + "/start";
        Visitor.signedIn()
                .send(
                        address,
                        address,
                        "environment",
                        environment,
                        "purpose",
                        "live",
                        "read",
                        "1",
                        "startAt",
                        moment.replace(":00Z", "").replace("Z", ""),
                        "token",
                        UUID.randomUUID().toString())
                .then()
                .statusCode(422)
                .body(containsString("more than 365 days from now"));
        assertThat(admin().accept("text/html")
                        .get(address + "?environment=" + environment + "&startAt=9999-12-31T23:59")
                        .statusCode())
                .isEqualTo(200);
    }
}
