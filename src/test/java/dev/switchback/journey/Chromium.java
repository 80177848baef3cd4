package dev.switchback.journey;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The browser of the journeys: one process for all of them, ended with the last test; each person in it is a context of
 * their own. Nothing is downloaded. Not thread-safe.
 */
final class Chromium {

    private static final String NONE =
            "No Chromium found: the browser journeys are not run; install it or set SWITCHBACK_CHROMIUM";

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static Chromium present;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(ARGUMENTS));
    }

    /** Starts it unless it is there; where there is none, says so once and skips the tests. */
    static synchronized Browser startOrSkip() {
        Optional<Path> program = program();
        if (program.isEmpty() && System.setProperty("switchback.journeys.skipped", "told") == null) {
            System.err.println(NONE);
        }
        Assumptions.assumeTrue(program.isPresent(), NONE);
        if (present == null || !present.browser.isConnected()) {
            present = new Chromium(program.get());
            Runtime.getRuntime().addShutdownHook(new Thread(present::close));
        }
        return present.browser;
    }

    private static Optional<Path> program() {
        String wanted = System.getenv("SWITCHBACK_CHROMIUM");
        Stream<String> places = wanted == null || wanted.isBlank()
                ? Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> "/usr/bin/" + name)
                : Stream.of(wanted);
        return places.map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private void close() {
        browser.close();
        playwright.close();
    }
}
