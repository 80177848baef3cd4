package dev.switchback.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history says who changed what and why, any two revisions can be compared, and an old one comes back. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RevisionPagesTest {

    private final String key = "mig-" + UUID.randomUUID().toString().substring(0, 8);
    private final String history = "/migrations/" + key + "/revisions";
    private Visitor visitor;

    @BeforeEach
    void threeRevisions() {
        visitor = Visitor.signedIn();
        keep("# the first comment\n" + file("true", "it works"), "");
        keep(file("echo two", "it works"), "The command was wrong");
        keep(
                file("echo two", "it works & <b>fast</b>")
                        + "  - {id: two, title: Two, phase: verify, wait: {for: 1s}, noRollback: y}\n",
                "");
    }

    private String file(String command, String expected) {
        return Samples.migration(
                        key,
                        "svc",
                        "  - {id: one, title: One, phase: change, shell: {target: host, command: \"" + command
                                + "\"}, noRollback: x}\n")
                .replace("expected: it works", "expected: \"" + expected + "\"");
    }

    private void keep(String file, String note) {
        Http.admin()
                .contentType("application/yaml")
                .queryParam("note", note)
                .body(file)
                .post("/api/v1/import")
                .then()
                .statusCode(200);
    }

    private String present() {
        return Http.admin()
                .get("/api/v1/migrations/" + key + "/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void the_history_says_in_one_line_what_each_revision_changed_and_why() {
        String html = visitor.page(history);
        assertThat(html)
                .contains("1 step added; expected result")
                .contains("1 step changed")
                .contains("The command was wrong")
                .contains("The first", "present");
        assertThat(html).contains("href=\"" + history + "/2..3\"", "href=\"" + history + "/1/restore\"");
    }

    @Test
    void pages_of_the_history_follow_each_other_without_losing_what_changed() {
        String html = visitor.page(history + "?limit=1");
        assertThat(html).contains("1 step added; expected result").doesNotContain("The command was wrong");
        String next = html.replaceAll("(?s).*href=\"([^\"]+)\" rel=\"next\".*", "$1");
        assertThat(visitor.page(next.replace("&amp;", "&"))).contains("The command was wrong", "1 step changed");
    }

    @Test
    void the_form_of_the_history_leads_to_the_comparison_of_any_two() {
        Response answer = visitor.get(history + "/compare?from=1&to=3");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith(history + "/1..3");
        String html = visitor.page(history + "/1..3");
        assertThat(Visitor.heading(html)).isEqualTo("What changed from revision 1 to 3");
        assertThat(Visitor.inside(html, "del")).contains("&quot;true&quot;");
        assertThat(Visitor.inside(html, "ins")).contains("echo two");
        assertThat(html).contains("1 step changed, 1 added; expected result.");
        assertThat(html).contains("&lt;b&gt;").doesNotContain("<b>fast");
        assertThat(html).contains("/3..1\">Swap the sides");
    }

    @Test
    void one_revision_compared_with_itself_and_unknown_ones_get_clear_words() {
        assertThat(visitor.page(history + "/2..2")).contains("Both numbers name the same revision");
        Response unknown = visitor.get(history + "/2..9");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.asString()).contains(key + " has no revision 9", "1 to 3");
        assertThat(visitor.get(history + "/compare?from=two&to=3").statusCode()).isEqualTo(404);
        assertThat(visitor.get(history + "/1..2..3").statusCode()).isEqualTo(404);
        assertThat(visitor.get(history + "/2").header("Location")).endsWith("/runbook?rev=2");
    }

    @Test
    void an_old_revision_comes_back_as_a_new_one_with_its_text_and_the_reason() {
        String ask = visitor.page(history + "/1/restore");
        assertThat(ask).contains("It comes back as a new revision, 4", "1 step changed, 1 removed; expected result");
        Response done =
                visitor.send(history + "/1/restore", history + "/1/restore", "base", "3", "note", "It was better");
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.header("Location")).endsWith("/migrations/" + key);
        assertThat(present()).isEqualTo("# the first comment\n" + file("true", "it works"));
        assertThat(visitor.page(history)).contains("Restored from revision 1: It was better");
        assertThat(visitor.page(history + "/1..4")).contains("Nothing. Both say the same.");
    }

    @Test
    void nothing_is_restored_when_somebody_saved_meanwhile() {
        Response answer =
                visitor.send(history + "/1/restore", history + "/1/restore", "base", "2", "note", "It was better");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString())
                .contains("admin saved revision 3 while you were looking", "It was better", "value=\"3\"");
        assertThat(visitor.page(history)).doesNotContain("Restored from");
    }

    @Test
    void what_was_typed_stays_when_the_migration_was_closed_meanwhile() {
        Http.admin()
                .contentType("application/json")
                .post("/api/v1/migrations/" + key + "/done")
                .then()
                .statusCode(200);
        Response answer = visitor.send(history, history + "/1/restore", "base", "3", "note", "It was better");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains(key + " is done since", "reopen it first", "It was better");
        Response tooLong = visitor.send(history, history + "/1/restore", "base", "3", "note", "n".repeat(10_001));
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.asString()).contains("note has 10001 characters", "n".repeat(10_001));
    }

    @Test
    void a_revision_of_what_is_not_there_is_not_found() {
        assertThat(visitor.with()
                        .urlEncodingEnabled(false)
                        .get("/migrations/a%0d%0ab/revisions/1")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void restoring_what_is_there_makes_no_revision_and_says_so() {
        Response answer = visitor.send(history + "/3/restore", history + "/3/restore", "base", "3");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(visitor.page(history)).contains("3 revisions").doesNotContain("Restored from");
    }

    @Test
    void a_migration_that_is_put_aside_says_so_before_anybody_presses() {
        Http.admin()
                .contentType("application/json")
                .body("{\"note\": \"finished\"}")
                .post("/api/v1/migrations/" + key + "/done")
                .then()
                .statusCode(200);
        assertThat(visitor.page(history + "/1/restore"))
                .contains("is done since")
                .doesNotContain("Restore revision 1</button>");
        assertThat(visitor.page(history)).contains("finished");
    }
}
