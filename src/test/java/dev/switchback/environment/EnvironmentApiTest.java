package dev.switchback.environment;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The registry of environments over HTTP. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class EnvironmentApiTest {

    private final String key = "env-" + UUID.randomUUID().toString().substring(0, 8);
    private final String address = "/api/v1/environments/" + key;

    private ValidatableResponse put(String etag, String name) {
        var request = admin().contentType(ContentType.JSON)
                .body("{\"key\": \"" + key + "\", \"name\": \"" + name + "\", \"tier\": \"staging\"}");
        return (etag == null ? request : request.header("If-Match", etag))
                .put(address)
                .then();
    }

    private String etag() {
        return admin().get(address).then().statusCode(200).extract().header("ETag");
    }

    @Test
    void only_who_saw_the_present_state_changes_it() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        String seen = etag();
        assertThat(seen).startsWith("\"").endsWith("\"");
        put(null, "New").statusCode(428);
        put("\"other\"", "New").statusCode(412);
        put("W/" + seen, "New").statusCode(412);
        put(seen, "New").statusCode(200).header("ETag", not(is(seen)));
        put(seen, "Newer").statusCode(412);
        admin().delete(address).then().statusCode(428);
        admin().header("If-Match", seen).delete(address).then().statusCode(412);
        admin().header("If-Match", etag()).delete(address).then().statusCode(204);
        admin().get(address).then().statusCode(404);
    }

    @Test
    void of_two_who_saw_the_same_state_one_changes_it() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        String seen = etag();
        List<CompletableFuture<Integer>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> put(seen, "Name " + i).extract().statusCode()))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 412, 412, 412);
    }

    @Test
    void what_was_read_can_be_sent_back_and_changes_nothing() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        String seen = etag();
        admin().contentType(ContentType.JSON)
                .header("If-Match", seen)
                .body(admin().get(address).asString())
                .put(address)
                .then()
                .statusCode(200)
                .header("ETag", is(seen));
    }

    @Test
    void a_body_is_held_to_the_rules_of_a_file() {
        admin().contentType(ContentType.JSON)
                .body("{\"key\": \"" + key + "\", \"name\": \"\", \"tier\": \"prod\", \"colour\": \"red\"}")
                .post("/api/v1/environments")
                .then()
                .statusCode(422)
                .body("violations.field", org.hamcrest.Matchers.hasItems("name", "tier", "colour"));
        admin().get(address).then().statusCode(404);
    }

    @Test
    void a_key_is_taken_once_and_never_changes() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        String body = "{\"key\": \"" + key + "\", \"name\": \"N\", \"tier\": \"staging\"}";
        admin().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/environments")
                .then()
                .statusCode(409);
        admin().contentType(ContentType.JSON)
                .header("If-Match", etag())
                .body(body.replace(key, "other"))
                .put(address)
                .then()
                .statusCode(422)
                .body("violations[0].field", is("key"));
    }

    @Test
    void the_list_is_paged_by_key_and_loses_nothing() {
        IntStream.range(0, 3).forEach(i -> importFile(Samples.environment(key + "-" + i, "staging", "/tmp")));
        var seen = new ArrayList<String>();
        String next = "/api/v1/environments?limit=1";
        while (next != null) {
            var page = admin().get(next).then().statusCode(200).extract();
            seen.addAll(page.path("items.key"));
            next = page.path("next");
        }
        assertThat(seen)
                .contains(key + "-0", key + "-1", key + "-2")
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void a_check_says_of_every_target_whether_it_answers() {
        importFile(Samples.environment(key, "staging", "/tmp")
                + "  gone: {kind: http, url: \"http://127.0.0.1:1\"}\n"
                + "  away: {kind: shell, directory: /nowhere/at/all}\n");
        admin().contentType(ContentType.JSON)
                .post(address + "/check")
                .then()
                .statusCode(200)
                .body("reachable", is(false))
                .body("targets.find { it.name == 'host' }.state", is("reachable"))
                .body("targets.find { it.name == 'gone' }.state", is("unreachable"))
                .body("targets.find { it.name == 'away' }.state", is("unreachable"))
                .body("at", matchesPattern(".*Z"));
        admin().contentType(ContentType.JSON)
                .post("/api/v1/environments/none/check")
                .then()
                .statusCode(404);
    }
}
