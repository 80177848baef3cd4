package dev.switchback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever sees a run go wrong stops it with two presses, wherever the page stands. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class BrakeJourneyTest extends Journey {

    private static final String STEPS = """
          - {id: long, title: Takes long, phase: change, shell: {target: host, command: "touch began; seq 1 200; sleep 302"}, grace: 1s, rollback: {shell: {target: host, command: rm began}}}
        """;

    /** A page that is longer than any screen. */
    private static final String MORE_STEPS = IntStream.range(0, 40)
            .mapToObj(i -> "  - {id: more-" + i + ", title: More " + i
                    + ", phase: change, shell: {target: host, command: \"true\"}, noRollback: changes nothing}\n")
            .collect(Collectors.joining());

    /** Whether the middle of the element is within the window and nothing lies above it. */
    private static final String CAN_BE_PRESSED = """
        e => {
          const box = e.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth && e.contains(top);
        }
        """;

    @Test
    void two_presses_stop_a_run_on_a_desktop() {
        stopsFromAnywhere(desktop());
    }

    @Test
    void two_presses_stop_a_run_on_a_phone() {
        stopsFromAnywhere(phone(true));
    }

    @Test
    void two_presses_stop_a_run_on_a_phone_without_scripts() {
        stopsFromAnywhere(phone(false));
    }

    private void stopsFromAnywhere(Page page) {
        long id = start(migration("long", STEPS + MORE_STEPS), environment("staging"));
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("began")));
        page.navigate("/runs/" + id);
        Locator brake = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Stop and roll back"));
        for (double part : new double[] {0, 0.25, 0.5, 1}) {
            page.evaluate("part => scrollTo(0, part * document.documentElement.scrollHeight)", part);
            assertThat(brake.evaluate(CAN_BE_PRESSED))
                    .as("the brake can be pressed at %s of the page", part)
                    .isEqualTo(true);
        }
        brake.click();

        Locator button =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop and roll back run " + id));
        assertThat(button.evaluate(CAN_BE_PRESSED))
                .as("the button can be pressed")
                .isEqualTo(true);
        button.click();

        awaitState(id, "rolled-back");
        assertThat(folder.resolve("began")).doesNotExist();
    }
}
