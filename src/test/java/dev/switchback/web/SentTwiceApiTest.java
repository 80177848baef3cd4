package dev.switchback.web;

import static dev.switchback.Http.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A connection breaks, nobody knows whether the request arrived, and it is sent again. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SentTwiceApiTest {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "key-" + unique;

    private String environment(String name) {
        return """
            {"key": "twice-%s", "name": "%s", "tier": "development"}\
            """.formatted(unique, name);
    }

    private Response post(String address, String body) {
        return admin().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1" + address);
    }

    @Test
    void the_same_request_again_gets_the_same_answer_and_is_done_once() {
        Response first = post("/environments", environment("Twice"));
        first.then().statusCode(201);
        Response again = post("/environments", environment("Twice"));
        again.then().statusCode(201).header("Idempotent-Replayed", "true").header("ETag", first.header("ETag"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.jsonPath().getMap("")).isEqualTo(first.jsonPath().getMap(""));
    }

    @Test
    void another_body_under_the_same_key_is_refused() {
        post("/environments", environment("Twice")).then().statusCode(201);
        post("/environments", environment("Other"))
                .then()
                .statusCode(422)
                .body("detail", containsString("was used for another request"));
        admin().get("/api/v1/environments/twice-" + unique).then().body("name", equalTo("Twice"));
    }

    @Test
    void a_refused_request_leaves_its_key_free() {
        post("/environments", "{\"key\": \"twice-" + unique + "\"}").then().statusCode(422);
        post("/environments", environment("Twice")).then().statusCode(201);
    }

    @Test
    void a_file_is_imported_once() {
        String file = Samples.environment("twice-" + unique, "development", "/tmp");
        for (int i = 0; i < 2; i++) {
            admin().contentType("application/yaml")
                    .header("Idempotency-Key", key)
                    .body(file)
                    .post("/api/v1/import")
                    .then()
                    .statusCode(200)
                    .body("items[0].change", is("created"));
        }
    }

    @Test
    void a_token_is_shown_once_and_never_kept() {
        String body = "{\"name\": \"twice\", \"scopes\": [\"read\"]}";
        post("/tokens", body).then().statusCode(201);
        post("/tokens", body).then().statusCode(409).body("detail", containsString("shown only once"));
    }

    @Test
    void a_key_that_is_none_is_refused() {
        admin().contentType("application/json")
                .header("Idempotency-Key", "k".repeat(201))
                .body(environment("Twice"))
                .post("/api/v1/environments")
                .then()
                .statusCode(400);
    }
}
