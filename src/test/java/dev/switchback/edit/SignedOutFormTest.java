package dev.switchback.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Http;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** A form that arrives when its session has ended: what is typed travels along, for its writer alone. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SignedOutFormTest {

    private static RequestSpecification typed(String site) {
        return Visitor.stranger()
                .header("Sec-Fetch-Site", site)
                .multiPart("csrf", "of-the-session-before")
                .multiPart("do", "save")
                .multiPart("title", "<b>Typed & \"quoted\"</b>");
    }

    private static void isSentToTheSignInPage(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Location")).startsWith("/signin");
        assertThat(answer.asString()).doesNotContain("Typed");
    }

    @Test
    void is_carried_by_the_page_that_asks_to_sign_in() {
        Response answer = typed("same-origin").post("/migrations/new");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.asString())
                .contains("You are signed out", "Typed &amp;", "value=\"/migrations/new\"")
                .doesNotContain("<b>Typed", "of-the-session-before");
    }

    @Test
    void is_not_carried_when_another_site_sent_it() {
        isSentToTheSignInPage(typed("cross-site").post("/migrations/new"));
        isSentToTheSignInPage(typed("same-site").post("/migrations/new"));
        isSentToTheSignInPage(Visitor.stranger()
                .header("Origin", "https://elsewhere.example")
                .multiPart("title", "Typed")
                .post("/migrations/new"));
        isSentToTheSignInPage(Visitor.stranger().multiPart("title", "Typed").post("/migrations/new"));
    }

    @Test
    void is_not_carried_when_it_is_no_form_of_writing_or_very_large() {
        isSentToTheSignInPage(typed("same-origin").post("/migrations/any/edit/merge"));
        isSentToTheSignInPage(typed("same-origin").post("/import"));
        isSentToTheSignInPage(typed("same-origin")
                .multiPart("expected", "x".repeat(2_000_000))
                .post("/migrations/new"));
    }

    @Test
    void tells_a_stranger_nothing_about_what_there_is() {
        assertThat(typed("same-origin")
                        .post("/migrations/nothing-like-this/edit")
                        .statusCode())
                .isEqualTo(401);
        isSentToTheSignInPage(Visitor.stranger().get("/migrations/nothing-like-this/edit"));
        isSentToTheSignInPage(Visitor.stranger().get("/migrations/new"));
    }

    @Test
    void carries_no_secret() {
        Response answer = typed("same-origin")
                .multiPart("targets[0]~name", "db")
                .multiPart("targets[0]~kind", "jdbc")
                .multiPart("targets[0].url", "jdbc:postgresql://shop:hunter2@127.0.0.1/shop")
                .multiPart("targets[0].password", "hunter2")
                .multiPart(
                        "targets[1]~folded",
                        "{\"~name\": \"web\", \"~kind\": \"http\", \".headers[0]~name\":"
                                + " \"Authorization\", \".headers[0]\": \"Bearer hunter2\"}")
                .post("/environments/new");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString())
                .contains("targets[0]~kind", "Authorization")
                .doesNotContain("hunter2");
    }

    @Test
    void is_a_plain_refusal_for_a_program_and_for_a_script() {
        Http.nobody()
                .header("Sec-Fetch-Site", "same-origin")
                .multiPart("title", "Typed")
                .post("/migrations/new")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        isSentToTheSignInPage(typed("same-origin").header("X-Form", "in-place").post("/migrations/new"));
    }

    @Test
    void is_shown_as_nothing_when_it_cannot_be_read() {
        Response answer = Visitor.stranger()
                .formParam("name", "admin")
                .formParam("password", TestDatabase.PASSWORD)
                .formParam("next", "/migrations/new")
                .formParam("kept", "no JSON")
                .post("/signin");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/migrations/new");
    }
}
