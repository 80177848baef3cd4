package dev.switchback.journey;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the first tick to the archive, with a thumb and without scripts; and how those pages look. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LifeOfMigrationJourneyTest extends Journey {

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: reads}\n";
    private static final String ITEMS = """
        checklist:
          - {id: plans, title: Review query plans, evidence: plan}
          - {id: written, title: Document the migration, evidence: note}
          - {id: asked, title: Ask the owner}
        """;
    private static final String ATTRIBUTES = """
        difficulty: beginner
        stack: [python, fastapi]
        links: [{title: Ticket, url: "https://tracker.example/SHOP-12"}]
        attributes:
          scenario: inside a "wordpress" <b>workflow</b>
          checks: [a, b, {nested: [c, {deeper: [{deeper: [{deeper: [{deeper: [d]}]}]}]}]}]
          word: %s
          many: [%s]
        """.formatted("x".repeat(300), "{a: 1, b: 2}, ".repeat(130) + "end");

    private String file(String key) {
        return Samples.migration(key, "svc-" + unique, STEP) + ITEMS;
    }

    private static Locator item(Page page, String id) {
        return page.locator("#item-" + id);
    }

    private static void tick(Page page, String id, String evidence, String note) {
        item(page, id)
                .locator("summary", new Locator.LocatorOptions().setHasText("Tick it off…"))
                .click();
        page.fill("#item-" + id + "-evidence", evidence);
        page.fill("#item-" + id + "-note", note);
        item(page, id)
                .locator("button", new Locator.LocatorOptions().setHasText("Tick off"))
                .click();
    }

    @Test
    void ticks_off_takes_away_and_is_asked_again_without_scripts_on_a_phone() {
        String key = "ticks-" + unique;
        importFile(file(key));
        Page page = phone(false);
        page.navigate("/migrations/" + key);
        follow(page, "Tick off");
        tick(page, "plans", "/runs/999999999", "looked at it");
        assertThat(page.locator("#refused").innerText()).isEqualTo("Nothing was kept");
        assertThat(page.inputValue("#item-plans-note")).isEqualTo("looked at it");
        page.fill("#item-plans-evidence", "both use the index");
        item(page, "plans").locator("button").click();
        assertThat(page.locator("#checklist").innerText()).isEqualTo("1 of 3 done");
        tick(page, "written", "", "in the wiki");

        item(page, "plans")
                .locator("summary", new Locator.LocatorOptions().setHasText("Take the tick away…"))
                .click();
        page.fill("#item-plans-note", "wrong database");
        item(page, "plans").locator("button").click();
        assertThat(page.locator("#checklist").innerText()).isEqualTo("1 of 3 done");
        assertThat(item(page, "plans").innerText()).contains("wrong database");
        tick(page, "plans", "the right one now", "");

        importFile(file(key).replace("it works", "it works better"));
        page.reload();
        assertThat(page.locator("#checklist").innerText()).isEqualTo("0 of 3 done, 2 ask again");
        assertThat(item(page, "plans").innerText()).contains("Ticked on revision 1; the migration is at 2");
        item(page, "plans")
                .locator("button", new Locator.LocatorOptions().setHasText("Still holds"))
                .click();
        assertThat(page.locator("#checklist").innerText()).isEqualTo("1 of 3 done, 1 asks again");
        assertThat(item(page, "plans").innerText()).contains("the right one now");
    }

    @Test
    void is_read_handed_over_done_reopened_and_put_away() {
        String key = "life-" + unique;
        environment("staging");
        importFile(file(key) + "needsReview: true\n");
        Page page = phone(false);
        page.navigate("/migrations/" + key);
        press(page, "I have read it");
        assertThat(page.locator("[role=status]").innerText()).isEqualTo("Reviewed.");
        follow(page, "Hand over…");
        page.fill("#owner", "team-b");
        press(page, "Hand over");
        assertThat(page.locator("#note-e").innerText()).contains("why, in a sentence");
        page.fill("#note", "they run it");
        press(page, "Hand over");
        assertThat(page.locator("[role=status]").innerText()).isEqualTo("Handed over to team-b.");
        follow(page, "Mark as done…");
        press(page, "Mark as done");
        assertThat(page.locator("main").innerText()).contains("Marked as done").contains("Not now: it is done.");
        follow(page, "Reopen…");
        page.fill("#note", "one more step");
        press(page, "Reopen");
        follow(page, "Archive…");
        press(page, "Archive");
        assertThat(page.locator("main").innerText()).contains("Archived");
        follow(page, "Take out of the archive…");
        press(page, "Take out of the archive");
        follow(page, "Duplicate…");
        press(page, "Duplicate");
        assertThat(page.url()).endsWith("/migrations/" + key + "-copy");
        follow(page, "Delete…");
        press(page, "Delete " + key + "-copy");
        assertThat(page.url()).endsWith("/migrations");
    }

    @Test
    void looks_right_in_every_state() {
        String key = "looks-" + unique;
        String address = "/migrations/" + key;
        importFile(file(key) + ATTRIBUTES + "needsReview: true\n");
        Page page = desktop();
        page.navigate(address);
        page.locator("aside details summary").first().click();
        Appearance.check(page);
        assertThat(page.locator("aside").innerText()).contains("<b>workflow</b>", "31 more stand in the file");
        say(key, "review", "{}");
        say(
                key,
                "checklist/plans",
                "{\"done\": true, \"evidence\": \"/plans/3\", \"note\": \"long " + "n".repeat(300) + "\"}");
        say(key, "checklist/asked", "{\"done\": true}");
        say(key, "checklist/asked", "{\"done\": false, \"note\": \"too early\"}");
        for (String path :
                List.of("/checklist", "/decide/hand-over", "/decide/duplicate", "/decide/delete", "/decide/abandon")) {
            page.navigate(address + path);
            Appearance.check(page);
        }
        press(page, "Abandon");
        Appearance.check(page);
        importFile(file(key).replace("it works", "it works better"));
        page.navigate(address + "/checklist");
        page.locator("#item-plans summary").first().click();
        Appearance.check(page);
        page.navigate(address);
        Appearance.check(page);
        say(key, "done", "{\"note\": \"all is well\"}");
        page.navigate(address);
        Appearance.check(page);
        say(key, "archive", "{}");
        page.navigate(address + "/checklist");
        Appearance.check(page);
    }

    private static void say(String key, String path, String body) {
        var request = admin().contentType(ContentType.JSON).body(body);
        String address = "/api/v1/migrations/" + key + "/" + path;
        (path.startsWith("checklist") ? request.put(address) : request.post(address))
                .then()
                .statusCode(200);
    }
}
