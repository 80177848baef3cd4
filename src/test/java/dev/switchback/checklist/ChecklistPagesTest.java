package dev.switchback.checklist;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import dev.switchback.web.Flash;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ticking off in a browser without scripts. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ChecklistPagesTest {

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: reads}\n";
    private static final String ITEMS = """
        checklist:
          - {id: plans, title: "Review <i>query</i> plans", evidence: plan}
          - {id: written, title: Document it, evidence: note}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "ticks-" + unique;
    private final String page = "/migrations/" + key + "/checklist";
    private Visitor visitor;

    @BeforeEach
    void signInAndImport() {
        visitor = Visitor.signedIn();
        importFile(file());
    }

    private String file() {
        return Samples.migration(key, "svc-" + unique, STEP) + ITEMS;
    }

    private Response tick(String item, String... fields) {
        return visitor.send(page, page + "/" + item, fields);
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void what_says_neither_done_nor_not_takes_no_tick_away() {
        tick("written", "done", "true", "revision", "1", "note", "wiki");
        for (String done : List.of("", "yes")) {
            Response answer = tick("written", "done", done, "revision", "1", "note", "typed");
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.asString()).contains("It is not said whether it is done", "typed");
        }
        assertThat(text(visitor.page(page))).contains("1 of 2 done");
    }

    @Test
    void an_item_is_ticked_off_and_the_tick_taken_away_by_plain_forms() {
        assertThat(text(visitor.page(page))).contains("0 of 2 done").contains("Wants query plans");
        Response answer = tick(
                "plans",
                "done",
                "true",
                "revision",
                "1",
                "evidence",
                "https://example.org/p?a=1&b=2",
                "note",
                "two <script>scans</script>");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.getHeader("Location")).isEqualTo(page + "#item-plans");
        String html = visitor.page(page);
        assertThat(text(html)).contains("1 of 2 done");
        assertThat(html)
                .contains("<a href=\"https://example.org/p?a=1&amp;b=2\" rel=\"noopener noreferrer\">")
                .doesNotContain("<script>scans");
        assertThat(text(visitor.page("/migrations/" + key))).contains("Checklist: 1 of 2 done");
        tick("written", "done", "true", "revision", "1", "note", "wiki");
        assertThat(text(visitor.page(page))).contains("All 2 done");
        tick("plans", "done", "false", "revision", "1", "note", "wrong database");
        assertThat(text(visitor.page(page)))
                .contains("1 of 2 done")
                .contains("Tick taken away")
                .contains("wrong database")
                .contains("2 entries");
    }

    @Test
    void what_is_missing_stands_at_its_field_and_nothing_typed_is_lost() {
        Response answer =
                tick("plans", "done", "true", "revision", "1", "evidence", "/runs/999999", "note", "looked at it");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString())
                .contains("<title>Error: Checklist", "href=\"#item-plans-evidence\"", "id=\"item-plans-evidence-e\"")
                .contains("looked at it</textarea>");
        assertThat(tick("nothing", "done", "true").statusCode()).isEqualTo(404);
    }

    @Test
    void a_tick_on_other_work_asks_again_and_holds_with_one_press() {
        tick("plans", "done", "true", "revision", "1", "evidence", "index scan", "note", "fine");
        importFile(file().replace("it works", "it works better"));
        String html = visitor.page(page);
        assertThat(text(html))
                .contains("0 of 2 done, 1 asks again")
                .contains("Ticked on revision 1; the migration is at 2");
        assertThat(text(visitor.page("/migrations/" + key))).contains("ticked on revision 1");
        assertThat(html).contains("Still holds");
        tick("plans", "done", "true", "revision", "2", "evidence", "index scan", "note", "fine");
        assertThat(text(visitor.page(page))).contains("1 of 2 done").doesNotContain("asks again");
    }

    @Test
    void who_looks_at_an_older_revision_is_told_and_keeps_what_they_typed() {
        importFile(file().replace("it works", "it works better"));
        Response answer = tick("plans", "done", "true", "revision", "1", "evidence", "index scan", "note", "fine");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(text(answer.asString())).contains("is at revision 2 now; you saw 1");
        assertThat(answer.asString()).contains("value=\"index scan\"", "fine</textarea>");
        admin().get("/api/v1/migrations/" + key + "/checklist").then().body("done", is(0));
    }

    @Test
    void who_ticks_what_somebody_else_ticked_meanwhile_is_told() {
        assertThat(visitor.page(page)).contains("name=\"last\" value=\"0\"");
        tick("written", "done", "true", "revision", "1", "last", "0", "note", "first");
        Response second = tick("written", "done", "true", "revision", "1", "last", "0", "note", "second");
        String flash = second.getCookie("switchback_flash");
        assertThat(Flash.read(flash)).contains("admin ticked it off meanwhile. Both are kept, and yours counts.");
        assertThat(text(visitor.page(page))).contains("second").contains("2 entries");
    }

    @Test
    void what_is_archived_is_only_read() {
        admin().contentType(ContentType.JSON).body("{}").post("/api/v1/migrations/" + key + "/archive");
        assertThat(visitor.page(page)).doesNotContain("Tick it off…").contains("Document it");
    }

    @Test
    void a_migration_that_asks_nothing_says_so() {
        importFile(Samples.migration(key + "-b", "svc-" + unique, STEP));
        assertThat(text(visitor.page("/migrations/" + key + "-b/checklist"))).contains("This revision asks nothing");
    }
}
