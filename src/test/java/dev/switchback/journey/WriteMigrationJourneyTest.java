package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.switchback.Http;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A migration is written from nothing in the browser: with scripts and without, at a desk and on a phone. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class WriteMigrationJourneyTest extends Journey {

    private final String key = "move-the-settings-" + unique;

    @Test
    void at_a_desk_without_scripts() {
        Page page = nobody(
                new Browser.NewContextOptions().setViewportSize(1360, 900).setJavaScriptEnabled(false));
        signIn(page);
        follow(page, "Migrations");
        follow(page, "New migration…");
        fill(page, "title", "Move the settings " + unique);
        press(page, "Save");
        assertThat(page).hasTitle(Pattern.compile("Error: New migration.*"));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("4 things to put right");
        follow(page, "Service is missing; expected: one line of text, at most 200 characters");
        assertThat(field(page, "service")).isFocused();
        about(page);
        steps(page);
        press(page, "Save");
        assertThat(page).hasURL(site + "migrations/" + key);
        assertThat(page.locator(".flash")).containsText("revision 1");
        written();
    }

    @Test
    void at_a_desk_with_scripts() {
        Page page = desktop();
        page.navigate("/migrations/new");
        field(page, "title").pressSequentially("Move the settings " + unique);
        assertThat(field(page, "key")).hasValue(key);
        about(page);
        press(page, "Add a step");
        assertThat(field(page, "steps[0].title")).isFocused();
        press(page, "Remove step 1");
        assertThat(field(page, "steps[0].title")).hasCount(0);
        steps(page);
        press(page, "Check it");
        assertThat(page.locator("#answer")).containsText("Nothing to put right");
        Appearance.check(page);
        page.onDialog(dialog -> dialog.accept());
        press(page, "Save");
        assertThat(page).hasURL(site + "migrations/" + key);
        assertThat(page.locator(".flash")).containsText("revision 1");
        written();
    }

    @Test
    void on_a_phone_nothing_typed_is_lost_when_the_tab_dies() {
        Page page = phone(true);
        page.navigate("/migrations/new");
        fill(page, "title", "Half done " + unique);
        press(page, "Add a step");
        fill(page, "steps[0].title", "Only typed");
        assertThat(page.locator("#state")).containsText(Pattern.compile("put right"));
        page.onDialog(dialog -> dialog.accept());
        page.reload();
        assertThat(page.locator("#answer")).containsText("You had typed something here");
        press(page, "Bring it back");
        assertThat(field(page, "title")).hasValue("Half done " + unique);
        assertThat(field(page, "steps[0].title")).hasValue("Only typed");
        press(page, "Save");
        assertThat(page.locator("#problems")).containsText("to put right");
        Appearance.check(page);
    }

    @Test
    void on_a_phone_without_scripts_nothing_typed_is_lost_when_the_session_has_ended() {
        Page page = phone(false);
        page.navigate("/migrations/new");
        fill(page, "title", "Move the settings " + unique);
        about(page);
        steps(page);
        page.context().clearCookies();
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are signed out");
        page.fill("#name", "admin");
        page.fill("#password", "not this one");
        press(page, "Sign in");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("is wrong");
        page.fill("#password", TestDatabase.PASSWORD);
        press(page, "Sign in");
        assertThat(page.locator("h1")).hasText("You are signed in again");
        press(page, "Show what I typed");
        assertThat(field(page, "title")).hasValue("Move the settings " + unique);
        assertThat(page.getByText("wait: 5m")).isVisible();
        assertThat(Http.admin().get("/api/v1/migrations/" + key).statusCode()).isEqualTo(404);
        press(page, "Save");
        assertThat(page).hasURL(site + "migrations/" + key);
        written();
    }

    @Test
    void the_pages_between_a_session_that_ended_and_what_was_typed_are_readable() {
        Page page = desktop();
        // Without it the form signs in where it stands, and these pages are never seen.
        page.route(
                "**/assets/form.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("")));
        page.navigate("/migrations/new");
        fill(page, "title", "Move the settings " + unique);
        page.context().clearCookies();
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are signed out");
        Appearance.check(page);
        page.fill("#name", "admin");
        page.fill("#password", TestDatabase.PASSWORD);
        press(page, "Sign in");
        assertThat(page.locator("h1")).hasText("You are signed in again");
        Appearance.check(page);
    }

    @Test
    void no_secret_is_kept_in_the_tab() {
        Page page = desktop();
        page.navigate("/environments/new");
        fill(page, "name", "Half done " + unique);
        field(page, "targets~add-kind").selectOption("jdbc");
        press(page, "Add a target");
        fill(page, "targets[0].url", "jdbc:postgresql://shop:hunter2@127.0.0.1/shop");
        fill(page, "targets[0].password", "hunter2");
        assertThat(page.locator("#state")).containsText(Pattern.compile("put right"));
        assertKept(page);
        field(page, "targets~add-kind").selectOption("http");
        press(page, "Add a target");
        fill(page, "targets[1].headers[0]~name", "Authorization");
        fill(page, "targets[1].headers[0]", "Bearer hunter2");
        fill(page, "targets[1].url", "http://127.0.0.1");
        assertThat(page.locator("#state")).containsText(Pattern.compile("put right"));
        assertKept(page);
    }

    private void assertKept(Page page) {
        assertThat(String.valueOf(page.evaluate("JSON.stringify(sessionStorage)")))
                .contains("Half done " + unique)
                .doesNotContain("hunter2");
    }

    private static void about(Page page) {
        fill(page, "service", "shop");
        fill(page, "owner", "team-shop");
        fill(page, "today.route", "GET /api/products");
        fill(page, "expected", "the same list, no failed request");
        fill(page, "rollbackNote", "Set read_from back.");
    }

    /** Three steps: the second is written first, copied, and moved. */
    private static void steps(Page page) {
        field(page, "steps~add-kind").selectOption("http");
        press(page, "Add a step");
        fill(page, "steps[0].title", "Switch reads");
        fill(page, "steps[0].http.target", "web");
        fill(page, "steps[0].http.request", "POST /admin/flags");
        fill(page, "steps[0].http.json", "{read_from: table}");
        field(page, "steps[0].phase").selectOption("change");
        choose(page, "steps[0].rollback~kind", "http");
        fill(page, "steps[0].rollback.http.target", "web");
        fill(page, "steps[0].rollback.http.request", "POST /admin/flags");
        fill(page, "steps[0].rollback.http.json", "{read_from: file}");
        press(page, "Copy step 1");
        assertThat(field(page, "steps[1].title")).isFocused();
        assertThat(field(page, "steps[1].rollback.http.json")).hasValue("{read_from: file}");
        fill(page, "steps[1].title", "Create the table");
        field(page, "steps[1].id").fill("create-table");
        choose(page, "steps[1]~kind", "sql");
        fill(page, "steps[1].sql.target", "db");
        fill(page, "steps[1].sql.statements[0]", "CREATE TABLE IF NOT EXISTS settings_v2 (name text)");
        choose(page, "steps[1].rollback~kind", "");
        fill(page, "steps[1].noRollback", "an empty table harms nobody");
        field(page, "steps[1].phase").selectOption("prepare");
        press(page, "Move step 2 up");
        assertThat(field(page, "steps[0].title")).hasValue("Create the table");
        assertThat(page.locator("[id='steps[0]~down']")).isFocused();
        field(page, "steps~add-kind").selectOption("wait");
        press(page, "Add a step");
        fill(page, "steps[2].title", "Watch it");
        fill(page, "steps[2].wait.for", "5m");
        field(page, "steps[2].phase").selectOption("verify");
        press(page, "Fold step 3");
        assertThat(field(page, "steps[2].title")).hasCount(0);
        assertThat(page.getByText("wait: 5m")).isVisible();
    }

    private void written() {
        JsonPath made = Http.admin().get("/api/v1/migrations/" + key).jsonPath();
        assertThat(made.getList("steps.title")).containsExactly("Create the table", "Switch reads", "Watch it");
        assertThat(made.getList("steps.id")).containsExactly("create-table", "switch-reads", "watch-it");
        assertThat(made.getString("steps[1].rollback.http.json.read_from")).isEqualTo("file");
        assertThat(made.getList("checklist")).hasSize(5);
        assertThat(made.getString("state")).isEqualTo("ready");
    }

    private static Locator field(Page page, String id) {
        return page.locator("[id='" + id + "']");
    }

    private static void fill(Page page, String id, String text) {
        field(page, id).fill(text);
    }

    /** Chooses, and presses the button that a page without scripts has for it. */
    private static void choose(Page page, String id, String value) {
        field(page, id).selectOption(value);
        Locator button = page.locator("button[value='show " + id + "']");
        if (button.isVisible()) {
            button.click();
        }
        assertThat(field(page, id)).hasValue(value);
    }
}
