package dev.switchback.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Http;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import dev.switchback.access.TestProvider.Claims;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider says who somebody is, and only that. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class)
@QuarkusTestResource(value = TestProvider.class, restrictToAnnotatedClass = true)
class SignInWithProviderTest {

    private static final String START = "/signin/oidc";

    @Inject
    DataSource database;

    private final String name = "nina-" + UUID.randomUUID().toString().substring(0, 8);
    private final String subject = UUID.randomUUID().toString();

    @AfterEach
    void back() {
        TestProvider.away(false);
    }

    private Claims nina(String... groups) {
        return Claims.of(
                subject,
                Map.of("preferred_username", name, "name", "Nina", "groups", new ArrayList<>(List.of(groups))));
    }

    /** One browser on its way to the provider and back. */
    private static final class Way {
        private final Map<String, String> cookies = new HashMap<>();
        private final String location;

        private Way(String start) {
            Response there = Visitor.stranger().get(start);
            assertThat(there.statusCode()).isEqualTo(302);
            cookies.putAll(there.cookies());
            location = there.header("Location");
        }

        static Way begun() {
            return new Way(START);
        }

        String location() {
            return location;
        }

        Response back(String address) {
            Response answer = Visitor.stranger()
                    .urlEncodingEnabled(false)
                    .cookies(cookies)
                    .get(address.substring(address.indexOf(START)));
            return answer;
        }

        Response signIn(Claims claims) {
            return back(TestProvider.signIn(location, claims));
        }
    }

    private static Response me(Response signedIn) {
        return Http.nobody()
                .cookie(SignInMechanism.COOKIE, signedIn.cookie(SignInMechanism.COOKIE))
                .get("/api/v1/me");
    }

    private static String roles(Response signedIn) {
        String page = Visitor.stranger()
                .cookie(SignInMechanism.COOKIE, signedIn.cookie(SignInMechanism.COOKIE))
                .get("/me")
                .asString();
        return page.substring(page.indexOf("You may be"), page.indexOf("</dd>", page.indexOf("You may be")));
    }

    private static void refused(Response answer) {
        assertThat(answer.cookies()).doesNotContainKey(SignInMechanism.COOKIE);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/signin?provider=failed");
    }

