package dev.switchback.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Http;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file is first looked at, and taken over on a second press. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ImportPagesTest {

    private final String key = "mig-" + UUID.randomUUID().toString().substring(0, 8);
    private Visitor visitor;

    @BeforeEach
    void signIn() {
        visitor = Visitor.signedIn();
    }

    private String file(String more) {
        return Samples.migration(
                        key,
                        "svc",
                        "  - {id: one, title: One, phase: change, shell: {target: host, command: \"true\"},"
                                + " noRollback: x}\n")
                + more;
    }

    @Test
    void the_first_page_writes_nothing_and_the_second_press_imports() {
        Response plan = visitor.sendParts("/import", "/import", "text", file(""));
        assertThat(plan.statusCode()).isEqualTo(200);
        assertThat(Visitor.heading(plan.asString())).isEqualTo("This file can be imported");
        assertThat(visitor.get("/migrations/" + key).statusCode()).isEqualTo(404);

        Response done = visitor.sendParts("/import", "/import/apply", "text", file(""));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.header("Location")).endsWith("/migrations/" + key);
        assertThat(Visitor.heading(visitor.page("/migrations/" + key))).isEqualTo("Change something of svc");
        assertThat(Visitor.heading(visitor.sendParts("/import", "/import", "text", file(""))
                        .asString()))
                .isEqualTo("Everything in this file is already here");
    }

    @Test
    void a_refused_file_is_shown_again_with_every_problem_at_its_line() {
        Response plan = visitor.sendParts(
                "/import", "/import", "text", file("colour: \"<script>alert(1)</script>\"\napprovals: many\n"));
        assertThat(plan.statusCode()).isEqualTo(422);
        String html = plan.asString();
        assertThat(Visitor.heading(html)).isEqualTo("2 problems keep this file from being imported");
        assertThat(html)
                .contains("Expected: ", "href=\"#L", "title: Change something of svc")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void a_file_that_revises_is_shown_with_what_differs() {
        visitor.sendParts("/import", "/import/apply", "text", file(""));
        String plan = visitor.sendParts(
                        "/import", "/import", "text", file("").replace("it works", "it works <i>soon</i>"))
                .asString();
        assertThat(plan)
                .contains("Expected result</a>", "What would change in the migration <code>" + key)
                .contains("<ins>")
                .doesNotContain("<i>soon");
    }

    @Test
    void a_file_that_only_reads_differently_says_so_and_is_kept() {
        visitor.sendParts("/import", "/import/apply", "text", file(""));
        String plan = visitor.sendParts("/import", "/import", "text", "# a comment\n" + file(""))
                .asString();
        assertThat(Visitor.heading(plan)).isEqualTo("This file can be imported");
        assertThat(plan).contains("Only comments, order or spacing; its text is kept anew");
        Response done = visitor.sendParts("/import", "/import/apply", "text", "# a comment\n" + file(""));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(Http.admin().get("/api/v1/migrations/" + key + "/export").asString())
                .startsWith("# a comment");
    }

    @Test
    void a_file_with_something_that_is_done_comes_back_with_why_and_its_text() {
        visitor.sendParts("/import", "/import/apply", "text", file(""));
        Http.admin()
                .contentType("application/json")
                .post("/api/v1/migrations/" + key + "/done")
                .then()
                .statusCode(200);
        for (String address : List.of("/import", "/import/apply")) {
            Response refused = visitor.sendParts("/import", address, "text", file("# typed\n"), "name", "my.yaml");
            assertThat(refused.statusCode()).as(address).isEqualTo(409);
            assertThat(refused.asString())
                    .contains("href=\"#L3\"", key + " is done since", "reopen it first")
                    .contains("# typed", "my.yaml");
        }
    }

    @Test
    void a_note_that_is_no_text_loses_no_file() {
        Response refused = visitor.sendParts("/import", "/import/apply", "text", file("# typed\n"), "note", "a\u0007b");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString()).contains("U+0007", "# typed");
    }
}
