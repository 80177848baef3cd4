package dev.switchback.migration;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations, their revisions and their lists over HTTP. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class MigrationApiTest {

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: reads}\n";

    @Inject
    Migrations migrations;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "mig-" + unique;
    private final String service = "svc-" + unique;
    private final String address = "/api/v1/migrations/" + key;

    private ValidatableResponse put(String etag, String title) {
        var request = admin().contentType(ContentType.JSON)
                .body("{\"key\": \"" + key + "\", \"title\": \"" + title + "\", \"service\": \"" + service
                        + "\", \"owner\": \"me\", \"expected\": \"works\", \"rollbackNote\": \"back\"}");
        return (etag == null ? request : request.header("If-Match", etag))
                .put(address)
                .then();
    }

    private String etag() {
        return admin().get(address).then().statusCode(200).extract().header("ETag");
    }

    private List<String> keys(String query) {
        return admin().urlEncodingEnabled(false)
                .get("/api/v1/migrations?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.key");
    }

    @Test
    void a_put_makes_a_revision_and_the_older_one_stays() {
        importFile(Samples.migration(key, service, STEP));
        String seen = etag();
        put(null, "New").statusCode(428);
        put("\"1-0\"", "New").statusCode(412);
        put(seen, "New").statusCode(200).body("revision", is(2)).body("title", is("New"));
        put(seen, "Newer").statusCode(412);
        admin().get(address + "/revisions").then().body("items.number", is(List.of(2, 1)));
        admin().get(address + "/revisions/1").then().statusCode(200).body("content.steps[0].id", is("one"));
        admin().get(address + "/revisions/3").then().statusCode(404);
        admin().get(address + "/revisions?limit=1").then().body("items.number", is(List.of(2)));
        assertThat(admin().get(address + "/export?revision=1").asString())
                .isEqualTo(Samples.migration(key, service, STEP));
    }

    @Test
    void of_many_who_saw_the_same_revision_one_makes_the_next() {
        importFile(Samples.migration(key, service, STEP));
        String seen = etag();
        List<CompletableFuture<Integer>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> put(seen, "Title " + i).extract().statusCode()))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 412, 412, 412);
    }

    @Test
    void what_never_ran_can_be_deleted_by_who_saw_it() {
        importFile(Samples.migration(key, service, STEP));
        admin().delete(address).then().statusCode(428);
        admin().header("If-Match", etag()).delete(address).then().statusCode(204);
        admin().get(address).then().statusCode(404);
    }

    @Test
    void what_somebody_deleted_while_it_was_looked_at_is_not_found() {
        importFile(Samples.migration(key, service, STEP));
        String etag = etag();
        QuarkusTransaction.begin();
        try {
            Migration seen = migrations.require(key);
            admin().header("If-Match", etag).delete(address).then().statusCode(204);
            assertThatThrownBy(() -> migrations.present(seen))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(404));
            assertThatThrownBy(() -> migrations.lock(seen))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().detail()).contains(key));
        } finally {
            // The look in vain has marked it already: there is nothing to commit.
            QuarkusTransaction.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u202eb"})
    void a_note_that_is_no_text_is_refused_wherever_it_is_sent(String note) {
        importFile(Samples.migration(key, service, STEP));
        var body = "{\"key\": \"%s\", \"title\": \"t\", \"service\": \"s\", \"owner\": \"me\", \"expected\": \"e\","
                + " \"rollbackNote\": \"r\"}";
        admin().queryParam("note", note)
                .contentType(ContentType.JSON)
                .body(body.formatted(key + "-2"))
                .post("/api/v1/migrations")
                .then()
                .statusCode(422)
                .body("violations.field", is(List.of("note")));
        admin().queryParam("note", note)
                .contentType(ContentType.JSON)
                .header("If-Match", etag())
                .body(body.formatted(key))
                .put(address)
                .then()
                .statusCode(422)
                .body("violations.field", is(List.of("note")));
        admin().queryParam("note", note)
                .contentType("application/yaml")
                .body(Samples.migration(key, "other", STEP))
                .post("/api/v1/import")
                .then()
                .statusCode(422)
                .body("violations.field", is(List.of("note")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrations", "environments"})
    void the_address_of_the_form_of_something_new_is_no_key(String things) {
        admin().contentType(ContentType.JSON)
                .body("{\"key\": \"new\", \"title\": \"New\", \"name\": \"New\", \"tier\": \"staging\"}")
                .post("/api/v1/" + things)
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("key"));
    }

    @Test
    void what_was_read_can_be_sent_back_and_changes_nothing() {
        importFile(Samples.migration(key, service, STEP));
        String seen = etag();
        admin().contentType(ContentType.JSON)
                .header("If-Match", seen)
                .body(admin().get(address).asString())
                .put(address)
                .then()
                .statusCode(200)
                .header("ETag", is(seen))
                .body("revision", is(1));
    }

    @Test
    void numbers_survive_the_way_through_json() {
        importFile(Samples.migration(key, service, STEP)
                + "attributes: {a: 0.1000000000000000000001, b: 12345678901234567890, c: 1.10, d: 1}\n");
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
    void the_list_is_filtered_by_owner_service_and_state() {
        importFile(Samples.migration(key, service, STEP));
        assertThat(keys("service=" + service + "&owner=team-test&state=ready")).containsExactly(key);
        assertThat(keys("service=" + service + "&owner=nobody")).isEmpty();
        assertThat(keys("service=" + service + "&state=live")).isEmpty();
    }

    @Test
    void the_list_is_filtered_by_the_environment_in_which_a_migration_ran() {
        String environment = "env-" + unique;
        importFile(
                Samples.environment(environment, "staging", "/tmp") + "---\n" + Samples.migration(key, service, STEP));
        assertThat(keys("environment=" + environment)).isEmpty();
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"}")
                .post(address + "/runs")
                .then()
                .statusCode(201);
        assertThat(keys("environment=" + environment)).containsExactly(key);
        assertThat(keys("environment=" + environment + "&state=done")).isEmpty();
        admin().get("/api/v1/migrations?environment=nowhere").then().body("items.key", not(hasItem(key)));
    }

    @Test
    void the_list_is_paged_and_the_links_keep_the_filters() {
        IntStream.range(0, 3).forEach(i -> importFile(Samples.migration(key + "-" + i, service, STEP)));
        var seen = new ArrayList<String>();
        String next = "/api/v1/migrations?limit=1&service=" + service;
        while (next != null) {
            var page = admin().get(next).then().statusCode(200).extract();
            seen.addAll(page.path("items.key"));
            next = page.path("next");
        }
        assertThat(seen).containsExactly(key + "-2", key + "-1", key + "-0");
    }

    @Test
    void a_name_that_is_too_long_or_could_break_a_line_is_refused() {
        for (String title : new String[] {"x".repeat(201), "two\\nlines", "nul\\u0000"}) {
            admin().contentType(ContentType.JSON)
                    .body("{\"key\": \"" + key + "\", \"title\": \"" + title
                            + "\", \"service\": \"s\", \"owner\": \"o\","
                            + " \"expected\": \"e\", \"rollbackNote\": \"r\"}")
                    .post("/api/v1/migrations")
                    .then()
                    .statusCode(422)
                    .body("violations[0].field", is("title"));
        }
    }
}
