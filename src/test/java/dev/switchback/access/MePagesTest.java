package dev.switchback.access;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import dev.switchback.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What everybody does for themself: browsers, password, keys for programs. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class MePagesTest {

    private static final String NEW = "another lovely sentence";

    @Inject
    People people;

    @Inject
    Sessions sessions;

    @Inject
    DataSource database;

    private final String name = "mona-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void mona() {
        QuarkusTransaction.requiringNew().run(() -> {
            var person = new Person(name, "Mona", Passwords.hash(TestDatabase.PASSWORD), Instant.now());
            people.persist(person);
            people.grant(person, Grant.everywhere(Role.OPERATOR), Instant.now(), "test");
        });
    }

    private int sql(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var run = connection.createStatement()) {
            return run.executeUpdate(statement);
        }
    }

    private static boolean isIn(Visitor visitor) {
        return visitor.get("/me").statusCode() == 200;
    }

    @Test
    void shows_where_one_is_signed_in_and_ends_one_of_them() {
        Visitor here = Visitor.signedInAs(name);
        Visitor there = Visitor.signedInAs(name);
        String page = here.page("/me");
        assertThat(page).contains("127.0.0.1", "this one", "operator");
        String other = Pattern.compile("(?s)<tr>((?!</tr>).)*?</tr>")
                .matcher(page)
                .results()
                .map(row -> row.group())
                .filter(row -> row.contains("/me/sessions/") && !row.contains("this one"))
                .findFirst()
                .orElseThrow();
        var address = Pattern.compile("action=\"(/me/sessions/\\d+/end)\"").matcher(other);
        assertThat(address.find()).isTrue();
        assertThat(here.send("/me", address.group(1)).statusCode()).isEqualTo(303);
        assertThat(isIn(here)).isTrue();
        assertThat(isIn(there)).isFalse();
    }

    @Test
    void ends_nobody_elses_browser() throws SQLException {
        Visitor admin = Visitor.signedIn();
        Visitor mona = Visitor.signedInAs(name);
        long number;
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT max(s.id) FROM session s JOIN person p ON p.id = s.person_id"
                                + " WHERE p.name = 'admin'")) {
            rows.next();
            number = rows.getLong(1);
        }
        mona.send("/me", "/me/sessions/" + number + "/end");
        assertThat(isIn(admin)).isTrue();
    }

    @Test
    void signs_out_everywhere_at_once() {
        Visitor here = Visitor.signedInAs(name);
        Visitor there = Visitor.signedInAs(name);
        assertThat(here.send("/me", "/me/everywhere").header("Location")).isEqualTo("/signin");
        assertThat(isIn(here)).isFalse();
        assertThat(isIn(there)).isFalse();
    }

    @Test
    void a_cookie_that_was_there_before_is_never_taken_over() {
        String planted = "a-token-that-somebody-else-chose";
        Response answer = Visitor.stranger()
                .cookie(SignInMechanism.COOKIE, planted)
                .formParam("name", name)
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin");
        assertThat(answer.cookie(SignInMechanism.COOKIE)).isNotEqualTo(planted).hasSizeGreaterThan(40);
        assertThat(Visitor.stranger()
                        .cookie(SignInMechanism.COOKIE, planted)
                        .get("/me")
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void signing_in_again_in_the_same_browser_ends_what_was_there() {
        Visitor first = Visitor.signedInAs(name);
        Response again = first.with()
                .formParam("name", name)
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin");
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(isIn(first)).isFalse();
    }

    @Test
    void a_browser_that_was_silent_for_twelve_hours_must_sign_in_again() throws SQLException {
        Visitor silent = Visitor.signedInAs(name);
        sql("UPDATE session SET last_seen_at = now() - interval '12 hours' WHERE person_id ="
                + " (SELECT id FROM person WHERE name = '" + name + "')");
        assertThat(isIn(silent)).isFalse();
    }

    @Test
    void after_a_week_everybody_must_sign_in_again_however_busy_they_were() throws SQLException {
        Visitor busy = Visitor.signedInAs(name);
        assertThat(isIn(busy)).isTrue();
        sql("UPDATE session SET expires_at = now() WHERE person_id = (SELECT id FROM person WHERE name = '" + name
                + "')");
        assertThat(isIn(busy)).isFalse();
    }

    @Test
    void a_deactivated_person_is_out_at_once_and_nothing_of_it_comes_back() throws SQLException {
        Visitor mona = Visitor.signedInAs(name);
        String key = makeToken();
        assertThat(token(key).get("/api/v1/me").statusCode()).isEqualTo(200);
        sql("UPDATE person SET active = false WHERE name = '" + name + "'");
        assertThat(isIn(mona)).isFalse();
        assertThat(token(key).get("/api/v1/me").statusCode()).isEqualTo(401);
        sql("UPDATE person SET active = true WHERE name = '" + name + "'");
        assertThat(isIn(mona)).isFalse();
        assertThat(token(key).get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void who_is_deactivated_while_signing_in_gets_no_session() throws SQLException {
        Person mona = people.active(name).orElseThrow();
        sql("UPDATE person SET active = false WHERE name = '" + name + "'");
        assertThatThrownBy(() -> sessions.open(mona, new Visit("127.0.0.1", "curl"), null))
                .isInstanceOf(ProblemException.class);
        sql("UPDATE person SET active = true WHERE name = '" + name + "'");
        assertThat(sql("DELETE FROM session WHERE person_id = " + mona.id())).isZero();
    }

    @Test
    void only_an_admin_says_what_a_break_glass_sign_in_was_about() throws SQLException {
        String of = " WHERE person_id = (SELECT id FROM person WHERE name = '" + name + "')";
        sql("INSERT INTO break_glass_sign_in (person_id, signed_in_at, address)"
                + " SELECT id, now(), '192.0.2.7' FROM person WHERE name = '" + name + "'");
        try {
            Visitor mona = Visitor.signedInAs(name);
            assertThat(mona.page("/")).doesNotContain("/me/break-glass/");
            String form = "/me/break-glass/" + number("SELECT id FROM break_glass_sign_in" + of);
            assertThat(mona.send("/me", form, "note", "nothing").statusCode()).isEqualTo(403);
            assertThat(sql("UPDATE break_glass_sign_in SET note = note" + of + " AND acknowledged_at IS NULL"))
                    .isEqualTo(1);
            Visitor admin = Visitor.signedIn();
            assertThat(admin.page("/")).contains(form, "192.0.2.7");
            assertThat(admin.send("/", form, "note", "a drill").statusCode()).isEqualTo(303);
            assertThat(admin.send("/me", form, "note", "again").statusCode()).isEqualTo(404);
        } finally {
            sql("DELETE FROM break_glass_sign_in" + of);
        }
    }

    @Test
    void revokes_nobody_elses_token_on_the_page() {
        Response admins = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"not mona's\"}")
                .post("/api/v1/tokens");
        String number = admins.header("Location").replaceAll(".*/", "");
        Visitor.signedInAs(name).send("/me", "/me/tokens/" + number + "/revoke");
        assertThat(token(admins.path("token")).get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    private long number(String select) throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(select)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Response change(Visitor visitor, String old, String wanted, String again) {
        return visitor.send("/me", "/me/password", "old", old, "password", wanted, "again", again);
    }

    @Test
    void a_new_password_needs_the_old_one_and_signs_out_all_other_browsers() {
        Visitor here = Visitor.signedInAs(name);
        Visitor there = Visitor.signedInAs(name);
        Response wrong = change(here, "not-the-old-one", NEW, NEW);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.asString()).contains("The old password is wrong").doesNotContain(NEW);
        assertThat(isIn(there)).isTrue();
        assertThat(change(here, TestDatabase.PASSWORD, NEW, NEW).statusCode()).isEqualTo(303);
        assertThat(isIn(here)).isTrue();
        assertThat(isIn(there)).isFalse();
        assertThat(Visitor.stranger()
                        .formParam("name", name)
                        .formParam("password", TestDatabase.PASSWORD)
                        .post("/signin")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Visitor.stranger()
                        .formParam("name", name)
                        .formParam("password", NEW)
                        .post("/signin")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void a_new_password_that_is_typed_in_two_ways_is_not_taken() {
        Response answer = change(Visitor.signedInAs(name), TestDatabase.PASSWORD, NEW, NEW + "x");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("differ");
    }

    @Test
    void a_token_is_shown_once_and_then_never_again() {
        Visitor here = Visitor.signedInAs(name);
        Response made =
                here.send("/me", "/me/tokens", "token", "ci <b>", "scope", "read", "scope", "operate", "days", "30");
        assertThat(made.statusCode()).isEqualTo(201);
        var shown = Pattern.compile("<code>(sbt_[\\w-]{43})</code>").matcher(made.asString());
        assertThat(shown.find()).isTrue();
        assertThat(made.header("Cache-Control")).contains("no-store");
        Response me = token(shown.group(1)).get("/api/v1/me");
        assertThat(me.path("scopes").toString()).isEqualTo("[operate, read]");
        assertThat(here.page("/me")).contains("ci &lt;b&gt;", "from 127.0.0.1").doesNotContain(shown.group(1));
    }

    @Test
    void a_token_that_may_nothing_is_not_made_and_what_was_typed_stays() {
        Response answer = Visitor.signedInAs(name).send("/me", "/me/tokens", "token", "for nothing", "days", "365");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("No token was made", "value=\"for nothing\"", "\"365\" selected");
    }

    @Test
    void a_revoked_token_says_so() {
        Visitor here = Visitor.signedInAs(name);
        here.send("/me", "/me/tokens", "token", "short lived", "scope", "read", "days", "7");
        var form = Pattern.compile("/me/tokens/\\d+/revoke").matcher(here.page("/me"));
        assertThat(form.find()).isTrue();
        assertThat(here.send("/me", form.group()).statusCode()).isEqualTo(303);
        assertThat(here.page("/me")).contains("revoked").doesNotContain(form.group());
    }

    private String makeToken() {
        return dev.switchback.Http.nobody()
                .auth()
                .preemptive()
                .basic(name, TestDatabase.PASSWORD)
                .contentType(ContentType.JSON)
                .body("{\"name\": \"ci\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    @Test
    void a_program_does_not_reach_the_account_of_its_person() {
        var program = token(makeToken()).redirects().follow(false);
        assertThat(program.get("/me").statusCode()).isEqualTo(403);
        assertThat(program.get("/api/v1/tokens").statusCode()).isEqualTo(403);
        for (String address : new String[] {"/me/everywhere", "/me/password", "/me/tokens", "/me/sessions/1/end"}) {
            assertThat(token(makeToken()).post(address).statusCode())
                    .as(address)
                    .isEqualTo(403);
        }
    }

    @Test
    void tokens_are_listed_without_their_values_and_say_when_and_from_where_they_were_used() {
        String key = makeToken();
        token(key).header("X-Forwarded-For", "192.0.2.9").get("/api/v1/me");
        Response list = dev.switchback.Http.nobody()
                .auth()
                .preemptive()
                .basic(name, TestDatabase.PASSWORD)
                .get("/api/v1/tokens");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.asString()).doesNotContain(key);
        assertThat(list.path("items[0].lastUsedAddress").toString()).isEqualTo("192.0.2.9");
        assertThat(Duration.between(Instant.now(), Instant.parse(list.path("items[0].expiresAt"))))
                .isBetween(Duration.ofDays(89), Duration.ofDays(90));
    }

    @Test
    void only_who_looks_after_people_lists_and_revokes_the_tokens_of_others() {
        makeToken();
        var mona = dev.switchback.Http.nobody().auth().preemptive().basic(name, TestDatabase.PASSWORD);
        assertThat(mona.get("/api/v1/tokens?person=admin").statusCode()).isEqualTo(403);
        String admins = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"of admin\"}")
                .post("/api/v1/tokens")
                .header("Location");
        assertThat(dev.switchback.Http.nobody()
                        .auth()
                        .preemptive()
                        .basic(name, TestDatabase.PASSWORD)
                        .delete(admins)
                        .statusCode())
                .isEqualTo(404);
        Response of = admin().get("/api/v1/tokens?person=" + name);
        assertThat(of.statusCode()).isEqualTo(200);
        int number = of.path("items[0].id");
        assertThat(admin().delete("/api/v1/tokens/" + number).statusCode()).isEqualTo(204);
        assertThat(admin().get("/api/v1/tokens?person=" + name).asString()).contains("revokedAt");
    }

    @Test
    void a_token_for_an_environment_that_one_does_not_see_is_not_made() {
        Response answer = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"x\", \"environments\": [\"no-such-place\"]}")
                .post("/api/v1/tokens");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.path("violations[0].field").toString()).isEqualTo("environments[0]");
    }

    @Test
    void a_token_says_for_which_environments_it_is() {
        String key = "place-" + UUID.randomUUID().toString().substring(0, 8);
        dev.switchback.Http.importFile(dev.switchback.Samples.environment(key, "development", "/tmp"));
        Response made = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"x\", \"environments\": [\"" + key + "\"]}")
                .post("/api/v1/tokens");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.path("environments").toString()).isEqualTo("[" + key + "]");
        Response here = token(made.path("token"))
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/environments/" + key + "/check");
        assertThat(here.statusCode()).isNotEqualTo(403);
    }
}
