package dev.switchback.checklist;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ticking off, with who, when and the evidence. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ChecklistApiTest {

    private static final String STEP =
            "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"}, noRollback: reads}\n";
    private static final String ITEMS = """
        checklist:
          - {id: plans, title: Review query plans, evidence: plan}
          - {id: tried, title: Try it, evidence: run}
          - {id: written, title: Document it, evidence: note}
          - {id: asked, title: Ask the owner}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "list-" + unique;
    private final String address = "/api/v1/migrations/" + key + "/checklist";

    private String file() {
        return Samples.migration(key, "svc-" + unique, STEP) + ITEMS;
    }

    private static RequestSpecification json(String body) {
        return admin().contentType(ContentType.JSON).body(body);
    }

    private ValidatableResponse tick(String item, String body) {
        return json(body).put(address + "/" + item).then();
    }

    private ValidatableResponse list() {
        return admin().get(address).then().statusCode(200);
    }

    @Test
    void what_was_seen_may_be_told_in_the_note_alone() {
        importFile(file());
        tick("plans", "{\"done\": true, \"note\": \"both use the index\"}")
                .statusCode(200)
                .body("done", is(true))
                .body("note", is("both use the index"));
    }

    @Test
    void an_item_is_open_until_somebody_shows_something_for_it() {
        importFile(file());
        list().body("total", is(4))
                .body("open", is(4))
                .body("items.id", is(List.of("plans", "tried", "written", "asked")))
                .body("items.evidence", is(java.util.Arrays.asList("plan", "run", "note", null)))
                .body("items.done", is(List.of(false, false, false, false)))
                .body("items[0].by", nullValue());
        tick("plans", "{\"done\": true}")
                .statusCode(422)
                .body("violations[0].field", is("evidence"))
                .body("violations[0].message", containsString("wants query plans"));
        tick("plans", "{\"done\": true, \"note\": \" \", \"evidence\": \"\"}").statusCode(422);
        tick("plans", "{\"done\": true, \"note\": \"fine\", \"evidence\": \"  index scan on both  \"}")
                .statusCode(200)
                .body("done", is(true))
                .body("outdated", is(false))
                .body("by", is("admin"))
                .body("at", notNullValue())
                .body("note", is("fine"))
                .body("given.text", is("index scan on both"))
                .body("given.link", nullValue())
                .body("revision", is(1));
        tick("written", "{\"done\": true}").statusCode(422).body("violations[0].field", is("note"));
        tick("written", "{\"done\": true, \"note\": \"in the wiki\"}").statusCode(200);
        tick("asked", "{\"done\": true}").statusCode(200);
        list().body("done", is(3)).body("open", is(1));
    }

    @Test
    void the_same_again_is_no_news_and_taking_it_away_keeps_what_was() {
        importFile(file());
        String said = "{\"done\": true, \"note\": \"seen\", \"evidence\": \"https://example.org/plan\"}";
        for (int i = 0; i < 3; i++) {
            tick("plans", said)
                    .statusCode(200)
                    .body("history", hasSize(1))
                    .body("given.link", is("https://example.org/plan"));
        }
        tick("asked", "{\"done\": false}").statusCode(200).body("history", hasSize(0));
        for (int i = 0; i < 2; i++) {
            tick("plans", "{\"done\": false, \"note\": \"wrong database\"}")
                    .statusCode(200)
                    .body("done", is(false))
                    .body("note", is("wrong database"))
                    .body("history", hasSize(2))
                    .body("history[1].note", is("seen"))
                    .body("history[1].evidence", is("https://example.org/plan"))
                    .body("history[1].by", is("admin"));
        }
        tick("plans", said).statusCode(200).body("done", is(true)).body("history", hasSize(3));
        tick("plans", said.replace("seen", "seen again")).statusCode(200).body("history", hasSize(4));
    }

    @Test
    void a_run_as_evidence_must_be_one_of_this_migration() {
        importFile(Samples.environment("env-" + unique, "staging", "/tmp"));
        importFile(file());
        long mine = start(key);
        importFile(Samples.migration(key + "-other", "other-" + unique, STEP));
        long other = start(key + "-other");
        tick("tried", "{\"done\": true, \"evidence\": \"" + other + "\"}")
                .statusCode(422)
                .body("violations[0].message", allOf(containsString("Run " + other), containsString(key + "-other")));
        tick("tried", "{\"done\": true, \"evidence\": \"/runs/999999999\"}")
                .statusCode(422)
                .body("violations[0].message", is("There is no run 999999999"));
        tick("tried", "{\"done\": true, \"evidence\": \"" + mine + "\"}")
                .statusCode(200)
                .body("given.text", is("/runs/" + mine))
                .body("given.link", is("/runs/" + mine))
                .body("given.checked", is(true));
        tick("tried", "{\"done\": true, \"evidence\": \"/runs/" + mine + "\"}")
                .statusCode(200)
                .body("history", hasSize(1));
        tick("plans", "{\"done\": true, \"evidence\": \"/plans/3\"}")
                .statusCode(200)
                .body("given.checked", is(false))
                .body("given.link", nullValue());
    }

    private long start(String migration) {
        String location = json("{\"environment\": \"env-" + unique + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        return Long.parseLong(location.substring("/api/v1/runs/".length()));
    }

    @Test
    void a_tick_on_other_work_counts_as_open_and_asks_again_but_a_new_owner_changes_nothing() {
        importFile(file());
        String said = "{\"done\": true, \"note\": \"good\", \"evidence\": \"looked\"}";
        tick("plans", said).statusCode(200);
        importFile(file().replace("owner: team-test", "owner: team-b"));
        list().body("revision", is(2)).body("done", is(1)).body("outdated", is(0));
        importFile(file().replace("command: \"true\"", "command: \"false\""));
        list().body("revision", is(3))
                .body("done", is(0))
                .body("outdated", is(1))
                .body("open", is(4))
                .body("items[0].done", is(false))
                .body("items[0].outdated", is(true))
                .body("items[0].revision", is(1));
        tick("plans", said)
                .statusCode(200)
                .body("done", is(true))
                .body("revision", is(3))
                .body("history", hasSize(2));
        list().body("outdated", is(0)).body("done", is(1));
        importFile(file().replace("plans, title: Review", "plan-b, title: Review"));
        list().body("items[0].id", is("plan-b"))
                .body("items[0].done", is(false))
                .body("done", is(0));
        tick("plans", said).statusCode(404);
    }

    @Test
    void going_back_to_the_work_it_was_ticked_on_makes_the_tick_count_again() {
        importFile(file());
        tick("asked", "{\"done\": true}").statusCode(200);
        importFile(file().replace("it works", "it works well"));
        list().body("outdated", is(1));
        importFile(file());
        list().body("outdated", is(0)).body("done", is(1));
    }

    @Test
    void an_unknown_item_is_told_which_there_are() {
        importFile(file());
        tick("nothing", "{\"done\": true}")
                .statusCode(404)
                .body("expected", is("one of: plans, tried, written, asked"));
        json("{\"done\": true}")
                .put("/api/v1/migrations/none-" + unique + "/checklist/plans")
                .then()
                .statusCode(404);
        importFile(Samples.migration(key + "-b", "svc-" + unique, STEP));
        admin().get("/api/v1/migrations/" + key + "-b/checklist")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void what_is_no_answer_is_refused_in_words() {
        importFile(file());
        tick("asked", "{}").statusCode(422).body("violations[0].field", is("done"));
        tick("asked", "").statusCode(400);
        tick("asked", "{\"done\": \"yes\"}").statusCode(422);
        tick("asked", "{\"done\": true, \"other\": 1}").statusCode(422);
        tick("asked", "{\"done\": true, \"note\": \"a\\u0000b\"}")
                .statusCode(422)
                .body("violations[0].field", is("note"));
        tick("asked", "{\"done\": true, \"evidence\": \"" + "e".repeat(2001) + "\"}")
                .statusCode(422)
                .body("violations[0].expected", is("at most 2000"));
        for (String sign : List.of("\\u202E", "\\uD800", "\\u0007")) {
            tick("asked", "{\"done\": true, \"note\": \"a" + sign + "b\"}").statusCode(422);
        }
        list().body("done", is(0));
    }

    @Test
    void a_program_needs_to_be_allowed_to_write_or_to_operate() {
        importFile(file());
        for (String scope : List.of("read", "author", "operate")) {
            String secret = json("{\"name\": \"t\", \"scopes\": [\"" + scope + "\"]}")
                    .post("/api/v1/tokens")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("token");
            token(secret)
                    .contentType(ContentType.JSON)
                    .body("{\"done\": true, \"note\": \"" + scope + "\"}")
                    .put(address + "/asked")
                    .then()
                    .statusCode(scope.equals("read") ? 403 : 200);
        }
    }

    @Test
    void two_people_at_once_are_both_kept_and_the_last_one_counts() {
        importFile(file());
        List<CompletableFuture<Integer>> both = IntStream.range(0, 6)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> tick("asked", "{\"done\": true, \"note\": \"n" + i + "\"}")
                                .extract()
                                .statusCode()))
                .toList();
        assertThat(both.stream().map(CompletableFuture::join)).containsOnly(200);
        var path = list().extract().jsonPath();
        assertThat(path.getList("items[3].history")).hasSize(6);
        assertThat(path.getString("items[3].note")).isEqualTo(path.getString("items[3].history[0].note"));
    }

    @Test
    void many_presses_of_the_same_at_once_are_one_entry() {
        importFile(file());
        IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> tick("asked", "{\"done\": true}").extract().statusCode()))
                .toList()
                .forEach(CompletableFuture::join);
        list().body("items[3].history", hasSize(1));
    }

    @Test
    void what_is_archived_is_read_and_not_ticked_and_what_is_done_may_still_be_documented() {
        importFile(file());
        json("{}").post("/api/v1/migrations/" + key + "/done").then().statusCode(200);
        tick("written", "{\"done\": true, \"note\": \"in the wiki\"}").statusCode(200);
        json("{}").post("/api/v1/migrations/" + key + "/archive").then().statusCode(200);
        tick("asked", "{\"done\": true}").statusCode(409).body("detail", containsString("is archived since"));
        list().body("done", is(1));
    }
}
