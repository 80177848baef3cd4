package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** A step fails: the page says what to know, and takes every answer with care. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class FailingStepJourneyTest extends Journey {

    private static final String STEPS = """
          - {id: prepare, title: Prepare, phase: prepare, shell: {target: host, command: touch file}, rollback: {shell: {target: host, command: rm file}}}
          - {id: fragile, title: Read what is needed, phase: change, shell: {target: host, command: cat needed}, rollback: {shell: {target: host, command: "true"}}}
          - {id: after, title: Afterwards, phase: verify, shell: {target: host, command: touch after}, rollback: {shell: {target: host, command: rm after}}}
        """;

    private Page failed() {
        long id = start(migration("fragile", STEPS), environment("staging"));
        Page page = desktop();
        page.navigate("/runs/" + id);
        assertThat(page.locator("#current-h")).hasText("Step 2 failed: Read what is needed");
        return page;
    }

    @Test
    void what_failed_what_was_expected_and_whether_it_may_be_repeated_stand_in_three_lines() {
        Page page = failed();
        assertThat(page.locator(".three dt")).hasText(new String[] {"What failed", "Expected", "Can you repeat it?"});
        assertThat(page.locator(".three dd").nth(0)).containsText("1");
        assertThat(page.locator(".three dd").nth(2)).containsText("not marked as safe to repeat");
        assertThat(page.locator("[data-log]")).containsText("No such file");
        assertThat(page.locator(".choices")).containsText("Recommended.");
    }

    @Test
    void a_step_is_tried_again_after_the_cause_is_gone() {
        Page page = failed();
        press(page, "Try step 2 again");
        assertThat(page.locator("#history")).containsText("Read what is needed");
        assertThat(page.locator("#current-h")).hasText("Step 2 failed: Read what is needed");
        touch("needed");
        press(page, "Try step 2 again");
        assertThat(page.locator("#now")).containsText("Succeeded");
        assertThat(run(runOf(page)).getInt("steps[1].attempt")).isEqualTo(3);
    }

    @Test
    void going_on_without_a_step_needs_a_reason_and_a_refused_one_is_kept() {
        Page page = failed();
        unfold(page, "Continue without it…");
        press(page, "Continue without step 2");
        assertThat(page.locator("#refused")).containsText("skip needs a reason; nothing was decided");
        assertThat(page.locator("#note-skip")).isVisible();

        String tooLong = "It is not needed here. ".repeat(500);
        page.fill("#note-skip", tooLong);
        press(page, "Continue without step 2");
        assertThat(page.locator("#refused")).containsText("The note is too long");
        assertThat(page.locator("#note-skip")).hasValue(tooLong);

        page.fill("#note-skip", "It is not needed here.");
        press(page, "Continue without step 2");
        assertThat(page.locator("#now")).containsText("Succeeded");
        assertThat(page.locator("#history")).containsText("It is not needed here.");
        assertThat(folder.resolve("after")).exists();
    }

    @Test
    void rolling_back_undoes_what_was_done_before_the_failure() {
        Page page = failed();
        long id = runOf(page);
        page.locator(".choices").getByText("Roll back run " + id).click();
        press(page, "Stop and roll back run " + id);
        assertThat(page.locator("#now")).containsText("Rolled back");
        assertThat(runOf(page)).isEqualTo(id);
        assertThat(folder).isEmptyDirectory();
    }

    private static void unfold(Page page, String summary) {
        page.locator("summary")
                .filter(new Locator.FilterOptions().setHasText(summary))
                .click();
    }
}
