package dev.switchback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several people look at one run: each sees all of it, once and in order, and keeps what he is typing. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LiveJourneyTest extends Journey {

    private static final String TALKS =
            "  - {id: talk, title: Talk, phase: prepare, shell: {target: host, command: \"until [ -e begin ]; do sleep"
                    + " 0.05; done; for i in $(seq 1 40); do echo said $i; sleep 0.02; done; until [ -e go ]; do sleep"
                    + " 0.05; done; echo the end\"}, noRollback: only talks}\n";

    private static final String ASKS =
            "  - {id: look, title: Look, phase: verify, manual: {instructions: Look., evidence: true}, noRollback:"
                    + " only looks}\n";

    private static List<String> said(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "said " + i).toList();
    }

    private Page watching(long run) {
        Page page = desktop();
        page.navigate("/runs/" + run);
        return page;
    }

    private static List<String> lines(Page page) {
        return page.locator("[data-log] li code").allInnerTexts().stream()
                .filter(line -> line.startsWith("said ") || line.equals("the end"))
                .toList();
    }

    @Test
    void lines_arrive_once_and_in_order_for_everybody_also_for_who_comes_late() {
        long id = start(migration("talks", TALKS + ASKS), environment("staging"));
        Page one = watching(id);
        Page two = watching(id);
        touch("begin");
        assertThat(saying(one, "said 40")).isVisible();
        assertThat(saying(two, "said 40")).isVisible();
        assertThat(lines(one)).isEqualTo(said(40));
        assertThat(lines(two)).isEqualTo(said(40));

        Page late = watching(id);
        assertThat(saying(late, "said 40")).isVisible();
        assertThat(lines(late)).isEqualTo(said(40));
        late.navigate("/runs/" + id + "/log");
        touch("go");
        assertThat(saying(late, "the end")).isVisible();
        assertThat(lines(late)).hasSize(41).startsWith("said 1").endsWith("said 40", "the end");
        assertThat(one.locator("#evidence")).isVisible();
        assertThat(two.locator("#evidence")).isVisible();
        abort(id);
    }

    private static Locator saying(Page page, String line) {
        return page.locator("[data-log] li code").getByText(line, new Locator.GetByTextOptions().setExact(true));
    }

    @Test
    void what_somebody_types_survives_the_news() {
        long id = start(migration("asks", ASKS), environment("staging"));
        Page one = watching(id);
        Page two = watching(id);
        one.fill("#evidence", "order 47");
        one.evaluate("dispatchEvent(new Event('visibilitychange'))");
        two.fill("#evidence", "I was faster");
        press(two, "Step 1 went as expected");
        assertThat(two.locator("#now")).containsText("Succeeded");

        assertThat(one.locator("#now")).containsText("Succeeded");
        assertThat(one.locator("#news")).containsText("The run went on while you were typing here.");
        assertThat(one.locator("#evidence")).hasValue("order 47");
        assertThat(one.locator("#evidence")).isFocused();
    }

    @Test
    void a_long_log_shows_its_end_first_and_every_line_has_an_address() {
        long id = start(
                migration(
                        "long",
                        "  - {id: count, title: Count, phase: prepare, shell: {target: host, command: \"seq -f 'said"
                                + " %.0f' 1 1200\"}, noRollback: only counts}\n"),
                environment("staging"));
        awaitState(id, "succeeded");
        Page page = desktop();
        page.navigate("/runs/" + id + "/log");
        assertThat(lines(page)).hasSizeLessThanOrEqualTo(500).endsWith("said 1200");
        assertThat(saying(page, "said 600")).hasCount(0);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Lines before \\d+$")))
                .click();
        assertThat(saying(page, "said 600")).hasCount(1);

        String number = numberOf(page, "said 600");
        page.navigate("/");
        page.navigate("/runs/" + id + "/log#L" + number);
        assertThat(saying(page, "said 600")).isInViewport();
        page.navigate("/runs/" + id + "/steps/count#L" + number);
        assertThat(saying(page, "said 600")).isInViewport();
        follow(page, "Plain text");
        assertThat(page.locator("body")).containsText("stdout said 1200");
    }

    private static String numberOf(Page page, String line) {
        return saying(page, line)
                .locator("xpath=ancestor::li")
                .getAttribute("id")
                .substring(1);
    }
}
