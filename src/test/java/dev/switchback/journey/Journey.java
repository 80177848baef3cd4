package dev.switchback.journey;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every journey has: a browser, somebody who is signed in, a folder in which steps leave files, and the demand that
 * the browser has nothing to complain about. A person in a journey is a context of the browser of its own.
 */
abstract class Journey {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String TELL_OF_VIOLATIONS =
            "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' +"
                    + " e.blockedURI))";

    private static Browser browser;

    @TestHTTPResource("/")
    URL site;

    @TempDir
    Path folder;

    /** Makes keys of this test its own; the database is shared. */
    final String unique = UUID.randomUUID().toString().substring(0, 8);

    private final List<BrowserContext> people = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void startBrowser() {
        browser = Chromium.startOrSkip();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    }

    @AfterEach
    void nothingToComplainAbout() {
        people.forEach(BrowserContext::close);
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    /** Somebody at a desk, signed in. */
    Page desktop() {
        return signedIn(new Browser.NewContextOptions().setViewportSize(1360, 900));
    }

    /** Somebody with a phone in the hand, signed in. */
    Page phone(boolean scripts) {
        return signedIn(new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setIsMobile(true)
                .setHasTouch(true)
                .setJavaScriptEnabled(scripts));
    }

    private Page signedIn(Browser.NewContextOptions options) {
        Page page = nobody(options);
        signIn(page);
        return page;
    }

    void signIn(Page page) {
        page.navigate("/signin");
        page.fill("#name", "admin");
        page.fill("#password", TestDatabase.PASSWORD);
        press(page, "Sign in");
        assertThat(page.url()).isEqualTo(site.toString());
    }

    /** Somebody who has not signed in. */
    Page nobody(Browser.NewContextOptions options) {
        BrowserContext person =
                browser.newContext(options.setBaseURL(site.toString()).setReducedMotion(ReducedMotion.REDUCE));
        people.add(person);
        person.setDefaultTimeout(PATIENCE.toMillis());
        person.addInitScript(TELL_OF_VIOLATIONS);
        person.onConsoleMessage(message -> {
            if (message.type().equals("error") && !isRefusal(message.text())) {
                complaints.add(message.page().url() + ": " + message.text());
            }
        });
        person.onWebError(error -> complaints.add(error.page().url() + ": " + error.error()));
        return person.newPage();
    }

    /** The browser notes every page that came with a status of 4xx; being refused is part of a journey. */
    private static boolean isRefusal(String text) {
        return text.startsWith("Failed to load resource")
                && Stream.of("401", "404", "409", "422").anyMatch(status -> text.contains("status of " + status));
    }

    /** Presses the one button of this name. */
    static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    /** Follows the first link of this name. */
    static void follow(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    /** What a page without scripts needs to show news. */
    static void reloadUntil(Page page, Locator there) {
        await().atMost(PATIENCE)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    page.reload();
                    return there.count() > 0;
                });
    }

    static long runOf(Page page) {
        return Long.parseLong(page.url().replaceAll(".*/runs/(\\d+).*", "$1"));
    }

    // --- what is there before the journey begins

    String environment(String tier) {
        String key = tier + "-" + unique;
        importFile(Samples.environment(key, tier, folder.toString()));
        return key;
    }

    String migration(String name, String steps) {
        String key = name + "-" + unique;
        importFile(Samples.migration(key, "svc-" + key, steps));
        return key;
    }

    long start(String migration, String environment) {
        String location = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        return Long.parseLong(location.substring("/api/v1/runs/".length()));
    }

    JsonPath run(long id) {
        return admin().get("/api/v1/runs/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    JsonPath awaitState(long id, String state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(run(id).getString("state"))
                        .as(() -> admin().get("/api/v1/runs/" + id + "/log?format=full")
                                .asString())
                        .isEqualTo(state));
        return run(id);
    }

    /** Ends what would go on, so that no process is left. */
    void abort(long id) {
        admin().contentType(ContentType.JSON)
                .body("{\"reason\": \"the test is over\"}")
                .post("/api/v1/runs/" + id + "/abort")
                .then()
                .statusCode(200);
        awaitState(id, "aborted");
    }

    /** A sign for a step that waits for it. */
    void touch(String name) {
        try {
            Files.createFile(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
