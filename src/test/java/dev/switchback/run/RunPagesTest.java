package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of runs promise to somebody whose browser runs no script. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RunPagesTest {

    private static final String ASKS = """
          - {id: one, title: "Note <script>alert('t')</script>", phase: prepare, shell: {target: host, command: "printf '\\\\033[31mred\\\\033[0m <script>alert(2)</script>\\\\n'"}, rollback: {shell: {target: host, command: "echo undone"}}}
          - {id: look, title: Look at the shop, phase: verify, manual: {instructions: "Open it.", evidence: true}, noRollback: only looks}
        """;
    private static final Pattern FORM = Pattern.compile("<form[^>]*method=\"post\".*?</form>", Pattern.DOTALL);

    @TempDir
    Path folder;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private Visitor visitor;

    @BeforeEach
    void signIn() {
        visitor = Visitor.signedIn();
    }

    private long start(String tier, String steps, String state) {
        importFile(Samples.environment("env-" + unique, tier, folder.toString()));
        importFile(Samples.migration("mig-" + unique, "svc-" + unique, steps));
        StartedRun run = StartedRun.of("mig-" + unique, "env-" + unique);
        run.awaitState(state);
        return run.id();
    }

    private static void awaitState(long id, String state) {
        new StartedRun(id).awaitState(state);
    }

    private String migration() {
        return "/migrations/mig-" + unique;
    }

    @Test
    void every_page_has_one_heading_and_a_token_in_each_form_and_nothing_from_a_file_runs_in_it() {
        String run = "/runs/" + start("staging", ASKS, "waiting");
        for (String address : List.of(
                "/",
                "/migrations",
                migration(),
                migration() + "/runbook",
                migration() + "/revisions",
                migration() + "/start",
                migration() + "/start?environment=env-" + unique,
                "/environments",
                "/environments/env-" + unique,
                "/import",
                "/runs",
                run,
                run + "/log",
                run + "/steps/one",
                run + "/rollback",
                run + "/abort")) {
            String html = visitor.page(address);
            assertThat(Visitor.inside(html, "h1")).as(address).hasSize(1);
            assertThat(Visitor.inside(html, "title").get(0)).as(address).endsWith("Switchback");
            assertThat(FORM.matcher(html).results())
                    .as(address)
                    .allSatisfy(form -> assertThat(form.group()).contains("name=\"csrf\""));
            assertThat(html).as(address).doesNotContain("<script>", "style=\"", " onclick=");
        }
        admin().post("/api/v1" + run + "/abort");
    }

    @Test
    void a_log_is_shown_as_text_without_what_terminals_are_told() {
        String run = "/runs/" + start("staging", ASKS, "waiting");
        assertThat(visitor.page(run + "/log"))
                .contains("<code>red &lt;script&gt;alert(2)&lt;/script&gt;</code>")
                .contains("href=\"#L1\"")
                .doesNotContain("\u001b");
        admin().post("/api/v1" + run + "/abort");
    }

    @Test
    void a_refused_answer_says_so_at_the_form_and_a_good_one_goes_on() {
        String run = "/runs/" + start("staging", ASKS, "waiting");

        Response refused = visitor.send(run, run + "/steps/look", "answer", "confirm", "evidence", " ");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString()).contains("That was not taken", "what you typed is still here");

        Response skipped = visitor.send(run, run + "/steps/look", "answer", "skip", "note", "");
        assertThat(skipped.statusCode()).isEqualTo(422);
        assertThat(skipped.asString()).containsPattern("<details[^>]* open><summary>Continue without it");

        Response taken = visitor.send(run, run + "/steps/look", "answer", "confirm", "evidence", "order <b>4711</b>");
        assertThat(taken.statusCode()).isEqualTo(303);
        awaitState(Long.parseLong(run.substring("/runs/".length())), "succeeded");
        assertThat(visitor.page(run + "/steps/look")).contains("order &lt;b&gt;4711&lt;/b&gt;");
        assertThat(visitor.page(run))
                .contains("Succeeded in")
                .containsPattern("<details[^>]*id=\"happened\" open>")
                .contains("Step 2, Look at the shop");
    }

    @Test
    void rolling_back_is_one_look_and_one_press() {
        long id = start("production", ASKS, "waiting");
        String page = visitor.page("/runs/" + id);
        assertThat(page).contains("PRODUCTION", "Real customers.", "/runs/" + id + "/rollback");

        String look = visitor.page("/runs/" + id + "/rollback");
        assertThat(Visitor.heading(look)).startsWith("Stop run " + id + " and roll back");
        assertThat(look)
                .contains("This is undone, in this order", "echo undone")
                .doesNotContain("name=\"confirm\"");

        Response pressed = visitor.send("/runs/" + id + "/rollback", "/runs/" + id + "/rollback");
        assertThat(pressed.statusCode()).isEqualTo(303);
        awaitState(id, "rolled-back");
        assertThat(visitor.page("/runs/" + id)).contains("Rolled back", "everything that was done is undone");
    }

    @Test
    void the_cookie_alone_changes_nothing() {
        long id = start("staging", ASKS, "waiting");
        Response answer = visitor.with().formParam("reason", "x").post("/runs/" + id + "/abort");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(admin().get("/api/v1/runs/" + id).<String>path("state")).isEqualTo("waiting");
        admin().post("/api/v1/runs/" + id + "/abort");
    }

    @Test
    void production_starts_only_when_its_name_is_typed_and_twice_pressed_starts_one_run() {
        importFile(Samples.environment("env-" + unique, "production", folder.toString()));
        importFile(Samples.migration("mig-" + unique, "svc-" + unique, ASKS));
        String look = migration() + "/start?environment=env-" + unique;
        String[] form = {"environment", "env-" + unique, "revision", "1", "purpose", "live", "token", "t-" + unique};

        Response wrong = visitor.send(look, migration() + "/start", plus(form, "confirm", "stagging \"x\""));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(Visitor.inside(wrong.asString(), "title").get(0)).startsWith("Error: ");
        assertThat(wrong.asString()).contains("It was not started", "value=\"stagging &quot;x&quot;\"");

        String[] right = plus(form, "confirm", " ENV-" + unique);
        String first = visitor.send(look, migration() + "/start", right).header("Location");
        String second = visitor.send(look, migration() + "/start", right).header("Location");
        assertThat(first).matches("(http://[^/]+)?/runs/\\d+").isEqualTo(second);
        String run = first.substring(first.indexOf("/runs/"));
        awaitState(Long.parseLong(run.substring("/runs/".length())), "waiting");
        assertThat(Visitor.heading(visitor.page("/"))).contains("need");
        admin().post("/api/v1" + run + "/abort");
    }

    private static String[] plus(String[] fields, String name, String value) {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = name;
        all[fields.length + 1] = value;
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runs/999999",
                "/runs/999999/log",
                "/runs/999999/rollback",
                "/migrations/not-there",
                "/migrations/not-there/runbook",
                "/environments/not-there",
                "/nowhere"
            })
    void what_is_not_there_is_told_in_three_lines(String address) {
        Response answer = visitor.get(address);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.asString())
                .contains("<h1>", "What failed", "Expected", "Can you repeat it?", "404")
                .contains("Error: ");
    }
}
