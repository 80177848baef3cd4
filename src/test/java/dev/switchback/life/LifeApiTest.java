package dev.switchback.life;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person decides about a migration as a whole, from every state it can be in. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LifeApiTest {

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, rollback: {shell:"
                    + " {target: host, command: \"true\"}}}\n";
    private static final String WAITS =
            "  - {id: look, title: Look, phase: verify, manual: {instructions: look}, noRollback: only looks}\n";

    @TempDir
    Path folder;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "life-" + unique;
    private final String environment = "env-" + unique;
    private final String address = "/api/v1/migrations/" + key;

    private String file(String steps) {
        return Samples.migration(key, "svc-" + unique, steps);
    }

    private static RequestSpecification json(String body) {
        return admin().contentType(ContentType.JSON).body(body);
    }

    private ValidatableResponse say(String verb, String body) {
        return json(body).post(address + "/" + verb).then();
    }

    private ValidatableResponse start(String purpose) {
        return json("{\"environment\": \"" + environment + "\", \"purpose\": \"" + purpose + "\"}")
                .post(address + "/runs")
                .then();
    }

    private String state() {
        return admin().get(address).then().statusCode(200).extract().path("state");
    }

    private static void awaitRun(String run, String state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state.equals(admin().get(run).path("state")));
    }

    private String run(String purpose) {
        String run = start(purpose).statusCode(201).extract().header("Location");
        awaitRun(run, "succeeded");
        return run;
    }

    /** Brings a migration into a state the way people do. */
    private void bring(String state) {
        importFile(Samples.environment(environment, "staging", folder.toString()));
        importFile(file(state.equals("draft") ? "  []\n" : STEP));
        switch (state) {
            case "rehearsed" -> run("rehearsal");
            case "live" -> run("live");
            case "rolled-back" -> {
                String back = json("{}")
                        .post(run("live") + "/rollback")
                        .then()
                        .statusCode(201)
                        .extract()
                        .header("Location");
                awaitRun(back, "rolled-back");
            }
            case "done" -> say("done", "{}").statusCode(200);
            case "abandoned" -> say("abandon", "{\"note\": \"not worth it\"}").statusCode(200);
            default -> {}
        }
        assertThat(state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "draft,       200, 200, 409, draft",
        "ready,       200, 200, 409, ready",
        "rehearsed,   200, 200, 409, rehearsed",
        "live,        200, 200, 409, live",
        "rolled-back, 200, 200, 409, rolled-back",
        "done,        409, 409, 200, ready",
        "abandoned,   409, 409, 200, ready"
    })
    void the_last_word_is_said_once_and_taken_back_to_what_the_runs_say(
            String state, int done, int abandon, int reopen, String derived) {
        bring(state);
        String why = "{\"note\": \"because " + unique + "\"}";
        say("reopen", why).statusCode(reopen);
        if (reopen == 200) {
            assertThat(state()).isEqualTo(derived);
            return;
        }
        say("done", why).statusCode(done).body("state", is("done"));
        assertThat(state()).isEqualTo("done");
        say("reopen", why).statusCode(200).body("state", is(derived));
        say("abandon", why).statusCode(abandon).body("state", is("abandoned"));
        say("reopen", why).statusCode(200).body("state", is(derived));
        admin().get(address + "/decisions")
                .then()
                .body("items.kind", is(List.of("reopen", "abandon", "reopen", "done")))
                .body("items[0].by", is("admin"))
                .body("items[0].note", is("because " + unique))
                .body("items[0].at", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "ready", "rehearsed", "live", "rolled-back", "done", "abandoned"})
    void from_every_state_it_is_handed_over_archived_and_copied_and_stays_what_it_was(String state) {
        bring(state);
        say("hand-over", "{\"note\": \"new team\", \"owner\": \"team-b\"}")
                .statusCode(200)
                .body("owner", is("team-b"))
                .body("state", is(state));
        say("archive", "{}").statusCode(200).body("state", is(state)).body("archivedBy", is("admin"));
        say("done", "{}").statusCode(409).body("detail", containsString("is archived since"));
        say("abandon", "{\"note\": \"x\"}").statusCode(409);
        say("hand-over", "{\"note\": \"x\", \"owner\": \"team-c\"}").statusCode(409);
        start("live").statusCode(409).body("expected", containsString("unarchive it first"));
        delete().statusCode(409);
        say("duplicate", "{}").statusCode(201).body("state", is("draft")).body("revision", is(1));
        say("unarchive", "{}").statusCode(200).body("state", is(state)).body("archivedAt", nullValue());
        say("unarchive", "{\"note\": \"again\"}").statusCode(409);
    }

    private ValidatableResponse delete() {
        String etag = admin().get(address).header("ETag");
        return admin().header("If-Match", etag).delete(address).then();
    }

    @ParameterizedTest
    @CsvSource({"draft,204", "ready,204", "rehearsed,409", "live,409", "rolled-back,409", "done,409", "abandoned,409"})
    void only_what_is_a_draft_or_ready_and_never_ran_is_deleted(String state, int status) {
        bring(state);
        delete().statusCode(status);
        admin().get(address).then().statusCode(status == 204 ? 404 : 200);
    }

    @Test
    void a_draft_about_which_something_was_decided_is_deleted_with_it() {
        bring("ready");
        say("done", "{}").statusCode(200);
        say("reopen", "{\"note\": \"too early\"}").statusCode(200);
        delete().statusCode(204);
    }

    @Test
    void the_second_press_of_the_same_is_the_same_answer_and_of_something_else_is_told_who_was_first() {
        bring("ready");
        say("done", "{\"note\": \"all well\"}").statusCode(200);
        say("done", "{\"note\": \"all well\"}").statusCode(200).body("state", is("done"));
        say("done", "{\"note\": \"by me\"}")
                .statusCode(409)
                .body("detail", allOf(containsString("is done already"), containsString("admin said so at 20")));
        say("abandon", "{\"note\": \"no\"}").statusCode(409).body("detail", containsString("admin"));
        admin().get(address + "/decisions").then().body("items", hasSize(1));
    }

    @Test
    void of_many_who_say_it_at_once_one_is_heard() {
        bring("ready");
        List<Integer> answers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                        say("done", "{\"note\": \"note " + i + "\"}").extract().statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(answers).containsExactly(200, 409, 409, 409, 409, 409);
        admin().get(address + "/decisions").then().body("items", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abandon", "reopen", "hand-over"})
    void says_why_where_others_will_ask(String verb) {
        bring(verb.equals("reopen") ? "done" : "ready");
        say(verb, "{\"owner\": \"team-b\"}").statusCode(422).body("violations[0].field", is("note"));
        say(verb, "{\"owner\": \"team-b\", \"note\": \"  \\n \"}").statusCode(422);
        say(verb, "{\"owner\": \"team-b\", \"note\": \"" + "x".repeat(10_001) + "\"}")
                .statusCode(422)
                .body("violations[0].message", containsString("10001"));
        say(verb, "{\"owner\": \"team-b\", \"note\": \"a\\u0000b\"}").statusCode(422);
        say(verb, "{\"unknown\": 1}").statusCode(422);
    }

    @Test
    void what_is_done_is_neither_changed_nor_started_until_it_is_reopened() {
        bring("done");
        String etag = admin().get(address).header("ETag");
        admin().header("If-Match", etag)
                .contentType(ContentType.JSON)
                .body("{\"key\": \"" + key + "\", \"title\": \"New\", \"service\": \"s\", \"owner\": \"o\","
                        + " \"expected\": \"e\", \"rollbackNote\": \"r\"}")
                .put(address)
                .then()
                .statusCode(409)
                .body("detail", allOf(containsString("is done since"), containsString("by admin")))
                .body("expected", containsString("reopen it first"));
        for (String dry : List.of("true", "false")) {
            admin().contentType("application/yaml")
                    .body(file(STEP).replace("it works", "it works better"))
                    .post("/api/v1/import?dryRun=" + dry)
                    .then()
                    .statusCode(409);
        }
        importFile(file(STEP)).body("items[0].change", is("unchanged"));
        start("live").statusCode(409).body("detail", containsString("is done since"));
        say("reopen", "{\"note\": \"one more step\"}").statusCode(200);
        importFile(file(STEP).replace("it works", "it works better")).body("items[0].change", is("revised"));
    }

    @Test
    void while_a_run_is_under_way_nobody_says_the_last_word_but_ownership_may_change() {
        importFile(Samples.environment(environment, "staging", folder.toString()));
        importFile(file(WAITS));
        String run = start("live").statusCode(201).extract().header("Location");
        awaitRun(run, "waiting");
        for (String verb : List.of("done", "abandon", "archive")) {
            say(verb, "{\"note\": \"now\"}").statusCode(409).body("run", is(run));
        }
        say("hand-over", "{\"note\": \"shift ends\", \"owner\": \"night\"}").statusCode(200);
        json("{\"note\": \"seen\"}").post(run + "/steps/look/confirm").then().statusCode(200);
        awaitRun(run, "succeeded");
        await().untilAsserted(() -> assertThat(state()).isEqualTo("live"));
        admin().get(address).then().body("revision", is(2)).body("owner", is("night"));
    }

    @Test
    void a_finished_run_of_what_is_done_can_still_be_taken_back() {
        bring("live");
        String run =
                "/api/v1/runs/" + admin().get("/api/v1/runs?migration=" + key).path("items[0].id");
        say("done", "{}").statusCode(200);
        String back = json("{}")
                .post(run + "/rollback")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        awaitRun(back, "rolled-back");
        assertThat(state()).isEqualTo("done");
        say("reopen", "{\"note\": \"taken back\"}").statusCode(200).body("state", is("rolled-back"));
    }

    @Test
    void what_was_rehearsed_stays_rehearsed_when_it_is_handed_over() {
        bring("rehearsed");
        say("hand-over", "{\"note\": \"we know it better\", \"owner\": \"team-b\"}")
                .statusCode(200)
                .body("state", is("rehearsed"))
                .body("revision", is(2));
        admin().get(address + "/revisions/2")
                .then()
                .body("note", is("Handed over from team-test to team-b: we know it better"));
        assertThat(admin().get(address + "/export").asString())
                .isEqualTo(file(STEP).replace("team-test", "team-b"));
        say("hand-over", "{\"note\": \"we know it better\", \"owner\": \"team-b\"}")
                .statusCode(200)
                .body("revision", is(2));
        say("hand-over", "{\"note\": \"again\", \"owner\": \"team-b\"}")
                .statusCode(409)
                .body("detail", containsString("belongs to team-b already; admin handed it over at"));
        say("hand-over", "{\"note\": \"to nobody\"}").statusCode(422).body("violations[0].field", is("owner"));
        say("hand-over", "{\"note\": \"long\", \"owner\": \"" + "x".repeat(201) + "\"}")
                .statusCode(422)
                .body("violations[0].field", is("owner"));
    }

    @Test
    void a_person_who_has_read_it_takes_the_mark_away_from_the_file_too() {
        importFile(Samples.environment(environment, "staging", folder.toString()));
        String marked = file(STEP).replace("owner:", "needsReview: true\n# who answers for it\nowner:");
        importFile(marked);
        admin().get(address).then().body("state", is("draft")).body("needsReview", is(true));
        start("live").statusCode(409);
        say("review", "{\"note\": \"read it twice\"}")
                .statusCode(200)
                .body("state", is("ready"))
                .body("needsReview", is(false))
                .body("revision", is(1));
        String exported = admin().get(address + "/export").asString();
        assertThat(exported).doesNotContain("needsReview").contains("# who answers for it");
        importFile(exported).body("items[0].change", is("unchanged"));
        admin().get(address).then().body("needsReview", is(false)).body("revision", is(1));
        say("review", "{\"note\": \"read it twice\"}").statusCode(200);
        say("review", "{\"note\": \"me too\"}").statusCode(409).body("detail", containsString("admin said so at"));
        run("live");
        say("hand-over", "{\"note\": \"moved\", \"owner\": \"team-b\"}")
                .statusCode(200)
                .body("needsReview", is(false))
                .body("state", is("live"));
        assertThat(admin().get(address + "/export").asString()).doesNotContain("needsReview");
    }

    @Test
    void a_token_may_put_away_and_copy_but_not_say_the_last_word() {
        bring("ready");
        String author = newToken("\"read\", \"author\"");
        for (String verb : List.of("review", "done", "abandon", "reopen")) {
            token(author)
                    .contentType(ContentType.JSON)
                    .body("{\"note\": \"by a program\"}")
                    .post(address + "/" + verb)
                    .then()
                    .statusCode(403);
        }
        String reader = newToken("\"read\"");
        for (String verb : List.of("archive", "unarchive", "duplicate", "hand-over")) {
            String body = "{\"note\": \"by a program\", \"owner\": \"team-b\"}";
            token(reader)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(address + "/" + verb)
                    .then()
                    .statusCode(403);
            token(author)
                    .contentType(ContentType.JSON)
                    .body(verb.equals("duplicate") ? "{}" : body)
                    .post(address + "/" + verb)
                    .then()
                    .statusCode(verb.equals("duplicate") ? 201 : 200);
        }
    }

    private static String newToken(String scopes) {
        return json("{\"name\": \"life\", \"scopes\": [" + scopes + "]}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    @Test
    void a_copy_is_a_draft_of_its_own_that_says_where_it_comes_from() {
        bring("live");
        say("done", "{}").statusCode(200);
        String copy = say("duplicate", "{\"note\": \"for the other shop\"}")
                .statusCode(201)
                .header("Location", is(address + "-copy"))
                .body("key", is(key + "-copy"))
                .body("title", is("Change something of svc-" + unique + " (copy)"))
                .body("state", is("draft"))
                .body("needsReview", is(true))
                .extract()
                .header("Location");
        admin().get(copy + "/revisions/1")
                .then()
                .body("note", is("Copied from " + key + ", revision 1: for the other shop"));
        admin().get(copy + "/decisions").then().body("items", hasSize(0));
        admin().get("/api/v1/runs?migration=" + key + "-copy").then().body("items", hasSize(0));
        admin().get(address + "/decisions").then().body("items[0].copy", is(key + "-copy"));
        say("duplicate", "{}").statusCode(201).body("key", is(key + "-copy-2"));
        say("duplicate", "{\"key\": \"" + key + "-copy\"}").statusCode(409);
        say("duplicate", "{\"key\": \"Not A Key\"}").statusCode(422).body("violations[0].field", is("key"));
        say("duplicate", "{\"key\": \"mine-" + unique + "\", \"title\": \"Mine\", \"owner\": \"me\"}")
                .statusCode(201)
                .body("title", is("Mine"))
                .body("owner", is("me"));
        json("{}").post(copy + "/review").then().statusCode(200).body("state", is("ready"));
    }

    @Test
    void copies_of_long_names_keep_within_the_limits() {
        String longKey = key + "-" + "k".repeat(62 - key.length());
        importFile(file("  []\n")
                .replace("key: " + key, "key: " + longKey)
                .replace("title: Change", "title: " + "t".repeat(160) + " Change"));
        for (int i = 1; i <= 3; i++) {
            json("{}")
                    .post("/api/v1/migrations/" + longKey + "/duplicate")
                    .then()
                    .statusCode(201)
                    .body("key.length()", is(63));
        }
    }

    @Test
    void deleting_and_starting_at_the_same_moment_never_breaks() {
        importFile(Samples.environment(environment, "staging", folder.toString()));
        for (int i = 0; i < 12; i++) {
            importFile(file(STEP));
            String etag = admin().get(address).header("ETag");
            var starting =
                    CompletableFuture.supplyAsync(() -> start("live").extract().response());
            int deleted = admin().header("If-Match", etag).delete(address).statusCode();
            var started = starting.join();
            assertThat(List.of(deleted, started.statusCode()))
                    .isIn(List.of(204, 404), List.of(204, 409), List.of(409, 201));
            if (started.statusCode() == 201) {
                awaitRun(started.header("Location"), "succeeded");
                return;
            }
        }
    }

    @Test
    void calling_it_done_and_starting_at_the_same_moment_leaves_one_of_the_two() {
        importFile(Samples.environment(environment, "staging", folder.toString()));
        importFile(file(WAITS));
        var starting =
                CompletableFuture.supplyAsync(() -> start("live").extract().response());
        int done = say("done", "{}").extract().statusCode();
        var started = starting.join();
        assertThat(List.of(done, started.statusCode())).isIn(List.of(200, 409), List.of(409, 201));
        if (started.statusCode() == 201) {
            awaitRun(started.header("Location"), "waiting");
            json("{\"note\": \"seen\"}")
                    .post(started.header("Location") + "/steps/look/confirm")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void nobody_decides_about_what_is_not_there() {
        json("{}").post("/api/v1/migrations/nowhere-" + unique + "/done").then().statusCode(404);
        say("forget", "{}").statusCode(404);
    }
}
