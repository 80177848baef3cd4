package dev.switchback.exchange;

import static dev.switchback.Http.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What somebody wrote in a file, and why, is kept: also what no computer reads. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class WordsOfTheFileApiTest {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "words-" + unique;
    private final String address = "/api/v1/migrations/" + key;
    private final String file = "# agreed on Monday\n"
            + Samples.migration(
                    key,
                    "svc-" + unique,
                    "  # look first\n"
                            + "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"},"
                            + " noRollback: reads}\n");

    private static ValidatableResponse send(String query, String body) {
        return admin().contentType("application/yaml")
                .body(body)
                .post("/api/v1/import" + query)
                .then()
                .statusCode(200);
    }

    private String exported() {
        return admin().get(address + "/export").then().statusCode(200).extract().asString();
    }

    private ValidatableResponse put(String query, String json) {
        String etag = admin().get(address).header("ETag");
        return admin().contentType("application/json")
                .header("If-Match", etag)
                .body(json)
                .put(address + query)
                .then();
    }

    private String content() {
        Response got = admin().get(address);
        return got.asString();
    }

    @Test
    void a_comment_that_changes_in_a_file_is_kept_though_no_revision_is_made() {
        send("", file);
        String anew = file.replace("agreed on Monday", "agreed on Tuesday");
        send("?dryRun=true", anew)
                .body("items[0].change", equalTo("unchanged"))
                .body("items[0].rewritten", equalTo(true));
        assertThat(exported()).isEqualTo(file);
        send("", anew)
                .body("items[0].change", equalTo("unchanged"))
                .body("items[0].revision", equalTo(1))
                .body("items[0].rewritten", equalTo(true));
        assertThat(exported()).isEqualTo(anew);
        send("", anew).body("items[0]", not(hasKey("rewritten")));
    }

    @Test
    void a_change_through_the_api_keeps_the_comments_of_the_file() {
        send("", file);
        String title = admin().get(address).path("title");
        put("", content().replace(title, "Another title")).statusCode(200).body("revision", equalTo(2));
        assertThat(exported()).isEqualTo(file.replace(title, "Another title"));
        put("", content()).statusCode(200).body("revision", equalTo(2));
        assertThat(exported()).isEqualTo(file.replace(title, "Another title"));
    }

    @Test
    void a_comment_that_a_change_costs_is_counted_in_the_answer() {
        send("", file);
        put(
                        "",
                        admin().get(address).jsonPath().getMap("").entrySet().stream()
                                .filter(member -> !member.getKey().equals("steps"))
                                .collect(java.util.stream.Collectors.collectingAndThen(
                                        java.util.stream.Collectors.toMap(
                                                java.util.Map.Entry::getKey, java.util.Map.Entry::getValue),
                                        WordsOfTheFileApiTest::json)))
                .statusCode(200)
                .body("lostComments", equalTo(1));
        assertThat(exported()).contains("# agreed on Monday").doesNotContain("# look first");
        assertThat(admin().get(address + "/export?revision=1").asString()).isEqualTo(file);
    }

    private static String json(Object value) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void why_a_revision_was_made_stands_in_its_history() {
        send("?note=first draft", file);
        String title = admin().get(address).path("title");
        put("?note=shorter", content().replace(title, "Short")).statusCode(200);
        admin().get(address + "/revisions")
                .then()
                .body("items.note", equalTo(java.util.List.of("shorter", "first draft")));
    }
}
