package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Production refuses with a list; the rehearsal goes forward, back and forward again; a second person approves; it opens;
 * an edit closes it again; a way back that does nothing is found out; and glass that is broken leaves its trail.
 */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class GatesJourneyTest extends Journey {

    private final String staging = "staging-" + unique;
    private final String production = "production-" + unique;
    private final String migration = "gates-" + unique;
    private final String service = "svc-" + unique;

    @BeforeEach
    void two_places() throws Exception {
        Files.createDirectories(folder.resolve("s"));
        Files.createDirectories(folder.resolve("p"));
        importFile(Samples.guarded(staging, "staging", folder.resolve("s").toString()));
        importFile(Samples.guarded(production, "production", folder.resolve("p").toString()));
        importFile(file("rm -f on"));
    }

    private String file(String undo) {
        return Samples.migration(
                        migration,
                        service,
                        "  - id: switch\n    title: Switch it on\n    phase: change\n"
                                + "    shell: {target: host, command: \"touch on\"}\n"
                                + "    appliedWhen: {shell: {target: host, command: \"test -f on && echo true || echo"
                                + " false\"}, is: true}\n"
                                + "    rollback: {shell: {target: host, command: \"" + undo + "\"}}\n")
                + "approvals: 1\n";
    }

    private Page person(String name, String role) {
        colleague(name, "{\"role\": \"" + role + "\", \"service\": \"" + service + "\"}");
        Page page = nobody(new Browser.NewContextOptions().setViewportSize(1360, 900));
        page.navigate("/signin");
        page.fill("#name", name);
        page.fill("#password", TestDatabase.PASSWORD);
        press(page, "Sign in");
        return page;
    }

    private static Locator gate(Page page, String key) {
        return page.locator("#gate-" + key);
    }

    private void readiness(Page page) {
        page.navigate("/migrations/" + migration + "/readiness?environment=" + production);
    }

    private void rehearse(Page page, String ends) {
        page.navigate("/migrations/" + migration + "/start?environment=" + staging);
        press(page, "Start in " + staging);
        assertThat(page).hasURL(Pattern.compile("/runs/\\d+$"));
        awaitState(runOf(page), ends);
    }

    @Test
    void production_opens_with_a_rehearsal_and_a_second_person_and_closes_with_an_edit() {
        Page operator = person("op-" + unique, "operator");
        readiness(operator);
        assertThat(operator.locator("h1")).containsText("gates are closed");
        assertThat(gate(operator, "rehearsed")).containsText("was never rehearsed in a lower tier");
        Appearance.check(operator);
        operator.navigate("/migrations/" + migration + "/start?environment=" + production);
        operator.fill("#confirm", production);
        press(operator, "Start in " + production);
        assertThat(operator.locator("#refused")).isVisible();
        assertThat(operator.locator(".errs")).containsText("was never rehearsed in a lower tier");
        Appearance.check(operator);

        rehearse(operator, "succeeded");
        readiness(operator);
        press(operator, "Ask the targets now");
        assertThat(gate(operator, "rollback")).containsText("the old state was seen again");
        assertThat(gate(operator, "approvals")).containsText("Nobody was asked yet");
        follow(operator, "To the start page…");
        operator.fill("#confirm", production);
        press(operator, "Ask for approval of a run in " + production);
        assertThat(operator).hasURL(Pattern.compile("/runs/\\d+$"));
        long run = runOf(operator);
        assertThat(operator.locator("#approvals")).containsText("Nobody has said anything yet");
        Appearance.check(operator);
        follow(operator, "Read and approve…");
        assertThat(operator.getByRole(
                        AriaRole.HEADING, new Page.GetByRoleOptions().setName("You cannot approve this one")))
                .isVisible();

        Page reviewer = person("yes-" + unique, "approver");
        reviewer.navigate("/");
        reviewer.navigate("/migrations/" + migration + "/approve");
        press(reviewer, "Approve run " + run + " in " + production);
        assertThat(reviewer.locator("#refused")).isVisible();
        Appearance.check(reviewer);
        reviewer.check("#read");
        press(reviewer, "Approve run " + run + " in " + production);
        assertThat(reviewer).hasURL(Pattern.compile("/runs/" + run + "$"));
        awaitState(run, "succeeded");
        assertThat(folder.resolve("p/on")).exists();

        importFile(file("rm -f on || true"));
        readiness(operator);
        assertThat(gate(operator, "rehearsed")).containsText("Revision 2 was never rehearsed");
    }

    @Test
    void an_edit_voids_a_yes_and_the_page_says_so() {
        importFile(file("rm -f on").replace("approvals: 1", "approvals: 2"));
        Page operator = person("op-" + unique, "operator");
        rehearse(operator, "succeeded");
        operator.navigate("/migrations/" + migration + "/start?environment=" + production);
        operator.fill("#confirm", production);
        press(operator, "Ask for approval of a run in " + production);
        long run = runOf(operator);
        Page reviewer = person("yes-" + unique, "approver");
        reviewer.navigate("/migrations/" + migration + "/approve?run=" + run);
        reviewer.check("#read");
        press(reviewer, "Approve run " + run + " in " + production);
        assertThat(reviewer.locator("#approvals-h")).hasText("Approvals: 1 of 2");
        importFile(file("rm -f on || true"));
        reviewer.reload();
        assertThat(reviewer.locator("#approvals")).containsText("revision 3 was written since");
        assertThat(reviewer.locator("#approvals-h")).hasText("Approvals: 0 of 2");
        abort(run);
    }

    @Test
    void a_way_back_that_does_nothing_is_found_out() {
        importFile(file("true"));
        Page operator = person("op-" + unique, "operator");
        rehearse(operator, "failed");
        operator.reload();
        assertThat(operator.locator("body")).containsText("The way back did not bring the old state back");
        readiness(operator);
        assertThat(gate(operator, "rehearsed")).containsText("ended failed");
    }

    @Test
    void broken_glass_leaves_its_trail_and_somebody_else_reviews_it() {
        Page operator = person("op-" + unique, "operator");
        operator.navigate("/migrations/" + migration + "/start?environment=" + production);
        for (String gate : new String[] {"rehearsed", "rollback", "approvals", "identity"}) {
            Locator box = operator.locator("input[name=gate][value=" + gate + "]");
            if (box.count() > 0) {
                box.check();
            }
        }
        operator.fill("#reason", "The disk is full");
        operator.fill("#confirm", production);
        press(operator, "Start in " + production);
        assertThat(operator).hasURL(Pattern.compile("/runs/\\d+$"));
        long run = runOf(operator);
        awaitState(run, "succeeded");
        operator.reload();
        assertThat(operator.locator("#broken")).containsText("The disk is full");
        assertThat(operator.locator("#broken")).containsText("waits for a review");
        Appearance.check(operator);

        Page reviewer = person("yes-" + unique, "approver");
        reviewer.navigate("/migrations/" + migration);
        assertThat(reviewer.locator("body")).containsText("broke glass with run " + run);
        reviewer.navigate("/runs/" + run);
        reviewer.fill("#review", "It could not wait");
        press(reviewer, "Close the review");
        assertThat(reviewer.locator("#broken")).containsText("Reviewed by yes-" + unique);
    }
}
