package dev.switchback.audit;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a security engineer asks after an outage. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class AuditApiTest {

    @Inject
    Trail trail;

    private JsonPath asked(String... query) {
        var request = admin();
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i], query[i + 1]);
        }
        return request.get("/api/v1/audit").then().statusCode(200).extract().jsonPath();
    }

    private void write(Entry entry) {
        trail.record(entry);
    }

    private static String made(String name, String... scopes) {
        return admin().contentType(ContentType.JSON)
                .body(Map.of("name", name, "scopes", List.of(scopes)))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    @Test
    void tells_who_did_what_from_where_and_by_which_token() {
        String secret = made("audit-teller", "read", "author");
        token(secret).contentType("application/yaml").body("""
            apiVersion: switchback/v1
            kind: Migration
            key: audit-told
            title: Told by the trail
            service: audit-shop
            owner: admin
            """).post("/api/v1/import");
        JsonPath made = asked("action", "token.make", "actor", "admin");
        assertThat(made.getString("items[0].after")).contains("audit-teller").doesNotContain(secret);
        assertThat(made.getString("items[0].address")).isEqualTo("127.0.0.1");
        assertThat(made.getString("items[0].means")).isEqualTo("password");
    }

    @Test
    void writes_down_who_was_refused_and_only_once() {
        String secret = made("audit-refused", "read");
        for (int i = 0; i < 3; i++) {
            token(secret)
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .post("/api/v1/teams")
                    .then()
                    .statusCode(403);
        }
        await().until(() -> !asked("action", "access.refused", "object", "POST /api/v1/teams", "actor", "admin")
                .getList("items")
                .isEmpty());
        JsonPath found = asked("action", "access.refused", "object", "POST /api/v1/teams", "actor", "admin");
        assertThat(found.getList("items")).hasSize(1);
        assertThat(found.getString("items[0].token")).isEqualTo("audit-refused");
        assertThat(found.getString("items[0].note")).isNotBlank();
    }

    @Test
    void filters_and_pages_without_skipping_or_repeating() {
        for (int i = 0; i < 7; i++) {
            write(Entry.of("test.paged", "thing", "paged-" + i).where("audit-service", i % 2 == 0 ? "e1" : "e2"));
        }
        assertThat(asked("action", "test").getList("items.object")).contains("paged-0", "paged-6");
        assertThat(asked("action", "tes").getList("items")).isEmpty();
        assertThat(asked("action", "test.paged", "environment", "e2").getList("items"))
                .hasSize(3);
        assertThat(asked("object", "thing/paged-3").getList("items.object")).containsExactly("paged-3");
        var seen = new java.util.ArrayList<String>();
        String next = "/api/v1/audit?action=test.paged&limit=3";
        while (next != null) {
            JsonPath page = admin().urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.object", String.class));
            next = page.getString("next");
        }
        assertThat(seen).containsExactly("paged-6", "paged-5", "paged-4", "paged-3", "paged-2", "paged-1", "paged-0");
    }

    @Test
    void refuses_a_time_that_is_none() {
        admin().get("/api/v1/audit?since=yesterday")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("since"));
    }

    @Test
    void a_table_for_spreadsheets_holds_no_formula_and_no_escape() {
        write(Entry.of("test.csv", "thing", "=1+1")
                .note("\u001b[31mred, \"quoted\"")
                .to("@cmd"));
        String csv = admin().get("/api/v1/audit?action=test.csv&format=csv")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", "attachment; filename=\"audit.csv\"")
                .extract()
                .asString();
        assertThat(csv).startsWith("id,at,actor,").contains(",'=1+1,", ",'@cmd,", "\"\\u001b[31mred, \"\"quoted\"\"\"");
        assertThat(csv).doesNotContain("\u001b");
    }

    @Test
    void json_lines_hold_one_entry_each() {
        write(Entry.of("test.lines", "thing", "1"));
        write(Entry.of("test.lines", "thing", "2"));
        String lines = admin().accept("application/x-ndjson")
                .get("/api/v1/audit?action=test.lines")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(lines.lines().map(line -> new JsonPath(line).getString("object")))
                .containsExactly("2", "1");
    }

    @Test
    void holds_no_secret_and_says_what_was_cut() {
        write(Entry.of("test.masked", "thing", "1")
                .note("it was t0p-secret-value, really")
                .to("x".repeat(5_000)));
        JsonPath entry = asked("action", "test.masked");
        assertThat(entry.getString("items[0].note")).isEqualTo("it was ••••••••, really");
        assertThat(entry.getString("items[0].after")).endsWith("x… (cut, it had 5000 characters)");
    }

    @Test
    void the_chain_is_whole_and_grows() {
        write(Entry.of("test.chain", "thing", "1"));
        await().atMost(java.time.Duration.ofSeconds(30))
                .untilAsserted(() -> admin().get("/api/v1/audit/verify")
                        .then()
                        .statusCode(200)
                        .body("whole", is(true))
                        .body("batches", greaterThan(0))
                        .body("last.number", greaterThan(0)));
    }

    @Test
    void the_page_says_the_same_and_links_to_what_changed() {
        importFile("""
            apiVersion: switchback/v1
            kind: Environment
            key: audit-place
            name: Audit place
            tier: development
            """);
        write(Entry.of("environment.revise", "environment", "audit-place")
                .where(null, "audit-place")
                .from("<b>before</b>")
                .to("after"));
        String page = Visitor.signedIn().page("/audit?object=environment/audit-place&action=environment.revise");
        assertThat(page)
                .contains("<a href=\"/environments/audit-place\">environment audit-place</a>")
                .contains("&lt;b&gt;before&lt;/b&gt;")
                .contains("Chain whole")
                .contains(
                        "/api/v1/audit?object=environment%2Faudit-place&amp;action=environment.revise&amp;format=csv");
    }

    @Test
    void an_empty_page_names_the_filter_to_drop() {
        String page = Visitor.signedIn().page("/audit?actor=nobody-at-all&action=run");
        assertThat(page)
                .contains("No entry fits all of these")
                .contains("Without “by nobody-at-all”")
                .contains("href=\"/audit?action=run\"");
    }
}
