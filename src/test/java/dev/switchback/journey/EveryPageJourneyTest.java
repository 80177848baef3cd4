package dev.switchback.journey;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Every page, with all that can stand on it, in both colours and on three widths. In a database of its own: among the
 * hundreds of people and hostile titles that other tests leave behind it takes four times as long.
 */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, restrictToAnnotatedClass = true)
class EveryPageJourneyTest extends Journey {

    private static final String STEPS = """
          - {id: copy, title: Copy the settings, phase: prepare, shell: {target: host, command: "for i in $(seq 1 %2$d); do echo \\"line $i of a log that is long enough to be cut into pages, with_a_word_that_cannot_be_broken_anywhere_because_it_is_one_long_word_$i\\"; done; echo oops >&2"}, rollback: {shell: {target: host, command: "echo gone"}}}
          - {id: watch, title: Watch the old way end, phase: change, shell: {target: host, command: "echo waiting; until [ -e %1$s ]; do sleep 0.05; done; [ ! -e %1$s.bad ]"}, rollback: {shell: {target: host, command: "rm -f %1$s.bad"}}}
          - {id: look, title: Look, phase: verify, manual: {instructions: "Open the shop, order, and look at the bill.", evidence: true}, noRollback: only looks}
          - {id: drop, title: Drop the old table, phase: contract, shell: {target: host, command: "true"}, irreversible: the old values are gone}
        """;

    /** Long enough for links to the lines before and after; axe looks at each line, so only one run talks so much. */
    private static final int LONG_LOG = 110;

    @Test
    void words_that_nobody_can_break_scroll_no_page_sideways() {
        String key = "long-" + unique;
        String word = "w".repeat(190);
        String file = Samples.migration(
                        key,
                        "s".repeat(120),
                        "  - {id: one, title: " + word + ", phase: change, wait: {for: 1s}, noRollback: x}\n")
                .replace("owner: team-test", "owner: " + "o".repeat(120));
        importFile(file);
        importFile(file.replace(": " + word, ": v" + word.substring(1)));
        Page page = desktop();
        var all = new SoftAssertions();
        for (String end : List.of("", "/runbook", "/checklist", "/revisions/1..2")) {
            all.check(() -> {
                page.navigate("/migrations/" + key + end);
                Appearance.check(page);
            });
        }
        all.assertAll();
    }

    @Test
    void every_page_is_readable_in_both_colours_and_on_every_width() throws Exception {
        Seed seed = seed();
        Page page = desktop();
        var all = new SoftAssertions();
        for (String address : seed.addresses()) {
            all.check(() -> {
                page.navigate(address);
                Appearance.check(page);
            });
        }
        all.check(() -> imports(page));
        all.check(() -> refusedStart(page, seed));
        all.check(() -> refusedAnswer(page, seed));
        all.check(() -> {
            Page stranger = nobody(new Browser.NewContextOptions());
            stranger.navigate("/signin");
            Appearance.check(stranger);
            stranger.fill("#name", "admin");
            press(stranger, "Sign in");
            Appearance.check(stranger);
        });
        seed.running.forEach(this::abort);
        all.assertAll();
    }

    private record Seed(
            String staging, String production, String migration, List<Long> running, List<String> addresses) {}

    private Seed seed() throws Exception {
        String staging = environment("staging");
        String production = environment("production");
        String demo = demo();
        String done = migration("done", steps("done"));
        touch("done");
        long succeeded = start(done, staging);
        answer(succeeded, "look", "confirm", "{\"evidence\": \"order 4711\"}");
        answer(succeeded, "drop", "confirm", "{}");
        awaitState(succeeded, "succeeded");

        String live = migration("live", steps("live"));
        long moving = start(live, production);
        String back = migration("back", steps("back"));
        touch("back");
        touch("back.bad");
        long failed = start(back, staging);
        awaitState(failed, "waiting");
        String asking = migration("asks", steps("asks"));
        touch("asks");
        long manual = start(asking, staging);
        String last = migration("last", steps("last"));
        touch("last");
        long noReturn = start(last, production);
        awaitState(manual, "waiting");
        answer(noReturn, "look", "confirm", "{\"evidence\": \"fine\"}");
        String turned = migration("turned", steps("turned"));
        touch("turned");
        touch("turned.bad");
        long rolledBack = start(turned, production);
        awaitState(rolledBack, "waiting");
        admin().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/runs/" + rolledBack + "/rollback")
                .then()
                .statusCode(200);
        awaitState(rolledBack, "rolled-back");
        awaitState(moving, "running");
        admin().contentType(ContentType.JSON)
                .post("/api/v1/environments/" + staging + "/check")
                .then()
                .statusCode(200);

        var addresses = new ArrayList<String>(List.of(
                "/",
                "/migrations",
                "/migrations?q=nothing+like+this",
                "/migrations/" + demo,
                "/migrations/new",
                "/migrations/" + demo + "/edit",
                "/environments/new",
                "/environments/" + demoEnvironment() + "/edit",
                "/migrations/" + demo + "/runbook",
                "/migrations/" + demo + "/revisions",
                "/migrations/" + done + "/measurements",
                "/migrations/" + demo + "/measurements",
                "/migrations/" + demo + "/measurements/import",
                measured(demo, "before"),
                measured(demo, "after"),
                compared(demo),
                "/comparisons",
                "/migrations/" + done,
                "/migrations/" + done + "/start",
                "/migrations/" + done + "/start?environment=" + staging,
                "/migrations/" + live + "/start?environment=" + production,
                "/instances",
                "/people",
                "/people/new",
                "/people/admin",
                "/people/admin/deactivate",
                "/teams",
                "/teams/new",
                "/teams/" + team(),
                "/access",
                "/me",
                "/audit",
                "/audit?actor=nobody-like-this",
                "/environments",
                "/environments/" + staging,
                "/environments/" + production,
                "/environments/" + demoEnvironment(),
                "/runs",
                "/runs?state=failed&environment=" + staging,
                "/runs/" + moving,
                "/runs/" + failed,
                "/runs/" + manual,
                "/runs/" + noReturn,
                "/runs/" + rolledBack,
                "/runs/" + succeeded,
                "/runs/" + succeeded + "/log",
                "/runs/" + succeeded + "/log?before=20",
                "/runs/" + succeeded + "/log?line=108",
                "/runs/" + succeeded + "/steps/copy",
                "/runs/" + failed + "/steps/watch",
                "/runs/" + failed + "/rollback",
                "/runs/" + noReturn + "/rollback",
                "/runs/" + moving + "/abort",
                "/import",
                "/runs/999999",
                "/nowhere"));
        return new Seed(staging, production, live, List.of(moving, failed, manual, noReturn), addresses);
    }

