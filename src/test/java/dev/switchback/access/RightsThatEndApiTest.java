package dev.switchback.access;

import static dev.switchback.Http.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What goes on, or begins, after somebody lost the right to it: streams that are open, runs that are planned. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RightsThatEndApiTest {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String environment = "ends-" + unique;

    private static RequestSpecification admin() {
        return Http.admin().contentType(ContentType.JSON);
    }

    private String person(String name) {
        return Http.colleague(
                name + "-" + unique, "{\"role\": \"operator\", \"environment\": \"" + environment + "\"}");
    }

    private static void change(String person, String what) {
        String address = "/api/v1/people/" + person;
        admin().header("If-Match", Http.admin().get(address).header("ETag"))
                .body(what)
                .put(address)
                .then()
                .statusCode(200);
    }

    private static JsonPath token(String person) {
        return as(person)
                .body("{\"name\": \"ci\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private String migration(String name, String steps) {
        String key = name + "-" + unique;
        Http.importFile(Samples.environment(environment, "staging", "/tmp"));
        Http.importFile(Samples.migration(key, key, steps));
        return key;
    }

    private String start(RequestSpecification who, String migration, String more) {
        return who.contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\", \"measure\": \"none\"" + more
                        + "}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
    }

    // --- streams

    private static CompletableFuture<HttpResponse<String>> open(String path, String header, String value) {
        var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header(header, value)
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String name) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((name + ":" + TestDatabase.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_open_stream_ends_within_seconds_when_its_reader_may_read_no_longer() {
        String key = migration("streams", "  - {id: look, title: L, phase: verify, manual: {instructions: x}}\n");
        String run = start(admin(), key, "");
        String number = run.substring(run.lastIndexOf('/') + 1);
        String signedOut = person("signed-out");
        String revoked = person("revoked");
        String gone = person("gone");
        String less = person("less");
        String renewed = person("renewed");
        var browser = Visitor.signedInAs(signedOut);
        JsonPath token = token(revoked);
        String live = "/runs/" + number + "/live";
        var ending = List.of(
                open(live, "Cookie", browser.cookie()),
                open(run + "/events", "Authorization", "Bearer " + token.getString("token")),
                open(run + "/log?follow=true", "Authorization", basic(gone)),
                open(run + "/events", "Authorization", basic(less)),
                open(live, "Authorization", basic(renewed)));
        var goesOn = List.of(
                open(live, "Authorization", basic("admin")),
                open(run + "/events", "Authorization", basic("admin")),
                open(run + "/log?follow=true", "Authorization", basic("admin")));
        // So long that each stream has surely asked once while all was well.
        await().pollDelay(Duration.ofSeconds(6)).until(() -> ending.stream().noneMatch(CompletableFuture::isDone));

        browser.send("/me", "/me/everywhere");
        as(revoked).delete("/api/v1/tokens/" + token.getString("id")).then().statusCode(204);
        change(gone, "{\"active\": false}");
        change(less, "{\"grants\": []}");
        Visitor.signedIn().send("/people/" + renewed, "/people/" + renewed + "/password");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ending).allMatch(CompletableFuture::isDone));
        assertThat(ending)
                .allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
        assertThat(goesOn).noneMatch(CompletableFuture::isDone);

        admin().body("{}").post(run + "/abort").then().statusCode(200);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(goesOn).allMatch(CompletableFuture::isDone));
    }

    // --- planned runs

    @Test
    void a_planned_run_starts_only_when_who_asked_for_it_still_may() {
        String step =
                "  - {id: one, title: O, phase: change, shell: {target: host, command: \"true\"}, noRollback: x}\n";
        String still = person("still");
        String less = person("less-now");
        String gone = person("gone-now");
        String ci = person("ci-owner");
        JsonPath token = token(ci);
        var people = List.of(as(still), as(less), as(gone), Http.token(token.getString("token")));
        var migrations = new ArrayList<String>();
        for (int i = 0; i < people.size(); i++) {
            migrations.add(migration("planned" + i, step));
        }
        String planned = ", \"startAt\": \"" + Instant.now().plusSeconds(6) + "\"";
        var runs = new ArrayList<String>();
        for (int i = 0; i < people.size(); i++) {
            runs.add(start(people.get(i), migrations.get(i), planned));
        }
        change(less, "{\"grants\": [{\"role\": \"viewer\"}]}");
        change(gone, "{\"active\": false}");
        as(ci).delete("/api/v1/tokens/" + token.getString("id")).then().statusCode(204);

        await().atMost(Duration.ofSeconds(25))
                .untilAsserted(() -> assertThat(runs)
                        .extracting(run -> Http.admin().get(run).path("state"))
                        .containsExactly("succeeded", "waiting", "waiting", "waiting"));
        assertThat(reason(runs.get(1)))
                .contains(less + " may not run this here")
                .contains("operator");
        assertThat(reason(runs.get(2))).contains(gone + " is not active any more");
        assertThat(reason(runs.get(3))).contains("the token with which " + ci + " asked for it was revoked");

        // A person who may starts it, and does not become who asked for it: four eyes stay four.
        admin().body("{}").post(runs.get(1) + "/resume").then().statusCode(200);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Http.admin().get(runs.get(1)).path("state").equals("succeeded"));
        assertThat(Http.admin().get(runs.get(1)).<String>path("requestedBy")).isEqualTo(less);
        assertThat(Http.admin().get(runs.get(1)).<String>path("startedBy")).isEqualTo("admin");
        runs.subList(2, 4)
                .forEach(run -> admin().body("{}").post(run + "/abort").then().statusCode(200));
    }

    private static String reason(String run) {
        return Http.admin().get(run).path("reason");
    }
}