    @Test
    void somebody_whom_the_provider_knows_becomes_a_person_with_the_roles_of_their_groups() {
        Response in = Way.begun().signIn(nina("night-shift", "unheard-of"));
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.header("Location")).isEqualTo("/");
        assertThat(me(in).path("name").toString()).isEqualTo(name);
        assertThat(me(in).path("displayName").toString()).isEqualTo("Nina");
        assertThat(roles(in)).contains("operator in “staging”", "viewer").doesNotContain("author");
    }

    @Test
    void who_left_a_group_has_lost_its_roles_with_the_next_sign_in() {
        Way.begun().signIn(nina("night-shift"));
        assertThat(roles(Way.begun().signIn(nina("writers"))))
                .contains("author for “shop”")
                .doesNotContain("operator");
    }

    @Test
    void the_page_that_was_wanted_follows_and_never_another_site() {
        assertThat(new Way(START + "?next=/runs").signIn(nina()).header("Location"))
                .isEqualTo("/runs");
        assertThat(new Way(START + "?next=//evil.example").signIn(nina()).header("Location"))
                .isEqualTo("/");
    }

    @Test
    void the_provider_is_asked_with_proof_of_state_nonce_and_key() {
        Map<String, String> asked =
                TestProvider.query(java.net.URI.create(Way.begun().location()).getRawQuery());
        assertThat(asked)
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(asked.get("redirect_uri")).endsWith(START);
    }

    @Test
    void nobody_becomes_somebody_who_is_here_already_by_choosing_their_name() {
        Response in = Way.begun().signIn(Claims.of(subject, Map.of("preferred_username", "admin", "email", "a@b.c")));
        assertThat(in.statusCode()).isEqualTo(403);
        assertThat(in.cookies()).doesNotContainKey(SignInMechanism.COOKIE);
        assertThat(in.asString()).contains("There is an account “admin” here already");
    }

    @Test
    void a_name_that_differs_by_large_letters_only_is_the_same_name() {
        Response in = Way.begun().signIn(Claims.of(subject, Map.of("preferred_username", "ADMIN")));
        assertThat(in.statusCode()).isEqualTo(403);
        assertThat(in.asString()).contains("There is an account “admin” here already");
        String large = name.toUpperCase(Locale.ROOT);
        Response nina = Way.begun().signIn(Claims.of(subject, Map.of("preferred_username", large)));
        assertThat(me(nina).path("name").toString()).isEqualTo(name);
    }

    @Test
    void what_pages_show_of_somebody_is_one_line_without_signs_that_nobody_sees() {
        assertThat(SignInWithProvider.title(" Nina\u0085\u2028\u202eB.\0\n", name))
                .isEqualTo("Nina B.");
        assertThat(SignInWithProvider.title("\u200b", name)).isEqualTo(name);
        assertThat(SignInWithProvider.title("x".repeat(99) + "\uD83D\uDE00\uD83D\uDE00", name))
                .endsWith("x\uD83D\uDE00");
    }

    @Test
    void who_has_no_name_at_the_provider_becomes_nobody() {
        Response in = Way.begun().signIn(Claims.of(subject, Map.of("email", "a@b.c")));
        assertThat(in.statusCode()).isEqualTo(403);
        assertThat(in.asString()).contains("cannot be the name of an account here");
    }

    @Test
    void who_comes_for_the_first_time_in_two_browsers_at_once_is_one_person() throws Exception {
        String[] back = new String[2];
        Way[] ways = {Way.begun(), Way.begun()};
        for (int i = 0; i < 2; i++) {
            back[i] = TestProvider.signIn(ways[i].location(), nina("night-shift"));
        }
        var both = Executors.newFixedThreadPool(2);
        try {
            var first = both.submit(() -> ways[0].back(back[0]));
            var second = both.submit(() -> ways[1].back(back[1]));
            assertThat(List.of(first.get(), second.get()))
                    .allMatch(in -> in.statusCode() == 303)
                    .allMatch(in -> me(in).path("name").toString().equals(name));
        } finally {
            both.shutdownNow();
        }
    }

    @Test
    void the_last_who_gets_in_without_the_provider_stays_so() {
        Visitor admin = Visitor.signedIn();
        Response refused = admin.send("/people/admin", "/people/admin/local-admin", "localAdmin", "no");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.asString()).contains("Nobody would be left who gets in when the provider does not answer");
        assertThat(admin.page("/people/admin")).contains("No local admin any more");
    }

    @Test
    void another_name_at_the_provider_makes_nobody_else_of_the_same_person() {
        Way.begun().signIn(nina());
        Response later = Way.begun().signIn(Claims.of(subject, Map.of("preferred_username", "admin")));
        assertThat(me(later).path("name").toString()).isEqualTo(name);
    }

    @Test
    void who_was_deactivated_here_is_not_let_in_by_the_provider() throws Exception {
        Way.begun().signIn(nina());
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE person SET active = false WHERE name = '" + name + "'");
        }
        Response in = Way.begun().signIn(nina());
        assertThat(in.statusCode()).isEqualTo(403);
        assertThat(in.cookies()).doesNotContainKey(SignInMechanism.COOKIE);
    }

    @Test
    void a_proof_for_another_browser_opens_nothing() {
        String back = TestProvider.signIn(Way.begun().location(), nina());
        refused(Way.begun().back(back));
        assertThat(Visitor.stranger()
                        .urlEncodingEnabled(false)
                        .get(back.substring(back.indexOf(START)))
                        .cookies())
                .doesNotContainKey(SignInMechanism.COOKIE);
    }

    @Test
    void a_wrong_state_opens_nothing() {
        Way way = Way.begun();
        refused(way.back(TestProvider.signIn(way.location(), nina()).replaceAll("state=[^&]*", "state=made-up")));
    }

    @Test
    void a_wrong_nonce_opens_nothing() {
        refused(Way.begun().signIn(nina().lying(claims -> {
            claims.setStringClaim("nonce", "of-another-time");
            return claims;
        })));
    }

    @Test
    void a_signature_of_somebody_else_opens_nothing() {
        refused(Way.begun().signIn(nina().signedBySomebodyElse()));
    }

    @Test
    void a_proof_for_another_program_opens_nothing() {
        refused(Way.begun().signIn(nina().lying(claims -> {
            claims.setAudience("another-program");
            return claims;
        })));
    }

    @Test
    void a_proof_of_another_provider_opens_nothing() {
        refused(Way.begun().signIn(nina().lying(claims -> {
            claims.setIssuer("http://127.0.0.1:1");
            return claims;
        })));
    }

    @Test
    void an_old_proof_opens_nothing() {
        refused(Way.begun().signIn(nina().lying(claims -> {
            claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 3600));
            return claims;
        })));
    }

    @Test
    void a_code_opens_once() {
        Way way = Way.begun();
        String back = TestProvider.signIn(way.location(), nina());
        assertThat(way.back(back).statusCode()).isEqualTo(303);
        refused(way.back(back));
    }

    @Test
    void what_the_provider_said_stays_in_no_cookie() {
        Response in = Way.begun().signIn(nina());
        assertThat(in.detailedCookies().asList())
                .filteredOn(cookie -> cookie.getName().startsWith("q_"))
                .allMatch(cookie -> cookie.getMaxAge() == 0);
    }

    @Test
    void while_the_provider_is_away_it_is_said_so_and_nobody_is_let_in() {
        Way way = Way.begun();
        String back = TestProvider.signIn(way.location(), nina());
        TestProvider.away(true);
        refused(way.back(back));
        assertThat(Visitor.stranger().get("/signin?provider=failed").asString())
                .contains("Signing in with the provider did not work", "The provider does not answer?");
    }

    private static Response withPassword(String who) {
        return Visitor.stranger()
                .formParam("name", who)
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin");
    }

    @Test
    void a_password_opens_for_a_local_admin_only_and_every_admin_is_told_until_one_says_what_it_was() {
        assertThat(Http.admin().get("/api/v1/me").statusCode()).isEqualTo(401);
        Response in = withPassword("admin");
        assertThat(in.statusCode()).isEqualTo(303);
        var browser = in.cookie(SignInMechanism.COOKIE);
        String now = Visitor.stranger()
                .cookie(SignInMechanism.COOKIE, browser)
                .get("/")
                .asString();
        assertThat(now).contains("admin signed in with a password", "/me/break-glass/");
        var form = java.util.regex.Pattern.compile("/me/break-glass/\\d+").matcher(now);
        assertThat(form.find()).isTrue();
        var csrf = java.util.regex.Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"")
                .matcher(now);
        assertThat(csrf.find()).isTrue();
        assertThat(Visitor.stranger()
                        .cookie(SignInMechanism.COOKIE, browser)
                        .formParam("csrf", csrf.group(1))
                        .formParam("note", " ")
                        .post(form.group())
                        .statusCode())
                .isEqualTo(422);
        assertThat(Visitor.stranger()
                        .cookie(SignInMechanism.COOKIE, browser)
                        .formParam("csrf", csrf.group(1))
                        .formParam("note", "the provider was away")
                        .post(form.group())
                        .statusCode())
                .isEqualTo(303);
        assertThat(Visitor.stranger()
                        .cookie(SignInMechanism.COOKIE, browser)
                        .get("/")
                        .asString())
                .doesNotContain(form.group());
    }

    @Test
    void somebody_who_is_no_local_admin_gets_in_with_no_password() throws Exception {
        Way.begun().signIn(nina());
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("UPDATE person SET password_hash = ? WHERE name = ?")) {
            statement.setString(1, Passwords.hash(TestDatabase.PASSWORD));
            statement.setString(2, name);
            statement.executeUpdate();
        }
        Response in = withPassword(name);
        assertThat(in.statusCode()).isEqualTo(401);
        assertThat(in.cookies()).doesNotContainKey(SignInMechanism.COOKIE);
    }
}
