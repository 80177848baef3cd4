package dev.switchback.migration;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search finds, over HTTP and in a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SearchApiTest {

    private static final String STEPS = """
          - {id: create-table, title: Create the table, phase: prepare, sql: {target: db, statements: ["CREATE TABLE settings_v2 (key text)", "CREATE INDEX by_price ON product (price_cents)"]}, rollback: {sql: {target: db, statements: ["DROP TABLE settings_v2 CASCADE"]}}}
          - {id: switch, title: Switch the reads, phase: change, http: {target: web, request: POST /admin/flags, json: {readFrom: settings_v2}}, rollback: {http: {target: web, request: POST /admin/unflag}}}
          - {id: look, title: Look, phase: verify, manual: {instructions: "Open the Caf\\u00e9 page and squint."}, noRollback: only looks}
          - {id: count, title: Count, phase: verify, shell: {target: host, script: "set +e; ./count-lines.sh --all"}, noRollback: only reads}
        backup: on-call-platform
        today: {route: "GET /api/products?category={category}", slow: SELECT name FROM product, noticed: by the warehouse}
        assumptions: [Both tables fit in memory]
        checklist: [{id: plans, title: Look at the optimizer, evidence: plan}]
        attributes: {scenario: inside wordpress, nested: {deep: [zanzibar, 42]}}
        """;

    @Inject
    EntityManager entities;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "mig-" + unique;
    private final String service = "svc-" + unique;

    @BeforeEach
    void keep() {
        importFile(Samples.migration(key, service, STEPS));
    }

    private List<String> keys(String q) {
        return admin().queryParam("q", q)
                .queryParam("service", service)
                .get("/api/v1/migrations")
                .then()
                .statusCode(200)
                .extract()
                .path("items.key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "change something",
                "team-test",
                "on-call",
                "platform call on",
                "/api/products",
                "select NAME",
                "warehouse",
                "it works",
                "change it back",
                "memory",
                "create the table",
                "create-table",
                "settings_v2",
                "v2",
                "CREATE INDEX",
                "price_cents",
                "cascade",
                "/admin/flags",
                "unflag",
                "readFrom",
                "cafe squint",
                "count-lines",
                "optimizer",
                "wordpress",
                "deep zanzibar",
                "42",
                "sett wareh zanz"
            })
    void a_migration_is_found_by_what_is_written_in_it(String words) {
        assertThat(keys(words)).containsExactly(key);
        assertThat(keys(words + " nowhere-" + unique)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "'",
                "\"",
                "\\",
                "' or 1=1--",
                "'; drop table migration; --",
                "& | ! ( ) : *",
                "!nowhere",
                "*:* (*)",
                "<->",
                "{nowhere}",
                ":words",
                "?nowhere",
                "$nowhere",
                "\u0000",
                "%nowhere",
                "🙂",
                "\ufffe",
                "\u0301"
            })
    void no_sign_is_an_error_or_an_operator(String words) {
        assertThat(keys(words)).isEmpty();
    }

    @Test
    void ten_thousand_signs_are_no_error() {
        assertThat(keys("x".repeat(10_000))).isEmpty();
        assertThat(keys("xy' ".repeat(2_500))).isEmpty();
        assertThat(keys("warehouse ".repeat(1_000))).containsExactly(key);
    }

    @Test
    void the_present_revision_is_what_is_searched() {
        assertThat(keys("zanzibar")).containsExactly(key);
        importFile(Samples.migration(key, service, STEPS.replace("zanzibar", "timbuktu")));
        assertThat(keys("zanzibar")).isEmpty();
        assertThat(keys("timbuktu")).containsExactly(key);
    }

    @Test
    void a_search_goes_together_with_every_filter() {
        admin().queryParam("q", "zanzibar " + unique)
                .queryParam("owner", "team-test")
                .queryParam("needsReview", "false")
                .queryParam("archived", "all")
                .get("/api/v1/migrations")
                .then()
                .statusCode(200)
                .body("items.key", is(List.of(key)))
                .body("items[0].archived", is(false));
        admin().queryParam("q", "zanzibar " + unique)
                .queryParam("needsReview", "true")
                .get("/api/v1/migrations")
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void what_can_not_be_asked_for_is_refused_all_at_once_with_what_can() {
        admin().get("/api/v1/migrations?state=asleep&needsReview=maybe&archived=yes")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", is(List.of("state", "needsReview", "archived")))
                .body("violations[2].expected", is("false, true or all"));
    }

    @Test
    void a_migration_that_says_how_difficult_it_is_shows_it_in_the_list() {
        importFile(Samples.migration(key, service, STEPS) + "difficulty: advanced\n");
        admin().queryParam("service", service)
                .get("/api/v1/migrations")
                .then()
                .body("items[0].difficulty", is("advanced"));
        importFile(Samples.migration(key, service, STEPS));
        admin().queryParam("service", service)
                .get("/api/v1/migrations")
                .then()
                .body("items[0].containsKey('difficulty')", is(false));
    }

    @Test
    void a_draft_that_was_searched_for_can_be_deleted() {
        String etag = admin().get("/api/v1/migrations/" + key).header("ETag");
        admin().contentType(ContentType.JSON)
                .header("If-Match", etag)
                .delete("/api/v1/migrations/" + key)
                .then()
                .statusCode(204);
        assertThat(keys("zanzibar")).isEmpty();
    }
}
