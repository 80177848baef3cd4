package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.switchback.Http.admin;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** Two people edit one migration at once, from a desk and from a phone without scripts; both find what they wrote. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class TwoPeopleJourneyTest extends Journey {

    private static final String STEPS = """
          - {id: make-room, title: Make room, phase: prepare, timeout: 30s, shell: {target: host, command: "true"}, noRollback: x}
          - {id: switch, title: Switch the reads, phase: change, timeout: 30s, shell: {target: host, command: "true"}, noRollback: x}
          - {id: look, title: Look, phase: verify, wait: {for: 1s}}
        """;

    @Test
    void the_second_of_two_people_chooses_and_nothing_is_lost() {
        editAtOnce(phone(false), false);
    }

    @Test
    void with_scripts_the_second_chooses_on_the_same_page() {
        editAtOnce(desktop(), true);
    }

    private void editAtOnce(Page second, boolean scripts) {
        String key = migration("two", STEPS);
        Page first = desktop();
        first.navigate("/migrations/" + key + "/edit");
        second.navigate("/migrations/" + key + "/edit");

        first.fill("[name=expected]", "It works in 80 ms");
        first.fill("[name=backup]", "night-shift");
        first.fill("[name=note]", "Measured again");
        save(first);
        assertThat(first.locator("main")).containsText("Saved as revision 2.");

        second.fill("[name=expected]", "It works and nobody notices");
        second.fill("[name=rollbackNote]", "Set the flag back");
        second.fill("[name=note]", "Said by support");
        save(second);
        assertThat(second.locator("h1")).hasText("admin saved revision 2 while you wrote");
        assertThat(second.locator("#meanwhile + ul")).containsText("Measured again");
        looksRight(second, scripts);

        press(second, "Save the result as revision 3");
        assertThat(second.getByRole(AriaRole.ALERT)).containsText("Expected result: choose whose version to take");
        looksRight(second, scripts);
        assertThat(part(second, "Rollback note").getByLabel("Yours")).isChecked();
        assertThat(part(second, "Stands in").getByLabel("Theirs, revision 2")).isChecked();
        part(second, "Expected result").getByLabel("Yours").check();
        press(second, "Save the result as revision 3");
        assertThat(second.locator("main")).containsText("Saved as revision 3.");

        JsonPath kept = admin().get("/api/v1/migrations/" + key).jsonPath();
        assertThat(kept.getString("expected")).isEqualTo("It works and nobody notices");
        assertThat(kept.getString("backup")).isEqualTo("night-shift");
        assertThat(kept.getString("rollbackNote")).isEqualTo("Set the flag back");
        second.navigate("/migrations/" + key + "/revisions");
        assertThat(second.locator("main")).containsText("Said by support");
        looksRight(second, scripts);
        second.navigate("/migrations/" + key + "/revisions/1..3");
        assertThat(second.locator("h1")).hasText("What changed from revision 1 to 3");
        looksRight(second, scripts);

        follow(second, "Restore revision 1…");
        second.fill("#note", "Both were wrong");
        looksRight(second, scripts);
        press(second, "Restore revision 1");
        assertThat(second.locator("main")).containsText("Revision 1 is restored as revision 4.");
        assertThat(admin().get("/api/v1/migrations/" + key).jsonPath().getString("expected"))
                .isEqualTo("it works");
    }

    /** The tool that looks needs scripts; without them the width is looked at. */
    private static void looksRight(Page page, boolean scripts) {
        if (scripts) {
            Appearance.check(page);
        } else {
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
    }

    private static void save(Page page) {
        page.locator(".savebar button[value=save]").click();
    }

    private static Locator part(Page page, String heading) {
        return page.locator("#merge > section")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }
}