    /** A team with somebody in it, who may something somewhere. */
    private String team() {
        String team = "team-" + unique;
        admin().contentType(ContentType.JSON)
                .body(Map.of("name", team, "members", List.of("admin"), "grants", List.of(Map.of("role", "viewer"))))
                .post("/api/v1/teams")
                .then()
                .statusCode(201);
        return team;
    }

    private static String steps(String sign) {
        return STEPS.formatted(sign, sign.equals("done") ? LONG_LOG : 12);
    }

    private void answer(long run, String step, String verb, String body) {
        await().atMost(PATIENCE)
                .until(() -> admin().contentType(ContentType.JSON)
                                .body(body)
                                .post("/api/v1/runs/" + run + "/steps/" + step + "/" + verb)
                                .statusCode()
                        == 200);
    }

    /** The migration of the demo, which fills every field there is. */
    private String demo() throws Exception {
        String key = "demo-" + unique;
        importFile(Files.readString(Path.of("src/main/resources/demo/shop.yaml"))
                .replaceAll("@\\w+\\.directory@", folder.toString())
                .replaceAll("@\\w+\\.port@", "9")
                .replace("key: shop-settings-to-table", "key: " + key)
                .replace("key: staging", "key: " + demoEnvironment())
                .replace("key: production", "key: demo-production-" + unique));
        return key;
    }

    /** The page of samples that another tool took, hits and misses, some of them failed. */
    private String measured(String migration, String moment) {
        String rows = IntStream.range(0, 200)
                .mapToObj(
                        i -> i * 100 + "," + (20 + i % 70) + "," + (i % 40 != 7) + "," + (i % 3 == 0 ? "miss" : "hit"))
                .collect(Collectors.joining("\n", "atMs,valueMs,ok,cache\n", "\n"));
        return admin().contentType("text/csv")
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/migrations/" + migration + "/measurements/import?environment=" + demoEnvironment()
                        + "&moment=" + moment + "&metric=product-list")
                .then()
                .statusCode(201)
                .extract()
                .header("Location")
                .replace("/api/v1", "");
    }

    /** The page that puts two of them side by side. */
    private String compared(String migration) {
        String before = measured(migration, "before").replaceAll("\\D", "");
        String after = measured(migration, "after").replaceAll("\\D", "");
        return "/comparisons?before=" + before + "&after=" + after;
    }

    private String demoEnvironment() {
        return "demo-staging-" + unique;
    }

    private void imports(Page page) {
        page.navigate("/import");
        page.fill("#text", "apiVersion: switchback/v1\nkind: Migration\nkey: Not a key\nsteps: {}\n");
        press(page, "Check the file");
        assertThat(page.locator("h1").innerText()).contains("keep this file from being imported");
        Appearance.check(page);
        page.fill(
                "#text",
                Samples.environment("other-" + unique, "staging", folder.toString()) + "---\n"
                        + Samples.migration(
                                "other-" + unique,
                                "shop",
                                "  - {id: one, title: One, phase: change, shell: {target: host, command: rm x}}\n"));
        press(page, "Check the corrected text");
        assertThat(page.locator("h1").innerText()).contains("can be imported");
        Appearance.check(page);
    }

    private static void refusedStart(Page page, Seed seed) {
        page.navigate("/migrations/" + seed.migration + "/start?environment=" + seed.production);
        page.fill("#confirm", "elsewhere");
        press(page, "Start in " + seed.production);
        assertThat(page.locator("#refused").innerText()).contains("not started");
        Appearance.check(page);
    }

    private static void refusedAnswer(Page page, Seed seed) {
        page.navigate("/runs/" + seed.running.get(2));
        press(page, "Step 3 went as expected");
        assertThat(page.locator("#refused").innerText()).contains("asks for evidence");
        Appearance.check(page);
    }
}
