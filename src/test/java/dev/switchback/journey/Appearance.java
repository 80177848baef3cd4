package dev.switchback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is asked of every page: readable to everybody, in both colours, on every width. */
final class Appearance {

    private static final List<String> LEVEL_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final List<Integer> WIDTHS = List.of(1360, 390, 320);

    /** The parts that stick out of a page that scrolls sideways, to be named. */
    private static final String WIDER = """
        () => {
          const wider = document.documentElement.scrollWidth > innerWidth;
          // The bar that is fixed to the window makes no page wider: it is cut off.
          const out = [...document.querySelectorAll(wider ? 'body *' : '.brake .btn')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
          return wider || out.length ? [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 5).map(e => e.outerHTML.slice(0, 160))] : [];
        }
        """;

    /** Icons of a state say it in a word beside them; an icon alone carries the word as its label. */
    private static final String SILENT_ICONS = """
        () => [...document.querySelectorAll('body > :not(svg) svg.i, body > svg.i')]
          .filter(e => e.closest('.state, .tag') ? !e.closest('.state, .tag').textContent.trim()
            : e.getAttribute('role') === 'img' ? !e.getAttribute('aria-label') : !e.parentElement.textContent.trim())
          .map(e => e.parentElement.outerHTML.slice(0, 160))
        """;

    /** Nobody reads what is all right; not telling it, and not asking in frames, which no page has, saves the time. */
    private static final String VIOLATIONS = """
        async levels => {
          const found = await axe.run(document, { runOnly: levels, resultTypes: ['violations'], iframes: false });
          return found.violations.map(rule => [rule.id, rule.help,
            ...rule.nodes.slice(0, 3).map(node => `${node.html} ${node.failureSummary}`)].join(' | '));
        }
        """;

    /** The script itself: the builder around it sends it anew for every question. */
    private static final String AXE = axe();

    private static final String DOUBLE_IDS =
            "() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)";

    private Appearance() {}

    /** Everything, of the page as it stands. */
    static void check(Page page) {
        assertThat(page.locator("body").innerText())
                .as("%s", page.url())
                .doesNotContainPattern("\\{(cdi:|it\\.|page\\.|run\\.)");
        assertThat(page.evaluate(DOUBLE_IDS)).as("ids on %s", page.url()).isEqualTo(List.of());
        assertThat(page.evaluate(SILENT_ICONS))
                .as("icons without a word on %s", page.url())
                .isEqualTo(List.of());
        for (int width : WIDTHS) {
            page.setViewportSize(width, 844);
            assertThat(page.evaluate(WIDER))
                    .as("%s scrolls sideways at %d px", page.url(), width)
                    .isEqualTo(List.of());
        }
        page.setViewportSize(390, 844);
        readable(page, ColorScheme.DARK);
        page.setViewportSize(1360, 900);
        readable(page, ColorScheme.LIGHT);
    }

    private static void readable(Page page, ColorScheme colours) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        if (page.evaluate("() => 'axe' in window").equals(false)) {
            page.evaluate(AXE);
        }
        assertThat(page.evaluate(VIOLATIONS, LEVEL_AA))
                .as("%s in %s at %d px", page.url(), colours, page.viewportSize().width)
                .isEqualTo(List.of());
    }

    private static String axe() {
        try (var script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
