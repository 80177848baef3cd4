package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration is imported, run, answered, rolled back: over HTTP, with real processes. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RunApiTest {

    @TempDir
    Path folder;

    private String environment;
    private String migration;
    private String service;

    @BeforeEach
    void names() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        environment = "env-" + unique;
        migration = "mig-" + unique;
        service = "svc-" + unique;
        importFile(Samples.environment(environment, "staging", folder.toString()));
    }

    private long start(String steps) {
        return start(steps, "live", "");
    }

    private long start(String steps, String purpose, String more) {
        importFile(Samples.migration(migration, service, steps) + more);
        return startAgain(purpose);
    }

    private long startAgain(String purpose) {
        String location = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"" + purpose + "\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .header("Location", startsWith("/api/v1/runs/"))
                .extract()
                .header("Location");
        return Long.parseLong(location.substring("/api/v1/runs/".length()));
    }

    private JsonPath run(long id) {
        return admin().get("/api/v1/runs/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private JsonPath awaitState(long id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(run(id).getString("state"))
                        .as(() -> admin().get("/api/v1/runs/" + id + "/log?format=full")
                                .asString())
                        .isEqualTo(state));
        return run(id);
    }

    private io.restassured.response.ValidatableResponse say(long id, String verb, String body) {
        return admin().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/runs/" + id + "/" + verb)
                .then();
    }

    private String log(long id, String query) {
        return admin().get("/api/v1/runs/" + id + "/log" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static final String TWO_STEPS = """
          - {id: one, title: One, phase: prepare, shell: {target: host, command: "echo one > one; echo did $greeting"}, rollback: {shell: {target: host, command: "rm one; echo undid one"}}}
          - {id: two, title: Two, phase: change, shell: {target: host, command: "echo two > two; echo oops >&2"}, rollback: {shell: {target: host, command: rm two}}}
        """;

    @Test
    void a_run_walks_every_step_in_order_and_succeeds() {
        long id = start(TWO_STEPS);

        JsonPath run = awaitState(id, "succeeded");

        assertThat(run.getList("steps.state")).containsExactly("succeeded", "succeeded");
        assertThat(run.getList("steps.leg")).containsExactly("forward", "forward");
        assertThat(run.getList("steps.exitStatus")).containsExactly(0, 0);
        assertThat(folder.resolve("one")).exists();
        assertThat(log(id, "")).isEqualTo("did hello there\noops\n");
        assertThat(log(id, "?step=two")).isEqualTo("oops\n");
        admin().get("/api/v1/migrations/" + migration).then().body("state", is("live"));
    }

    @Test
    void a_run_that_is_over_is_taken_back_by_a_new_run_newest_step_first() {
        long id = start(TWO_STEPS);
        awaitState(id, "succeeded");

        String location = say(id, "rollback", "{\"reason\": \"drill\"}")
                .statusCode(201)
                .extract()
                .header("Location");
        long back = Long.parseLong(location.substring("/api/v1/runs/".length()));
        JsonPath run = awaitState(back, "rolled-back");

        assertThat(run.getString("purpose")).isEqualTo("rollback");
        assertThat(run.getList("steps.id")).containsExactly("two", "one");
        assertThat(run.getList("steps.leg")).containsOnly("back");
        assertThat(folder.resolve("one")).doesNotExist();
        assertThat(log(back, "")).isEqualTo("undid one\n");
        say(id, "rollback", "{}").statusCode(409).body("run", is("/api/v1/runs/" + back));
        admin().get("/api/v1/migrations/" + migration).then().body("state", is("rolled-back"));
    }

    @Test
    void a_failed_step_leaves_the_run_waiting_and_can_be_retried() throws Exception {
        long id =
                start("  - {id: fragile, title: Fragile, phase: change, shell: {target: host, command: \"cat needed\"},"
                        + " noRollback: reads}\n");

        JsonPath run = awaitState(id, "waiting");
        assertThat(run.getString("steps[0].state")).isEqualTo("failed");
        assertThat(run.getString("steps[0].expected")).isNotBlank();
        assertThat(run.getList("steps[0].asks")).contains("retry", "skip", "succeed", "fail");

        Files.writeString(folder.resolve("needed"), "here now\n");
        say(id, "steps/fragile/retry", "{\"note\": \"put the file there\"}").statusCode(200);
        run = awaitState(id, "succeeded");
        assertThat(run.getInt("steps[0].attempt")).isEqualTo(2);
        assertThat(log(id, "")).contains("here now");
    }

    @Test
    void a_failed_step_is_skipped_only_with_a_reason() {
        long id = start("""
              - {id: bad, title: Bad, phase: change, shell: {target: host, command: "exit 3"}, noRollback: nothing}
              - {id: good, title: Good, phase: change, shell: {target: host, command: "true"}, noRollback: nothing}
            """);
        awaitState(id, "waiting");

        say(id, "steps/bad/skip", "{}").statusCode(422).body("violations[0].field", is("note"));
        say(id, "steps/good/skip", "{\"note\": \"x\"}").statusCode(409);
        say(id, "steps/nowhere/skip", "{\"note\": \"x\"}").statusCode(404);
        say(id, "steps/bad/skip", "{\"note\": \"not needed here\"}").statusCode(200);

        JsonPath run = awaitState(id, "succeeded");
        assertThat(run.getList("steps.state")).containsExactly("skipped", "succeeded");
    }

    @Test
    void failing_the_failed_step_ends_the_run_and_frees_the_lock() {
        long id =
                start("  - {id: bad, title: Bad, phase: change, shell: {target: host, command: \"exit 3\"}, noRollback:"
                        + " x}\n");
        awaitState(id, "waiting");
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("run", is("/api/v1/runs/" + id))
                .body("retrySafe", is(true));

        say(id, "steps/bad/fail", "{\"note\": \"hopeless\"}").statusCode(200).body("state", is("failed"));

        long next = startAgain("live");
        awaitState(next, "waiting");
        say(next, "abort", "{\"reason\": \"enough\"}").statusCode(200);
        awaitState(next, "aborted");
    }

    @Test
    void rolling_back_a_waiting_run_undoes_the_failed_step_too() {
        long id = start("""
              - {id: one, title: One, phase: prepare, shell: {target: host, command: "touch one"}, rollback: {shell: {target: host, command: "rm one"}}}
              - {id: half, title: Half, phase: change, shell: {target: host, command: "touch half; exit 1"}, rollback: {shell: {target: host, command: "rm half"}}}
              - {id: never, title: Never, phase: change, shell: {target: host, command: "touch never"}, rollback: {shell: {target: host, command: "rm never"}}}
            """);
        awaitState(id, "waiting");

        say(id, "rollback", "{\"reason\": \"half done\"}").statusCode(200);

        JsonPath run = awaitState(id, "rolled-back");
        assertThat(run.getList("steps.findAll { it.leg == 'back' }.id")).containsExactly("half", "one");
        assertThat(run.getList("steps.findAll { it.leg == 'forward' }.state"))
                .containsExactly("rolled-back", "rolled-back", "pending");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_file_that_says_rollback_turns_around_by_itself() {
        long id = start("""
              - {id: one, title: One, phase: prepare, shell: {target: host, command: "touch one"}, rollback: {shell: {target: host, command: "rm one"}}}
              - {id: bad, title: Bad, phase: change, shell: {target: host, command: "exit 1"}, noRollback: nothing}
            """, "live", "onFailure: rollback\n");
        JsonPath run = awaitState(id, "rolled-back");
        assertThat(run.getString("reason")).contains("bad");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_failed_undo_waits_and_can_be_done_again() throws Exception {
        long id =
                start("  - {id: one, title: One, phase: prepare, shell: {target: host, command: \"touch one; exit 1\"},"
                        + " rollback: {shell: {target: host, command: \"cat tool && rm one\"}}}\n");
        awaitState(id, "waiting");
        say(id, "rollback", "{}").statusCode(200);
        JsonPath run = awaitState(id, "rollback-failed");
        assertThat(run.getString("reason")).contains("one");

        Files.writeString(folder.resolve("tool"), "");
        say(id, "steps/one/retry", "{}").statusCode(200);
        awaitState(id, "rolled-back");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void aborting_ends_the_process_tree_and_undoes_nothing() {
        long id = start(
                "  - {id: long, title: Long, phase: change, shell: {target: host, command: \"touch began; sleep 300 &"
                        + " sleep 300\"}, grace: 1s, rollback: {shell: {target: host, command: rm began}}}\n");
        await().until(() -> Files.exists(folder.resolve("began")));

        say(id, "abort", "{\"reason\": \"wrong evening\"}").statusCode(200);

        JsonPath run = awaitState(id, "aborted");
        assertThat(run.getString("steps[0].state")).isEqualTo("failed");
        assertThat(folder.resolve("began")).exists();
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains("sleep 300")))
                .isEmpty();
    }

    @Test
    void calling_a_running_step_back_ends_it_and_undoes_it() {
        long id = start("  - {id: long, title: Long, phase: change, shell: {target: host, command: \"touch began; sleep"
                + " 301\"}, grace: 1s, rollback: {shell: {target: host, command: rm began}}}\n");
        await().until(() -> Files.exists(folder.resolve("began")));
        say(id, "rollback", "{\"reason\": \"customers complain\"}").statusCode(200);
        awaitState(id, "rolled-back");
        assertThat(folder.resolve("began")).doesNotExist();
    }

    @Test
    void pausing_acts_after_the_step_and_resuming_goes_on() {
        long id = start("""
              - {id: one, title: One, phase: prepare, shell: {target: host, command: "touch one; until [ -e go ]; do sleep 0.05; done"}, noRollback: x}
              - {id: two, title: Two, phase: change, shell: {target: host, command: "touch two"}, noRollback: x}
            """);
        await().until(() -> Files.exists(folder.resolve("one")));
        say(id, "pause", "{}").statusCode(200).body("state", is("running")).body("wanted", is("pause"));
        touch("go");
        JsonPath run = awaitState(id, "paused");
        assertThat(run.getList("steps.state")).containsExactly("succeeded", "pending");
        say(id, "resume", "{}").statusCode(200);
        awaitState(id, "succeeded");
    }

    @Test
    void a_step_that_was_to_be_tried_again_is_taken_back_like_any_other() {
        long id = start(
                "  - {id: flaky, title: Flaky, phase: change, idempotent: true, retries: 1, retryDelay: 1h, shell:"
                        + " {target: host, command: \"touch half; exit 1\"}, rollback: {shell: {target: host, command: rm"
                        + " half}}}\n");
        await().untilAsserted(() -> {
            assertThat(run(id).getInt("steps[0].attempt")).isEqualTo(1);
            assertThat(run(id).getString("steps[0].state")).isEqualTo("pending");
        });
        say(id, "rollback", "{\"reason\": \"it took too long\"}").statusCode(200);

        JsonPath run = awaitState(id, "rolled-back");
        assertThat(run.getList("steps.leg")).containsExactly("forward", "back");
        assertThat(run.getList("steps.state")).containsExactly("rolled-back", "succeeded");
        assertThat(folder.resolve("half")).doesNotExist();
    }

    @Test
    void a_step_that_fails_while_a_pause_is_wished_for_still_asks_a_person() {
        long id = start("""
              - {id: one, title: One, phase: prepare, shell: {target: host, command: "touch one; until [ -e go ]; do sleep 0.05; done; [ -e mended ]"}, noRollback: x}
              - {id: two, title: Two, phase: change, shell: {target: host, command: "touch two"}, noRollback: x}
            """);
        await().until(() -> Files.exists(folder.resolve("one")));
        say(id, "pause", "{}").statusCode(200);
        touch("go");
        JsonPath run = awaitState(id, "waiting");
        assertThat(run.getList("steps.state")).containsExactly("failed", "pending");

        touch("mended");
        say(id, "steps/one/retry", "{}").statusCode(200);
        // The wish to pause still counts: it is obeyed before anything is done.
        run = awaitState(id, "paused");
        assertThat(run.getList("steps.state")).containsExactly("pending", "pending");
        say(id, "resume", "{}").statusCode(200);
        awaitState(id, "succeeded");
    }

    private void touch(String name) {
        try {
            Files.createFile(folder.resolve(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_manual_step_waits_for_a_person_and_keeps_the_evidence() {
        long id = start(
                "  - {id: look, title: Look, phase: verify, manual: {instructions: Open the shop., evidence: true},"
                        + " noRollback: looks}\n");
        JsonPath run = awaitState(id, "waiting");
        assertThat(run.getString("steps[0].message")).contains("Open the shop.");
        say(id, "steps/look/confirm", "{}").statusCode(422);
        say(id, "steps/look/confirm", "{\"note\": \"looks fine\", \"evidence\": \"order 4711\"}")
                .statusCode(200);
        run = awaitState(id, "succeeded");
        assertThat(run.getString("steps[0].evidence")).isEqualTo("order 4711");
        say(id, "steps/look/confirm", "{\"note\": \"again\"}").statusCode(409);
    }

    @Test
    void the_point_of_no_return_asks_a_person_and_no_token_can_answer() {
        String ci = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"ci\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        long id = start(
                "  - {id: drop, title: Drop, phase: contract, irreversible: kept for 30 days, shell: {target: host,"
                        + " command: touch dropped}}\n");
        awaitState(id, "waiting");
        token(ci)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/runs/" + id + "/steps/drop/confirm")
                .then()
                .statusCode(403);
        assertThat(folder.resolve("dropped")).doesNotExist();
        say(id, "steps/drop/confirm", "{}").statusCode(200);
        awaitState(id, "succeeded");
        say(id, "rollback", "{}").statusCode(409).body("detail", containsString("point of no return"));
    }

    @Test
    void an_idempotent_step_is_retried_by_itself() {
        long id = start(
                "  - {id: flaky, title: Flaky, phase: change, idempotent: true, retries: 2, retryDelay: 50ms, shell:"
                        + " {target: host, command: \"echo x >> tries; [ $(wc -l < tries) -ge 3 ]\"}, noRollback: x}\n");
        JsonPath run = awaitState(id, "succeeded");
        assertThat(run.getInt("steps[0].attempt")).isEqualTo(3);
    }

    @Test
    void a_step_that_takes_too_long_is_ended_and_says_so() {
        long id = start("  - {id: slow, title: Slow, phase: change, timeout: 300ms, grace: 300ms, shell: {target: host,"
                + " command: \"sleep 302\"}, noRollback: x}\n");
        JsonPath run = awaitState(id, "waiting");
        assertThat(run.getString("steps[0].message")).contains("timed out");
    }

    @Test
    void a_rehearsal_goes_forward_back_and_forward_again() {
        long id = start(TWO_STEPS, "rehearsal", "");
        JsonPath run = awaitState(id, "succeeded");
        assertThat(run.getList("steps.leg")).containsExactly("forward", "forward", "back", "back", "again", "again");
        assertThat(run.getList("steps.id")).containsExactly("one", "two", "two", "one", "one", "two");
        assertThat(folder.resolve("two")).exists();
        admin().get("/api/v1/migrations/" + migration).then().body("state", is("rehearsed"));
        assertThat(log(id, "?step=one&leg=back")).isEqualTo("undid one\n");
    }

    @Test
    void a_rehearsal_starts_only_where_nothing_is_applied() {
        importFile(Samples.migration(
                migration,
                service,
                "  - {id: one, title: One, phase: change, shell: {target: host, command: touch one},"
                        + " appliedWhen: {shell: {target: host, command: test -e one}}, rollback: {shell: {target:"
                        + " host, command: rm one}}}\n"));
        touch("one");
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"rehearsal\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(409)
                .body("detail", containsString("roll back first"));
    }

    @Test
    void a_rehearsal_in_which_a_person_went_on_without_a_step_proves_nothing() {
        String bad = "  - {id: bad, title: Bad, phase: change, shell: {target: host, command: \"false\"},"
                + " noRollback: x}\n";
        long id = start(bad, "rehearsal", "");
        awaitState(id, "waiting");
        say(id, "steps/bad/skip", "{\"note\": \"not needed here\"}").statusCode(200);
        awaitState(id, "waiting");
        say(id, "steps/bad/succeed", "{\"note\": \"I did it by hand\"}").statusCode(200);

        JsonPath run = awaitState(id, "failed");

        assertThat(run.getString("reason"))
                .startsWith("The rehearsal proves nothing: ")
                .contains("admin went on without step bad (forward)", "admin called the failed step bad done (again)");
        admin().get("/api/v1/migrations/" + migration).then().body("state", is("ready"));
    }

    private static String happenings(long id) {
        return admin().get("/api/v1/runs/" + id + "/events").asString();
    }

    /** One step that leaves a file, with this undo. */
    private static String leaving(String undo) {
        return "  - {id: one, title: One, phase: change, shell: {target: host, command: touch one},"
                + " appliedWhen: {shell: {target: host, command: test -e one}}, rollback: {shell: {target:"
                + " host, command: \"" + undo + "\"}}}\n";
    }

    @Test
    void a_rehearsal_whose_rollback_silently_does_nothing_fails_and_says_where() {
        long id = start(leaving("true"), "rehearsal", "");

        JsonPath run = awaitState(id, "failed");

        assertThat(run.getList("steps.leg")).as("it does not go forward again").containsExactly("forward", "back");
        assertThat(run.getString("reason")).contains("did not bring the old state back", "step one is still applied");
        admin().get("/api/v1/migrations/" + migration).then().body("state", is("ready"));
    }

    @Test
    void a_rehearsal_sees_the_old_state_again_after_every_way_back() {
        importFile(Samples.migration(migration, service, leaving("rm one")));
        long id = startAgain("rehearsal\", \"finish\": \"restored");

        awaitState(id, "succeeded");

        assertThat(happenings(id).split("saw-old-state", -1)).hasSize(3);
    }

    @Test
    void a_rehearsal_in_which_nobody_can_tell_says_so() {
        long id = start(TWO_STEPS, "rehearsal", "");

        awaitState(id, "succeeded");

        assertThat(happenings(id)).contains("cannot-tell-old-state").doesNotContain("saw-old-state");
    }

    /** A step that leaves a file, whose undo is this, and a check behind it that asks this. */
    private static String checked(String undo, String check) {
        return "  - {id: one, title: One, phase: change, shell: {target: host, command: touch one}, " + undo + "}\n"
                + "  - {id: seen, title: Seen, phase: verify, check: {shell: {target: host, command: \"" + check
                + "\"}}}\n";
    }

    private static String undo(String command) {
        return "rollback: {shell: {target: host, command: \"" + command + "\"}}";
    }

    @Test
    void a_check_that_still_holds_after_the_way_back_shows_that_an_undo_does_nothing() {
        long id = start(checked(undo("true"), "test -e one"), "rehearsal", "");

        JsonPath run = awaitState(id, "failed");

        assertThat(run.getString("reason"))
                .contains("check seen did not hold before the change and holds after the way back");
        assertThat(happenings(id)).contains("did-not-hold-before");
    }

    @Test
    void a_check_that_held_before_must_hold_after_the_way_back() {
        // The first time it holds, and after the undo it does not: the way back breaks what was well.
        long id = start(checked(undo("rm one; touch broken"), "test ! -e broken"), "rehearsal", "");

        JsonPath run = awaitState(id, "failed");

        assertThat(run.getString("reason"))
                .contains("check seen held before the change and does not after the way back");
    }

    @Test
    void what_stays_on_purpose_may_make_a_check_hold() {
        long id = start(checked("noRollback: harmless", "test -e one"), "rehearsal", "");

        awaitState(id, "succeeded");
    }

    @Test
    void checks_that_say_the_same_again_are_told() {
        long id = start(checked(undo("rm one"), "test -e one"), "rehearsal", "");

        awaitState(id, "succeeded");

        assertThat(happenings(id)).contains("check seen says what it said before the change");
    }

    @Test
    void the_same_start_sent_twice_makes_one_run() {
        importFile(Samples.migration(migration, service, TWO_STEPS));
        String body = "{\"environment\": \"" + environment + "\", \"purpose\": \"live\"}";
        String key = UUID.randomUUID().toString();
        List<String> locations = java.util.stream.IntStream.range(0, 2)
                .mapToObj(i -> admin().contentType(ContentType.JSON)
                        .header("Idempotency-Key", key)
                        .body(body)
                        .post("/api/v1/migrations/" + migration + "/runs")
                        .then()
                        .statusCode(201)
                        .extract()
                        .header("Location"))
                .toList();
        assertThat(locations.get(0)).isEqualTo(locations.get(1));
        admin().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body.replace("live", "rehearsal"))
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(422);
        awaitState(Long.parseLong(locations.get(0).substring(13)), "succeeded");
    }

    @Test
    void a_target_that_is_missing_is_told_before_anything_runs() {
        importFile(Samples.migration(
                migration,
                service,
                "  - {id: purge, title: Purge, phase: clear-cache, redis: {target: cache, delete: \"a:*\","
                        + " atMost: 5}, noRollback: refills}\n"));
        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(409)
                .body("detail", containsString("redis"))
                .body("expected", notNullValue());
    }

    @Test
    void every_transition_is_an_event_and_the_stream_resumes_where_it_was_left() {
        long id = start(TWO_STEPS);
        awaitState(id, "succeeded");
        String all = admin().get("/api/v1/runs/" + id + "/events").asString();
        assertThat(all).contains("\"action\":\"started\"", "\"action\":\"finished\"", "\"to\":\"succeeded\"");
        String rest = admin().header("Last-Event-ID", "3")
                .get("/api/v1/runs/" + id + "/events")
                .asString();
        assertThat(rest).doesNotContain("\"no\":3,").contains("\"no\":4,");
    }

    @Test
    void a_secret_never_reaches_the_log() {
        long id = start(
                "  - {id: leak, title: Leak, phase: change, shell: {target: host, command: \"echo token is $TOKEN\","
                        + " environment: {TOKEN: \"secret:TEST_TOKEN\"}}, noRollback: x}\n");
        awaitState(id, "succeeded");
        assertThat(log(id, "?format=full")).doesNotContain("t0p-secret-value").contains("token is ••••");
    }

    @Test
    void the_wrong_place_stops_the_step_before_it_does_anything() {
        importFile(Samples.environment(environment, "staging", folder.toString())
                + "identity: [{shell: {target: host, command: echo production}, is: staging}]\n");
        long id = start(TWO_STEPS);
        JsonPath run = awaitState(id, "waiting");
        assertThat(run.getString("steps[0].message")).contains("This is not " + environment);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void exit_0_with_an_error_in_the_output_is_a_warning() {
        long id = start(
                "  - {id: psql, title: Psql, phase: change, shell: {target: host, command: \"echo 'ERROR:  relation x"
                        + " does not exist'\"}, noRollback: x}\n");
        JsonPath run = awaitState(id, "succeeded");
        assertThat(run.getString("steps[0].warning")).contains("ERROR");
    }

    @Test
    void lists_are_paged_without_repeating_or_losing_a_run() {
        long first = start(TWO_STEPS);
        awaitState(first, "succeeded");
        long second = startAgain("live");
        awaitState(second, "succeeded");
        String next = admin().get("/api/v1/runs?limit=1&service=" + service)
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of((int) second)))
                .extract()
                .path("next");
        admin().get(next)
                .then()
                .statusCode(200)
                .body("items.id", hasItem((int) first))
                .body("$", not(org.hamcrest.Matchers.hasKey("next")));
    }
}
