package dev.switchback.measurement;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an outside program measured becomes a measurement. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ImportedSamplesApiTest {

    private static final String METRICS = """
        metrics:
          - name: product-list
            http: {target: web, request: "GET /api/products"}
            class: warm
          - {name: rows, sql: {target: db, query: "SELECT 1"}}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "measured-" + unique;
    private final String place = "place-" + unique;

    @BeforeEach
    void importMigration() {
        importFile(Samples.environment(place, "staging", "."));
        importFile(file("first"));
    }

    private String file(String expected) {
        return Samples.migration(key, "svc-" + unique, "")
                .replace("it works", expected)
                .replace("steps:\n", METRICS);
    }

    private ValidatableResponse send(String csv, String moment) {
        return send(csv, moment, "product-list", "text/csv");
    }

    private ValidatableResponse send(String body, String moment, String metric, String type) {
        return admin().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("text/csv", ContentType.TEXT)
                                .encodeContentTypeAs("application/x-ndjson", ContentType.TEXT)))
                .contentType(type)
                .queryParam("environment", place)
                .queryParam("moment", moment)
                .queryParam("metric", metric)
                .body(body)
                .post("/api/v1/migrations/" + key + "/measurements/import")
                .then();
    }

    /** 1, 2, 3, … n milliseconds, every tenth failed, the odd ones hits. */
    private static String csv(int n) {
        return "atMs,valueMs,ok,cache\n"
                + IntStream.rangeClosed(1, n)
                        .mapToObj(i -> i * 100 + "," + i + "," + (i % 10 != 0) + "," + (i % 2 == 1 ? "hit" : "miss"))
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void imported_samples_are_a_complete_measurement_at_once() {
        String location = send(csv(400), "before")
                .statusCode(201)
                .header("Location", startsWith("/api/v1/measurements/"))
                .body("migration", is(key))
                .body("environment", is(place))
                .body("moment", is("before"))
                .body("state", is("complete"))
                .body("amount", is("imported"))
                .body("run", nullValue())
                .body("leg", nullValue())
                .body("requestedBy", is("admin"))
                .body("metrics", hasSize(1))
                .body("metrics[0].name", is("product-list"))
                .body("metrics[0].class", is("warm"))
                .body("metrics[0].n", is(400))
                .body("metrics[0].failed", is(40))
                .body("metrics[0].blocks", is(20))
                .body("metrics[0].unit", is("ms"))
                .body("metrics[0].p50", is(200.0f))
                .body("metrics[0].hitRatio", is(200 / 360f))
                .body("metrics[0].dbCalls", nullValue())
                .body("metrics[0].spec.http.rate", is(10))
                .extract()
                .header("Location");
        admin().get(location)
                .then()
                .statusCode(200)
                .body("id", is(Integer.parseInt(location.replaceAll(".*/", ""))))
                .body("metrics[0].n", is(400))
                .body("startedAt", notNullValue());
    }

    @Test
    void no_rows_are_a_measurement_of_nothing() {
        send("atMs,valueMs,ok,cache\n", "after")
                .statusCode(201)
                .body("state", is("complete"))
                .body("metrics[0].n", is(0))
                .body("metrics[0].blocks", is(0))
                .body("metrics[0].p50", nullValue());
    }

    @Test
    void the_samples_come_back_as_a_table() {
        String location = send("atMs,valueMs,ok,cache,block\n0,84.5,true,hit,3\n100,5,false,,4\n", "adhoc")
                .statusCode(201)
                .extract()
                .header("Location");
        String csv = admin().get(location + "/samples")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", containsString(".csv"))
                .extract()
                .asString();
        assertThat(csv.lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("metric,block,seq,input,atMs,"))
                .anyMatch(line -> line.startsWith("product-list,3,0,,0,0,0,84.5,84.5,true,,,hit,imported,"))
                .anyMatch(line -> line.startsWith("product-list,4,1,,100,100,100,105,5,false,other,,unknown,"));
        assertThat(admin().queryParam("metric", "product-list")
                        .get(location + "/samples")
                        .asString())
                .isEqualTo(csv);
        admin().queryParam("metric", "nope")
                .get(location + "/samples")
                .then()
                .statusCode(422)
                .body("violations[0].expected", is("one of: product-list"));
    }

    @Test
    void everything_that_is_wrong_with_the_request_is_told_at_once() {
        admin().contentType("text/csv")
                .queryParam("environment", "nope")
                .body("atMs,valueMs,ok,cache\n".getBytes())
                .post("/api/v1/migrations/" + key + "/measurements/import")
                .then()
                .statusCode(422)
                .body("violations.field", is(java.util.List.of("environment", "moment", "metric")));
        send(csv(1), "before", "other", "text/csv")
                .statusCode(422)
                .body("violations[0].expected", is("one of: product-list, rows"));
        send(csv(1), "later").statusCode(422).body("violations[0].field", is("moment"));
        admin().contentType("text/csv")
                .body("x".getBytes())
                .post("/api/v1/migrations/no-such/measurements/import")
                .then()
                .statusCode(404);
    }

    @Test
    void every_wrong_line_is_told_and_nothing_is_kept() {
        send("atMs,valueMs,ok,cache\n0,1,true,\nx,1,true,\n0,1,maybe,\n", "before")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.line", is(java.util.List.of(3, 4)))
                .body("violations.message", hasItems(startsWith("Line 3: atMs"), startsWith("Line 4: ok")));
        admin().get("/api/v1/migrations/" + key + "/measurements").then().body("items", hasSize(0));
    }

    @Test
    void too_much_is_refused_in_words() {
        send("atMs,valueMs,ok\n" + "1,1,true\n".repeat(1_200_000), "before")
                .statusCode(413)
                .body("detail", containsString("10 MiB"));
    }

    @Test
    void lines_of_k6_are_read_too() {
        send(
                        "{\"type\":\"Point\",\"data\":{\"time\":\"2026-11-22T10:00:01Z\",\"value\":20.5,\"tags\":"
                                + "{\"expected_response\":\"true\"}},\"metric\":\"http_req_duration\"}\n",
                        "before",
                        "product-list",
                        "application/x-ndjson")
                .statusCode(201)
                .body("metrics[0].p50", is(20.5f))
                .body("metrics[0].facts.tool", is("k6"))
                .body("endedAt", is("2026-11-22T10:00:01Z"));
    }

    @Test
    void numbers_that_are_no_times_have_no_unit_and_may_be_negative() {
        send("atMs,valueMs,ok,cache\n0,-3,true,\n", "before", "rows", "text/csv")
                .statusCode(201)
                .body("metrics[0].unit", nullValue())
                .body("metrics[0].class", is("any"))
                .body("metrics[0].p50", is(-3.0f));
    }

    @Test
    void a_program_that_may_only_read_may_not_import() {
        String token = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"reader-" + unique + "\", \"scopes\": [\"read\"]}")
                .post("/api/v1/tokens")
                .then()
                .extract()
                .path("token");
        dev.switchback.Http.token(token)
                .contentType("text/csv")
                .body("x".getBytes())
                .post("/api/v1/migrations/" + key + "/measurements/import")
                .then()
                .statusCode(403);
    }

    @Test
    void the_same_key_imports_once() {
        String one = again();
        assertThat(again()).isEqualTo(one);
        admin().get("/api/v1/migrations/" + key + "/measurements").then().body("items", hasSize(1));
    }

    private String again() {
        return admin().contentType("text/csv")
                .header("Idempotency-Key", "once-" + unique)
                .body(csv(20).getBytes())
                .post("/api/v1/migrations/" + key + "/measurements/import?environment=" + place
                        + "&moment=before&metric=product-list")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
    }

    @Test
    void a_list_has_the_newest_first_and_pages_stay_put_while_others_are_added() {
        for (int i = 1; i <= 3; i++) {
            send(csv(i), i == 2 ? "after" : "before").statusCode(201);
        }
        String list = "/api/v1/migrations/" + key + "/measurements";
        ValidatableResponse first = admin().get(list + "?limit=2").then().statusCode(200);
        first.body("items.metrics[0].n", is(java.util.Arrays.asList(3))).body("items", hasSize(2));
        send(csv(9), "before").statusCode(201);
        String next = first.extract().path("next");
        admin().get(next)
                .then()
                .body("items", hasSize(1))
                .body("items[0].metrics[0].n", is(1))
                .body("next", nullValue());
        admin().get(list + "?moment=after").then().body("items", hasSize(1));
        admin().get(list + "?environment=" + place).then().body("items", hasSize(4));
        admin().get(list + "?environment=nope").then().statusCode(422);
        admin().get(list + "?moment=nope").then().statusCode(422);
        admin().get("/api/v1/migrations/nope/measurements").then().statusCode(404);
    }

    @Test
    void a_metric_is_declared_since_the_first_revision_that_says_so() {
        String first = admin().get("/api/v1/migrations/" + key + "/revisions")
                .then()
                .extract()
                .path("items[0].createdAt");
        importFile(file("second"));
        send(csv(1), "before").body("revision", is(2)).body("metrics[0].declaredAt", is(first));
    }

    @Test
    void what_was_measured_belongs_to_the_history_and_keeps_its_migration_and_its_environment() {
        send(csv(1), "before").statusCode(201);
        String etag = admin().get("/api/v1/migrations/" + key).header("ETag");
        admin().header("If-Match", etag)
                .delete("/api/v1/migrations/" + key)
                .then()
                .statusCode(409)
                .body("detail", containsString("measured"));
        admin().header("If-Match", admin().get("/api/v1/environments/" + place).header("ETag"))
                .delete("/api/v1/environments/" + place)
                .then()
                .statusCode(409)
                .body("detail", containsString("measured"));
    }

    @Test
    void there_is_no_measurement_of_an_unknown_number() {
        admin().get("/api/v1/measurements/999999999")
                .then()
                .statusCode(404)
                .body("detail", containsString("999999999"));
        admin().get("/api/v1/measurements/999999999/samples").then().statusCode(404);
    }

    @Test
    void samples_that_do_not_say_what_they_are_are_refused() {
        admin().noContentType()
                .queryParam("environment", place)
                .queryParam("moment", "before")
                .queryParam("metric", "product-list")
                .post("/api/v1/migrations/" + key + "/measurements/import")
                .then()
                .statusCode(422)
                .body("detail", is("There is no Content-Type"))
                .body("expected", is("text/csv, or application/x-ndjson"));
    }
}
