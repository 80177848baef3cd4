package dev.switchback.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import dev.switchback.exchange.RunbookFileReader;
import dev.switchback.platform.Json;
import dev.switchback.shape.RunbookShapes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people save at once: the second sees both versions and chooses, and what anybody wrote stays. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ConflictPagesTest {

    private final String key = "mig-" + UUID.randomUUID().toString().substring(0, 8);
    private final String edit = "/migrations/" + key + "/edit";
    private Visitor visitor;

    @BeforeEach
    void firstRevision() {
        visitor = Visitor.signedIn();
        Http.importFile(base());
    }

    private String base() {
        return Samples.migration(key, "svc", """
              - {id: one, title: One, phase: change, timeout: 30s, shell: {target: host, command: "true"}, noRollback: x}
              - {id: two, title: Two, phase: verify, wait: {for: 1s}}
            """);
    }

    private void theySave(UnaryOperator<String> change) {
        Http.admin()
                .contentType("application/yaml")
                .queryParam("note", "They know why")
                .body(change.apply(base()))
                .post("/api/v1/import")
                .then()
                .statusCode(200);
    }

    private ObjectNode mine(UnaryOperator<String> change) {
        return RunbookFileReader.read(change.apply(base())).documents().get(0).content();
    }

    private Response iSave(UnaryOperator<String> change) {
        List<String> fields = new ArrayList<>(List.of("do", "save", "base", "1", "note", "I know why"));
        WriteFields.of(mine(change), RunbookShapes.MIGRATION).all().forEach((name, text) -> {
            fields.add(name);
            fields.add(text);
        });
        return visitor.sendParts(edit, edit, fields.toArray(String[]::new));
    }

    private Response choose(UnaryOperator<String> change, String... choices) {
        List<String> fields = new ArrayList<>(
                List.of("base", "1", "theirs", "2", "note", "I know why", "mine", Json.text(mine(change))));
        fields.addAll(List.of(choices));
        return visitor.sendParts(edit, edit + "/merge", fields.toArray(String[]::new));
    }

    private String value(String path) {
        return Http.admin()
                .get("/api/v1/migrations/" + key)
                .then()
                .extract()
                .path(path)
                .toString();
    }

    private static String faster(String file) {
        return file.replace("it works", "it works at once");
    }

    private static String slower(String file) {
        return file.replace("it works", "it works sometimes");
    }

    @Test
    void the_second_sees_both_versions_and_nothing_is_overwritten() {
        theySave(ConflictPagesTest::faster);
        Response answer = iSave(file -> slower(file).replace("30s", "60s"));
        assertThat(answer.statusCode()).isEqualTo(409);
        String html = answer.asString();
        assertThat(Visitor.heading(html)).isEqualTo("admin saved revision 2 while you wrote");
        assertThat(html).contains("They know why", "I know why", "Nothing of yours is lost");
        assertThat(Visitor.inside(html, "mark")).contains("at once", "sometimes");
        assertThat(html).contains("name=\"take:expected\"", "name=\"take:steps[one]\" value=\"mine\" checked");
        assertThat(html).doesNotContain("name=\"take:expected\" value=\"mine\" checked");
        assertThat(value("expected")).isEqualTo("it works at once");
    }

    @Test
    void a_choice_that_is_missing_is_asked_for_and_nothing_is_saved() {
        theySave(ConflictPagesTest::faster);
        Response answer = choose(ConflictPagesTest::slower);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString())
                .contains("<title>Error: ", "1 choice is missing", "href=\"#part-1\"", "it works sometimes");
        assertThat(value("revision")).isEqualTo("2");
    }

    @Test
    void the_choice_decides_and_what_only_one_changed_is_kept_from_both() {
        theySave(file -> faster(file).replace("title: Two", "title: Two and a half"));
        Response answer = choose(file -> slower(file).replace("30s", "60s"), "take:expected", "mine");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(value("revision")).isEqualTo("3");
        assertThat(value("expected")).isEqualTo("it works sometimes");
        assertThat(value("steps.title")).isEqualTo("[One, Two and a half]");
        assertThat(value("steps[0].timeout")).isEqualTo("60s");
        assertThat(visitor.page("/migrations/" + key + "/revisions")).contains("I know why");
    }

    @Test
    void both_changes_of_one_step_can_be_taken_together() {
        theySave(file -> file.replace("title: One", "title: First"));
        Response answer = choose(file -> file.replace("30s", "60s"), "take:steps[one]", "together");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(value("steps[0].title") + value("steps[0].timeout")).isEqualTo("First60s");
    }

    @Test
    void a_result_that_does_not_hold_together_goes_back_to_the_form_with_everything_in_it() {
        theySave(file -> file + "  - {id: three, title: Three, phase: verify, measure: {metrics: [list]}}\nmetrics:\n"
                + "  - {name: list, sql: {target: db, query: SELECT 1}}\n");
        Response answer = choose(ConflictPagesTest::slower, "take:metrics[list]", "mine");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("it works sometimes", "action=\"" + edit);
        assertThat(value("revision")).isEqualTo("2");
    }

    @Test
    void who_saves_yet_again_meanwhile_is_shown_and_not_overwritten() {
        theySave(ConflictPagesTest::faster);
        theySave(file -> faster(file).replace("30s", "90s"));
        Response answer = choose(ConflictPagesTest::slower, "take:expected", "mine");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString())
                .contains("admin saved revision 3 while you wrote", "name=\"take:expected\" value=\"mine\" checked");
        assertThat(value("revision")).isEqualTo("3");
    }

    @Test
    void the_result_can_be_looked_at_in_the_form_before_it_is_saved() {
        theySave(ConflictPagesTest::faster);
        Response answer = choose(ConflictPagesTest::slower, "take:expected", "mine", "do", "form");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).contains("it works sometimes", "name=\"base\" value=\"2\"", "I know why");
        assertThat(value("revision")).isEqualTo("2");
    }

    @Test
    void a_form_that_did_not_arrive_whole_is_refused() {
        Response answer = visitor.sendParts(edit, edit + "/merge", "base", "1", "theirs", "2", "mine", "[1");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void two_people_at_one_environment_choose_too() {
        String place = "env-" + UUID.randomUUID().toString().substring(0, 8);
        String file = Samples.environment(place, "staging", "/tmp");
        Http.importFile(file);
        Http.importFile(file.replace("hello there", "good day"));
        ObjectNode wanted = RunbookFileReader.read(file.replace("hello there", "good night")
                        .replace("kind: shell, directory: \"/tmp\"", "kind: shell"))
                .documents()
                .get(0)
                .content();
        String there = "/environments/" + place + "/edit";
        String[] form = {"base", "1", "theirs", "2", "note", "", "mine", Json.text(wanted)};
        Response asked = visitor.sendParts(there, there + "/merge", form);
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(asked.asString()).contains("name=\"take:variables[greeting]\"", "only you changed it");
        List<String> chosen = new ArrayList<>(List.of(form));
        chosen.addAll(List.of("take:variables[greeting]", "mine"));
        Response done = visitor.sendParts(there, there + "/merge", chosen.toArray(String[]::new));
        assertThat(done.statusCode()).isEqualTo(303);
        Http.admin()
                .get("/api/v1/environments/" + place)
                .then()
                .body("variables.greeting", equalTo("good night"))
                .body("revision", is(3));
    }

    @Test
    void a_form_that_does_not_say_its_revision_is_refused() {
        assertThat(visitor.sendParts(edit, edit, "do", "save").statusCode()).isEqualTo(400);
        for (String address : List.of(edit, edit + "/merge")) {
            Http.admin()
                    .multiPart("base", "base.txt", new byte[] {'1'})
                    .multiPart("mine", "{}")
                    .post(address)
                    .then()
                    .statusCode(400);
        }
    }
}
