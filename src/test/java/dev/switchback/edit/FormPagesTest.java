package dev.switchback.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import dev.switchback.exchange.RunbookFileReader;
import dev.switchback.shape.RunbookShapes;
import dev.switchback.web.Flash;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The form over HTTP, as a browser without scripts sends it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class FormPagesTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final String key = "form-" + UUID.randomUUID().toString().substring(0, 8);
    private final String edit = "/migrations/" + key + "/edit";
    private Visitor visitor;

    @BeforeEach
    void firstRevision() {
        visitor = Visitor.signedIn();
        Http.importFile("# why this exists\n" + text());
    }

    private String text() {
        return Samples.migration(key, "svc", """
              - {id: one, title: One, phase: change, shell: {target: host, command: "true"}, noRollback: x}  # beside it
              - {id: two, title: Two, phase: verify, wait: {for: 1s}}
            """);
    }

    private Fields fields() {
        return WriteFields.of(content(text()), RunbookShapes.MIGRATION);
    }

    private static ObjectNode content(String text) {
        return RunbookFileReader.read(text).documents().get(0).content();
    }

    private Response send(String address, Fields fields, String... more) {
        return form(address, fields, more).post(address);
    }

    /** As the page sends it: folded cards as one field. */
    private RequestSpecification form(String address, Fields fields, String... more) {
        var token = TOKEN.matcher(visitor.page(address));
        assertThat(token.find()).isTrue();
        RequestSpecification form = visitor.with().multiPart("csrf", token.group(1));
        var left = new Fields();
        fields.all().forEach(left::put);
        for (String name : List.copyOf(left.all().keySet())) {
            if (name.endsWith(Fields.CLOSED)) {
                String card = name.substring(0, name.length() - Fields.CLOSED.length());
                form.multiPart(card + Posted.FOLDED, left.folded(card));
                left.take(card);
            }
        }
        left.all().forEach((name, value) -> form.multiPart(name, value.replace("\n", "\r\n")));
        for (int i = 0; i < more.length; i += 2) {
            form.multiPart(more[i], more[i + 1]);
        }
        return form;
    }

    private static String flash(Response answer) {
        return Flash.read(answer.getCookie(Flash.COOKIE)).orElseThrow();
    }

    private JsonPath migration() {
        return Http.admin().get("/api/v1/migrations/" + key).jsonPath();
    }

    private String file() {
        return Http.admin().get("/api/v1/migrations/" + key + "/export").asString();
    }

    @Test
    void saving_what_was_not_changed_makes_no_revision_and_says_so() {
        Response answer = send(edit, fields(), "base", "1");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(flash(answer)).isEqualTo("Nothing changed; revision 1 stands.");
        assertThat(migration().getInt("revision")).isEqualTo(1);
    }

    @Test
    void saving_a_change_makes_the_next_revision_with_its_reason_and_keeps_the_comments() {
        Fields fields = fields();
        fields.put("steps[1].wait.for", "2s");
        Response answer = send(edit, fields, "base", "1", "note", "one second was too short");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/migrations/" + key);
        assertThat(flash(answer)).isEqualTo("Saved as revision 2.");
        assertThat(migration().getString("steps[1].wait.for")).isEqualTo("2s");
        assertThat(file()).contains("# why this exists", "# beside it", "for: 2s");
        Http.admin()
                .get("/api/v1/migrations/" + key + "/revisions")
                .then()
                .body("items[0].note", equalTo("one second was too short"));
    }

    @Test
    void everything_wrong_is_told_at_once_with_links_and_everything_typed_is_kept() {
        Fields fields = fields();
        fields.put("title", "");
        fields.put("expected", "as typed <b>");
        fields.put("steps[0].timeout", "soon");
        fields.put("attributes", "a: [1");
        fields.put("steps~add", "http");
        Response answer = send(edit, fields, "base", "1", "note", "a reason");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString())
                .contains("<title>Error: Edit", "3 things to put right; nothing was saved")
                .contains(
                        "href=\"#title\">Title is missing",
                        "href=\"#steps[0].timeout\">Step 1: Give up after is “soon”")
                .contains("href=\"#attributes\">Line 1: Not YAML", "a: [1</textarea>")
                .contains("as typed &lt;b&gt;", "value=\"soon\"", "value=\"a reason\"")
                .contains("name=\"steps[1]~folded\"")
                .doesNotContain("name=\"steps[0]~folded\"", "name=\"steps~add\" value");
        assertThat(migration().getInt("revision")).isEqualTo(1);
    }

    @Test
    void a_button_that_lays_out_anew_saves_nothing_and_forgets_nothing() {
        Fields fields = fields();
        fields.put("title", "not saved yet");
        fields.put("steps~add", "http");
        Response answer = send(edit, fields, "base", "1", "do", "add steps");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString())
                .contains("value=\"not saved yet\"", "name=\"steps[2].http.request\"", "name=\"steps[0]~folded\"")
                .contains("id=\"steps[2].title\"")
                .doesNotContain("role=\"alert\"");
        assertThat(migration().getString("title")).isEqualTo("Change something of svc");
    }

    @Test
    void checking_gives_advice_and_showing_the_file_shows_it_with_its_comments() {
        Fields fields = fields();
        fields.put("title", "Another");
        assertThat(send(edit, fields, "base", "1", "do", "check").asString())
                .contains("Nothing to put right")
                .contains("href=\"#steps[0]\"");
        assertThat(send(edit, fields, "base", "1", "do", "file").asString())
                .contains("# why this exists", "title: Another");
        assertThat(migration().getInt("revision")).isEqualTo(1);
    }

    @Test
    void a_new_migration_is_made_with_a_key_from_its_title_and_five_questions() {
        Fields fields = FormMoves.ofNewMigration();
        fields.put("title", "Move it " + key);
        fields.put("service", "svc");
        fields.put("owner", "me");
        fields.put("expected", "fine");
        fields.put("rollbackNote", "back");
        Response answer = send("/migrations/new", fields, "note", "because");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/migrations/move-it-" + key);
        assertThat(send("/migrations/new", fields).header("Location"))
                .as("pressed twice")
                .isEqualTo("/migrations/move-it-" + key);
        Http.admin()
                .get("/api/v1/migrations/move-it-" + key)
                .then()
                .body("state", equalTo("draft"))
                .body("revision", equalTo(1))
                .body("checklist.size()", equalTo(5))
                .body("onFailure", equalTo("ask"));
    }

    @Test
    void a_key_that_is_taken_is_told_at_the_key() {
        Fields fields = fields();
        fields.put("title", "Something else");
        Response answer = send("/migrations/new", fields);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("href=\"#key\">There is a migration “" + key + "” already");
    }

    @Test
    void a_revision_that_somebody_else_made_meanwhile_is_never_overwritten() {
        Http.importFile(text().replace("for: 1s", "for: 9s"));
        Fields fields = fields();
        fields.put("steps[1].wait.for", "2s");
        Response answer = send(edit, fields, "base", "1");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(migration().getString("steps[1].wait.for")).isEqualTo("9s");
    }

    @Test
    void who_saved_meanwhile_is_not_named_as_the_author_of_the_revision_before() {
        Http.importFile(text().replace("for: 1s", "for: 9s"));
        Fields fields = fields();
        fields.put("title", "");
        Response answer = send(edit, fields, "base", "1");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("Filled from revision 1. Somebody has saved since");
    }

    @Test
    void a_secret_in_plain_text_never_comes_back() {
        Fields fields = new Fields();
        fields.put("name", "Place");
        fields.put("key", key);
        fields.put("tier", "staging");
        fields.put("targets[0]~name", "db");
        fields.put("targets[0]~kind", "jdbc");
        fields.put("targets[0].url", "jdbc:postgresql://127.0.0.1/shop");
        fields.put("targets[0].password", "hunter2");
        for (String button : List.of("save", "check", "file", "add identity")) {
            String page = send("/environments/new", fields, "do", button).asString();
            assertThat(page)
                    .contains("A secret in plain text", "what was typed is not kept")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void an_environment_is_written_and_revised() {
        Fields fields = new Fields();
        fields.put("name", "Place " + key);
        fields.put("tier", "staging");
        fields.put("variables[0]~name", "region");
        fields.put("variables[0]", "eu");
        fields.put("targets[0]~name", "host");
        fields.put("targets[0]~kind", "shell");
        Response made = send("/environments/new", fields);
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(303);
        String page = made.header("Location");
        assertThat(page).isEqualTo("/environments/place-" + key);
        fields.put("gates.approvals", "2");
        Response revised = send(page + "/edit", fields, "base", "1");
        assertThat(flash(revised)).isEqualTo("Saved as revision 2.");
        Http.admin()
                .get("/api/v1" + page)
                .then()
                .body("gates.approvals", equalTo(2))
                .body("revision", equalTo(2));
    }

    @Test
    void the_mark_needs_review_is_not_taken_away_by_saving() {
        Http.importFile(text().replace("expected:", "needsReview: true\nexpected:"));
        String page = visitor.page(edit);
        assertThat(page).contains("name=\"needsReview\" value=\"true\"");
        Fields fields = fields();
        fields.put("needsReview", "true");
        fields.put("title", "Another");
        send(edit, fields, "base", String.valueOf(migration().getInt("revision")));
        assertThat(migration().getBoolean("needsReview")).isTrue();
        assertThat(migration().getString("title")).isEqualTo("Another");
    }

    @Test
    void what_may_not_be_edited_any_more_says_so_and_keeps_what_was_typed() {
        Http.admin()
                .contentType(ContentType.JSON)
                .body("{\"note\": \"enough\"}")
                .post("/api/v1/migrations/" + key + "/abandon")
                .then()
                .statusCode(200);
        assertThat(visitor.page(edit)).contains("It cannot be changed now", "reopen it first");
        Fields fields = fields();
        fields.put("title", "too late");
        Response answer = send(edit, fields, "base", "1");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("It was not saved", "value=\"too late\"");
    }

    @Test
    void a_script_is_told_where_to_go_instead_of_being_led_there() {
        Fields fields = fields();
        fields.put("title", "Another");
        Response answer =
                form(edit, fields, "base", "1").header("X-Form", "in-place").post(edit);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.header("X-Goto")).isEqualTo("/migrations/" + key);
        assertThat(flash(answer)).isEqualTo("Saved as revision 2.");
    }

    @Test
    void five_hundred_steps_and_twenty_open_ones_are_not_too_much() {
        ObjectNode content = content(text());
        ArrayNode steps = content.putArray("steps");
        for (int i = 0; i < 500; i++) {
            ObjectNode step = content(text()).withArray("steps").get(0).deepCopy();
            steps.add(step.put("id", "step-" + i).put("title", "Step " + i));
        }
        Fields fields = WriteFields.of(content, RunbookShapes.MIGRATION);
        for (int i = 0; i < 20; i++) {
            fields.remove("steps[" + i + "]" + Fields.CLOSED);
            for (int variable = 0; variable < 50; variable++) {
                fields.put("steps[" + i + "].shell.environment[" + variable + "]~name", "V" + variable);
                fields.put("steps[" + i + "].shell.environment[" + variable + "]", "x".repeat(200));
            }
        }
        Response answer = send(edit, fields, "base", "1");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
        assertThat(migration().getList("steps")).hasSize(500);
        assertThat(migration().getString("steps[19].shell.environment.V49")).hasSize(200);
    }

    @Test
    void a_folded_part_that_came_back_damaged_is_refused() {
        Fields fields = fields();
        Response answer = send(edit, fields, "base", "1", "steps[7]~folded", "{not json");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(migration().getInt("revision")).isEqualTo(1);
    }

    @Test
    void a_program_that_may_only_read_cannot_save() {
        String token = Http.admin()
                .contentType(ContentType.JSON)
                .body("{\"name\": \"" + key + "\", \"scopes\": [\"read\"]}")
                .post("/api/v1/tokens")
                .jsonPath()
                .getString("token");
        var form = Http.token(token).header("Accept", "text/html");
        Fields fields = fields();
        fields.put("title", "by a program");
        fields.all().forEach(form::multiPart);
        form.multiPart("base", "1").post(edit).then().statusCode(403);
        assertThat(migration().getInt("revision")).isEqualTo(1);
    }
}
