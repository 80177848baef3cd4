package dev.switchback.web;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad news has one shape, whoever tells it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ProblemApiTest {

    private static ValidatableResponse told(Response response, int status) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("title", notNullValue())
                .body("status", is(status))
                .body("detail", notNullValue())
                .body("expected", notNullValue())
                .body("retrySafe", is(true))
                .body(not(containsString("Exception")));
    }

    @Test
    void an_empty_accept_header_is_none() throws Exception {
        importFile(Samples.environment("accept", "staging", "."));
        var request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/environments/accept"))
                .header("Accept", "")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("admin:" + TestDatabase.PASSWORD).getBytes(UTF_8)))
                .build();

        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nowhere",
                "/nowhere",
                "/api/v1/runs/abc",
                "/api/v1/runs/99999999999999999999",
                "/api/v1/runs/0",
                "/api/v1/runs/-1",
                "/api/v1/migrations/none",
                "/api/v1/migrations/none/export",
                "/api/v1/environments/none",
                "/api/v1/migrations/..%2f..%2fetc",
                "/api/v1/runs/9999/events",
                "/api/v1/runs/9999/log",
                "/api/v1/migrations/%ff%fe",
                "/api/v1/runs/abc?limit=1"
            })
    void what_is_not_there_is_a_404(String address) {
        told(admin().urlEncodingEnabled(false).get(address), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/migrations?limit=0",
                "/api/v1/migrations?limit=201",
                "/api/v1/migrations?limit=abc",
                "/api/v1/runs?limit=1.5",
                "/api/v1/migrations?state=lost",
                "/api/v1/runs?state=lost",
                "/api/v1/migrations?after=KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlafDU",
                "/api/v1/environments?after=AA",
                "/api/v1/migrations/%00"
            })
    void a_value_that_makes_no_sense_is_a_422(String address) {
        told(admin().urlEncodingEnabled(false).get(address), 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/migrations?after=garbage", "/api/v1/runs?after=eA", "/api/v1/environments?after=%C3%A4"
            })
    void a_position_that_is_not_ours_is_a_400(String address) {
        told(admin().urlEncodingEnabled(false).get(address), 400);
    }

    @Test
    void a_method_that_is_not_possible_is_a_405() {
        told(admin().patch("/api/v1/migrations"), 405);
        told(admin().delete("/api/v1/import"), 405);
    }

    @Test
    void a_form_that_cannot_be_given_is_a_406_and_one_that_cannot_be_read_a_415() {
        told(admin().accept("application/xml").get("/api/v1/migrations"), 406);
        told(admin().contentType("text/xml").body("<a/>").post("/api/v1/tokens"), 415);
        told(
                admin().contentType("application/x-www-form-urlencoded")
                        .body("a=b")
                        .post("/api/v1/import"),
                415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "5",
                "\"text\"",
                "{\"name\": \"a\"} x",
                "{\"name\": \"a\"} {}",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "\u0000"
            })
    void a_body_that_is_no_json_object_is_a_400(String body) {
        told(admin().contentType(ContentType.JSON).body(body).post("/api/v1/environments"), 400);
    }

    @Test
    void a_body_that_is_not_there_is_a_400() {
        told(admin().contentType(ContentType.JSON).post("/api/v1/environments"), 400);
        told(admin().contentType(ContentType.JSON).post("/api/v1/migrations"), 400);
    }

    @ParameterizedTest
    @ValueSource(ints = {5 * 1024 * 1024 + 1, 7 * 1024 * 1024})
    void more_than_a_file_may_have_is_a_413(int bytes) {
        told(admin().contentType("application/yaml").body("a".repeat(bytes)).post("/api/v1/import"), 413)
                .body("expected", containsString("5 MiB"));
    }

    @Test
    void a_form_with_too_many_fields_is_a_413() {
        var form = admin();
        for (int i = 0; i <= 20_000; i++) {
            form.multiPart("field" + i, "x");
        }
        told(form.post("/migrations/new"), 413).body("expected", containsString("20000"));
    }

    @Test
    void an_unknown_field_is_a_422_that_names_the_known_ones() {
        told(admin().contentType(ContentType.JSON).body("{\"nam\": \"a\"}").post("/api/v1/tokens"), 422)
                .body("violations[0].field", is("nam"))
                .body("violations[0].expected", containsString("name"));
    }

    @Test
    void a_list_can_be_asked_for_without_its_body() {
        admin().head("/api/v1/migrations").then().statusCode(200).body(is(""));
        admin().options("/api/v1/migrations").then().statusCode(200).header("Allow", containsString("GET"));
    }
}
