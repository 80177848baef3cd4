package dev.switchback.life;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deciding about a migration in a browser without scripts, and what its pages say about that. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LifePagesTest {

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: reads}\n";

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "page-" + unique;
    private final String page = "/migrations/" + key;
    private Visitor visitor;

    @BeforeEach
    void signInAndImport() {
        visitor = Visitor.signedIn();
        importFile(Samples.environment("stage-" + unique, "staging", "/tmp"));
        importFile(Samples.environment("prod-" + unique, "production", "/tmp"));
        importFile(file());
    }

    private String file() {
        return Samples.migration(key, "svc-" + unique, STEP);
    }

    private Response decide(String verb, String... fields) {
        return visitor.send(page + "/decide/" + verb, page + "/decide/" + verb, fields);
    }

    private String state() {
        return admin().get("/api/v1" + page).path("state");
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
    }

    @Test
    void the_page_offers_what_can_be_decided_now_and_nothing_else() {
        assertThat(visitor.page(page))
                .contains("decide/done", "decide/abandon", "decide/hand-over", "decide/duplicate", "decide/archive")
                .contains("decide/delete")
                .doesNotContain("decide/reopen", "decide/unarchive", "decide/review");
        assertThat(visitor.get(page + "/decide/reopen").statusCode()).isEqualTo(409);
        assertThat(visitor.get(page + "/decide/nothing").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/migrations/nowhere-" + unique + "/decide/done").statusCode())
                .isEqualTo(404);
        assertThat(visitor.get(page + "/decide").getHeader("Location")).isEqualTo(page + "#life");
        assertThat(visitor.with()
                        .urlEncodingEnabled(false)
                        .get("/migrations/a%0d%0ab/decide")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void done_needs_one_button_and_every_page_says_who_said_it_and_how_to_reopen() {
        assertThat(decide("done", "note", "All <b>well</b>").getHeader("Location"))
                .isEqualTo(page);
        for (String address : List.of(page, page + "/runbook", page + "/checklist", page + "/revisions")) {
            String html = visitor.page(address);
            assertThat(text(html))
                    .as(address)
                    .contains("Marked as done")
                    .contains("by admin: All &lt;b&gt;well&lt;/b&gt;");
            assertThat(html).contains(page + "/decide/reopen");
        }
        assertThat(text(visitor.page(page))).contains("Not now: it is done.");
        assertThat(decide("reopen", "note", " ").statusCode()).isEqualTo(422);
        assertThat(decide("reopen", "note", "one more").statusCode()).isEqualTo(303);
        assertThat(state()).isEqualTo("ready");
    }

    @Test
    void what_was_typed_is_kept_when_it_is_not_accepted() {
        Response answer = decide("hand-over", "owner", "team-test", "note", "we move");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("belongs to team-test already", "we move");
        answer = decide("hand-over", "owner", "", "note", "we move");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("href=\"#owner\"", "id=\"owner-e\"", "we move");
        answer = decide("abandon", "note", "");
        assertThat(answer.asString()).contains("href=\"#note\"", "<title>Error: Abandon");
        assertThat(decide("hand-over", "owner", "team-b", "note", "we move").statusCode())
                .isEqualTo(303);
        assertThat(visitor.page(page)).contains("team-b");
    }

    @Test
    void a_copy_is_offered_a_key_and_a_title_and_is_shown_when_it_is_made() {
        assertThat(visitor.page(page + "/decide/duplicate")).contains(key + "-copy", " (copy)");
        Response answer = decide("duplicate", "key", key + "-two", "title", "Number two", "note", "");
        assertThat(answer.getHeader("Location")).isEqualTo(page + "-two");
        assertThat(visitor.page(page + "-two")).contains("Number two", "Nobody has read this yet");
        assertThat(decide("duplicate", "key", key + "-two", "title", "x").statusCode())
                .isEqualTo(409);
        assertThat(decide("duplicate", "key", "Not a key", "title", "x").asString())
                .contains("id=\"key-e\"");
    }

    @Test
    void a_draft_is_deleted_by_who_has_seen_it() {
        String html = visitor.page(page + "/decide/delete");
        assertThat(html).contains("name=\"revision\" value=\"1\"");
        assertThat(decide("delete").statusCode()).isEqualTo(409);
        assertThat(decide("delete", "revision", "1").getHeader("Location")).isEqualTo("/migrations");
        assertThat(visitor.get(page).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_archived_says_so_and_can_be_read_and_taken_out_again() {
        assertThat(decide("archive").statusCode()).isEqualTo(303);
        assertThat(text(visitor.page(page)))
                .contains("Archived")
                .contains("by admin")
                .contains("it is archived");
        assertThat(visitor.page(page)).doesNotContain("decide/done");
        assertThat(decide("unarchive").statusCode()).isEqualTo(303);
        assertThat(text(visitor.page(page))).doesNotContain("by admin. It is not changed");
    }

    @Test
    void what_nobody_has_read_says_so_everywhere_and_is_not_offered_live() {
        importFile(file() + "needsReview: true\n");
        for (String address : List.of(
                page, page + "/runbook", page + "/checklist", page + "/revisions", start("stage"), start("prod"))) {
            assertThat(visitor.page(address)).as(address).contains("Nobody has read this yet", "I have read it");
        }
        assertThat(text(visitor.page(page))).contains("Not now: nobody has read it yet.");
        assertThat(visitor.page(start("prod"))).contains("name=\"gate\" value=\"reviewed\"");
        assertThat(visitor.page(start("stage"))).contains("value=\"rehearsal\"").doesNotContain("value=\"live\"");
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"stage-" + unique + "\", \"purpose\": \"live\"}")
                .post("/api/v1" + page + "/runs")
                .then()
                .statusCode(409);
        String run = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"stage-" + unique + "\", \"purpose\": \"rehearsal\"}")
                .post("/api/v1" + page + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "succeeded".equals(admin().get(run).path("state")));
        assertThat(visitor.page(run.replace("/api/v1", ""))).contains("Nobody has read the present revision");
        assertThat(state()).isEqualTo("draft");
        Response answer = visitor.send(page, page + "/decide/review", "note", "");
        assertThat(answer.getHeader("Location")).isEqualTo(page);
        assertThat(visitor.page(page)).doesNotContain("Nobody has read this yet");
        assertThat(state()).isEqualTo("rehearsed");
    }

    private String start(String environment) {
        return page + "/start?environment=" + environment + "-" + unique;
    }

    @Test
    void how_long_it_takes_is_said_once_it_is_known() {
        assertThat(text(visitor.page(page))).contains("not known yet: no run");
        String run = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"stage-" + unique + "\", \"purpose\": \"live\"}")
                .post("/api/v1" + page + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "succeeded".equals(admin().get(run).path("state")));
        assertThat(text(visitor.page(page))).contains("about 1 s, from 1 run");
    }
}
