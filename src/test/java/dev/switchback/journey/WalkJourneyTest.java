package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first evening with Switchback, on a database of its own: from an empty page to a run that was taken back. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, restrictToAnnotatedClass = true)
class WalkJourneyTest extends Journey {

    /** What the step itself wrote. */
    private static final String LINES = "[data-log] li:not(.sys) code";

    private static final String STEPS = """
          - {id: prepare, title: Write the new file, phase: prepare, shell: {target: host, command: "echo new > file; echo began; until [ -e more ]; do sleep 0.05; done; echo more came; until [ -e go ]; do sleep 0.05; done; echo done"}, rollback: {shell: {target: host, command: "rm file; echo file is gone"}}}
          - {id: look, title: Look at the shop, phase: verify, manual: {instructions: Open the shop and order a shoe., evidence: true}, noRollback: only looks}
          - {id: switch, title: Switch over, phase: change, shell: {target: host, command: "touch switched; echo switched"}, rollback: {shell: {target: host, command: "rm switched"}}}
        """;

    @Test
    void a_file_is_imported_run_watched_answered_and_taken_back() {
        Page page = desktop();
        showsThreeFirstSteps(page);
        importsAfterAMistake(page);
        startsInStaging(page);
        watchesTheLog(page);
        answersWithEvidence(page);
        rollsBack(page);
    }

    private static void showsThreeFirstSteps(Page page) {
        assertThat(page.locator("h1")).containsText("three steps to a first rehearsal");
        for (String empty : new String[] {"/", "/migrations", "/environments", "/runs"}) {
            page.navigate(empty);
            Appearance.check(page);
        }
        page.navigate("/");
        follow(page, "Import a file…");
    }

    private void importsAfterAMistake(Page page) {
        String right = Samples.environment("staging", "staging", folder.toString())
                + "---\n"
                + Samples.migration("shop-shoes", "shop", STEPS);
        String wrong = right.replace("phase: verify", "phase: verfiy");
        long line = wrong.substring(0, wrong.indexOf("verfiy")).lines().count();
        page.getByLabel("Or its text").fill(wrong);
        press(page, "Check the file");
        assertThat(page.locator("h1")).hasText("1 problem keeps this file from being imported");
        assertThat(page.locator(".errs")).containsText("Line " + line + ":");
        assertThat(page.locator(".errs")).containsText("Expected:");
        assertThat(page.locator("#L" + line)).hasClass(Pattern.compile("bad"));
        assertThat(page.locator("#text")).hasValue(wrong);

        page.fill("#text", right);
        press(page, "Check the corrected text");
        assertThat(page.locator("h1")).hasText("This file can be imported");
        press(page, "Import 2 documents");
        assertThat(page).hasURL(site + "migrations/shop-shoes");
        assertThat(page.locator(".flash")).hasText("Imported 2 documents: 2 created.");
    }

    private static void startsInStaging(Page page) {
        follow(page, "Start in staging…");
        page.getByLabel("Live run").check();
        press(page, "Start in staging");
        assertThat(page).hasURL(Pattern.compile("/runs/\\d+$"));
        assertThat(page.locator("h1")).hasText("Change something of shop");
    }

    private void watchesTheLog(Page page) {
        page.evaluate("window.sameDocument = true");
        assertThat(page.locator(LINES)).hasText(new String[] {"began"});
        assertThat(page.locator("#now")).containsText("Step 1 of 3");
        touch("more");
        assertThat(page.locator(LINES)).hasText(new String[] {"began", "more came"});
        touch("go");
        assertThat(page.locator("#evidence")).isVisible();
        assertThat(page.locator("#now")).containsText("Step 2 asks you");
        assertThat(page).hasTitle(Pattern.compile("^❚❚"));
        assertThat(page.evaluate("window.sameDocument"))
                .as("nobody reloaded the page")
                .isEqualTo(true);
    }

    private void answersWithEvidence(Page page) {
        press(page, "Step 2 went as expected");
        assertThat(page.locator("#refused")).containsText("This step asks for evidence");
        page.fill("#evidence", "order 4711, one pair of shoes");
        press(page, "Step 2 went as expected");
        assertThat(page.locator("#now")).containsText("Succeeded");
        assertThat(page).hasTitle(Pattern.compile("^✓ Succeeded"));
        assertThat(folder.resolve("switched")).exists();
        page.locator(".rail a")
                .filter(new Locator.FilterOptions().setHasText("Look at the shop"))
                .click();
        assertThat(page.locator("#step-words")).containsText("order 4711, one pair of shoes");
        page.goBack();
    }

    private void rollsBack(Page page) {
        long forward = runOf(page);
        follow(page, "Roll back…");
        assertThat(page.locator(".undos li")).hasCount(2);
        assertThat(page.locator(".undos li").first()).containsText("Switch over");
        press(page, "Roll back run " + forward + " in staging");
        assertThat(page.locator("#now")).containsText("Rolled back");
        assertThat(runOf(page)).isEqualTo(forward + 1);
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("This run takes run " + forward + " back.");
        assertThat(folder.resolve("file")).doesNotExist();
        assertThat(folder.resolve("switched")).doesNotExist();
        page.navigate("/");
        assertThat(page.locator("#finished")).containsText("Rolled back");
    }
}
