package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.switchback.Http.admin;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The same walk on a phone whose browser runs no scripts, and the care that production asks for. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class WalkWithoutScriptJourneyTest extends Journey {

    private static final String STEPS = """
          - {id: prepare, title: Write the new file, phase: prepare, shell: {target: host, command: "echo new > file; echo began; until [ -e go ]; do sleep 0.05; done; echo done"}, rollback: {shell: {target: host, command: "rm file; echo file is gone"}}}
          - {id: look, title: Look at the shop, phase: verify, manual: {instructions: Open the shop and order a shoe., evidence: true}, noRollback: only looks}
          - {id: switch, title: Switch over, phase: change, shell: {target: host, command: "touch switched; echo switched"}, rollback: {shell: {target: host, command: "rm switched"}}}
        """;

    @Test
    void the_walk_needs_no_script() {
        Page page = phone(false);
        imports(page, "staging-" + unique, "staging");
        follow(page, "Start in staging-" + unique + "…");
        page.getByLabel("Live run").check();
        press(page, "Start in staging-" + unique);
        assertThat(page).hasURL(Pattern.compile("/runs/\\d+$"));
        reloadUntil(page, line(page, "began"));
        touch("go");
        reloadUntil(page, page.locator("#evidence"));
        page.fill("#evidence", "order 4711");
        press(page, "Step 2 went as expected");
        reloadUntil(page, now(page, "Succeeded"));
        long forward = runOf(page);
        follow(page, "Roll back…");
        press(page, "Roll back run " + forward + " in staging-" + unique);
        reloadUntil(page, now(page, "Rolled back"));
        follow(page, "Whole log");
        assertThat(line(page, "file is gone")).hasCount(1);
        assertThat(folder.resolve("file")).doesNotExist();
        assertThat(folder.resolve("switched")).doesNotExist();
    }

    private void imports(Page page, String environment, String tier) {
        page.locator("summary")
                .filter(new Locator.FilterOptions().setHasText("Menu"))
                .click();
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Menu"))
                .getByText("Migrations")
                .click();
        follow(page, "Import…");
        page.fill(
                "#text",
                Samples.environment(environment, tier, folder.toString())
                        + "---\n"
                        + Samples.migration("shoes-" + unique, "shop-" + unique, STEPS));
        press(page, "Check the file");
        press(page, "Import 2 documents");
        assertThat(page).hasURL(site + "migrations/shoes-" + unique);
    }

    @Test
    void production_takes_only_its_own_name_and_keeps_what_was_typed() {
        Page page = phone(false);
        String production = "production-" + unique;
        imports(page, production, "production");
        // Among the productions of all the tests of this database it need not be the one whose gates stand on the page.
        page.navigate("/migrations/shoes-" + unique + "/start?environment=" + production);
        assertThat(page.getByText("PRODUCTION").first()).isVisible();
        page.locator("summary")
                .filter(new Locator.FilterOptions().setHasText("Start later…"))
                .click();
        page.fill("#startAt", "2040-01-02T03:04");
        page.fill("#confirm", "staging");
        press(page, "Start in " + production);
        assertThat(page.locator("#confirm-e")).hasText("You typed ‘staging’. This run goes to ‘" + production + "’.");
        assertThat(page.locator("#confirm")).hasValue("staging");
        assertThat(page.locator("#startAt")).isVisible();
        assertThat(page.locator("#startAt")).hasValue("2040-01-02T03:04");
        assertThat(runsIn(production)).isZero();

        page.fill("#startAt", "");
        page.fill("#confirm", production.toUpperCase(Locale.ROOT));
        press(page, "Start in " + production);
        assertThat(page).hasURL(Pattern.compile("/runs/\\d+$"));
        long forward = runOf(page);
        touch("go");
        reloadUntil(page, page.locator("#evidence"));
        page.fill("#evidence", "order 4711");
        press(page, "Step 2 went as expected");
        reloadUntil(page, now(page, "Succeeded"));
        follow(page, "Roll back…");
        page.fill("#confirm", "prod");
        press(page, "Roll back run " + forward + " in " + production);
        assertThat(page.locator("#confirm-e")).containsText("You typed ‘prod’.");
        assertThat(page.locator("#confirm")).hasValue("prod");
        page.fill("#confirm", production);
        press(page, "Roll back run " + forward + " in " + production);
        reloadUntil(page, now(page, "Rolled back"));
    }

    @Test
    void pressing_twice_and_going_back_starts_one_run() {
        Page page = phone(false);
        String staging = environment("staging");
        String key = migration("twice", STEPS);
        page.navigate("/migrations/" + key + "/start?environment=" + staging);
        page.getByLabel("Live run").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start in " + staging))
                .dblclick();
        assertThat(page).hasURL(Pattern.compile("/runs/\\d+$"));
        long run = runOf(page);
        page.goBack();
        press(page, "Start in " + staging);
        assertThat(page.locator("#refused")).hasText("It was not started");
        follow(page, "See the run that is in the way");
        assertThat(runOf(page)).isEqualTo(run);
        assertThat(runsIn(staging)).isEqualTo(1);
        abort(run);
    }

    private static Locator line(Page page, String text) {
        return page.locator("[data-log] li code").getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    private static Locator now(Page page, String text) {
        return page.locator("#now").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static int runsIn(String environment) {
        return admin().get("/api/v1/runs?environment=" + environment)
                .jsonPath()
                .getList("items")
                .size();
    }
}
