package dev.switchback.access;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.nobody;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Http;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There is one door, and nothing beside it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SignInApiTest {

    private static final String PAGE = "text/html,application/xhtml+xml,*/*;q=0.8";

    private static ValidatableResponse refused(Response response) {
        return response.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", Matchers.nullValue())
                .body("expected", containsString("Authorization"))
                .body("retrySafe", is(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/migrations",
                "/environments",
                "/runs",
                "/runs/1",
                "/runs/1/log",
                "/import",
                "/api/v1/me",
                "/api/v1/migrations",
                "/api/v1/environments",
                "/api/v1/runs",
                "/api/v1/runs/1",
                "/api/v1/runs/1/log",
                "/api/v1/runs/1/events",
                "/api/v1/tokens",
                "/api/v1/nowhere",
                "/schema/switchback-v1.json",
                "/q/openapi",
                "/q/metrics",
                "/q/health",
                "/q/dev-ui",
                "/assets/../api/v1/me",
                "//api/v1/me"
            })
    void nobody_gets_in_anywhere(String address) {
        refused(nobody().urlEncodingEnabled(false).get(address));
        // From elsewhere each time: who guesses in one place has to wait.
        String elsewhere = "198.51.100." + Math.floorMod(address.hashCode(), 250);
        refused(nobody().urlEncodingEnabled(false)
                .header("X-Forwarded-For", elsewhere)
                .auth()
                .preemptive()
                .basic("admin", "wrong")
                .get(address));
        refused(token("sbt_made-up")
                .header("X-Forwarded-For", elsewhere)
                .urlEncodingEnabled(false)
                .get(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest x", "Basic", "Basic !!!", "Basic YWRtaW4=", "Bearer", "Bearer  ", "nonsense"})
    void a_header_that_proves_nothing_is_refused_even_beside_a_good_cookie(String header) {
        refused(nobody().cookie(SignInMechanism.COOKIE, signIn())
                .header("Authorization", header)
                .get("/api/v1/me"));
    }

    @Test
    void a_name_that_no_database_can_hold_is_no_server_error() {
        String basic = Base64.getEncoder().encodeToString("a\0b:c".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(nobody().header("Authorization", "Basic " + basic)
                        .get("/api/v1/me")
                        .statusCode())
                .isBetween(400, 499);
        assertThat(nobody().formParam("name", "a\0b")
                        .formParam("password", "x")
                        .post("/signin")
                        .statusCode())
                .isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready"})
    void liveness_and_readiness_are_open(String address) {
        nobody().get(address).then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void a_browser_is_led_to_the_sign_in_page_and_back() {
        nobody().redirects()
                .follow(false)
                .accept(PAGE)
                .get("/migrations?state=draft")
                .then()
                .statusCode(302)
                .header("WWW-Authenticate", Matchers.nullValue())
                .header("Location", is("/signin?next=%2Fmigrations%3Fstate%3Ddraft"));
        refused(nobody().accept(PAGE).get("/api/v1/me"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=y", "", "\\\\evil.example", "evil.example", "/%0a/\u00e4"
            })
    void signing_in_leads_nowhere_else(String next) {
        String location = nobody().redirects()
                .follow(false)
                .formParam("name", "admin")
                .formParam("password", TestDatabase.PASSWORD)
                .formParam("next", next)
                .post("/signin")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        assertThat(location).isEqualTo("/");
    }

    @Test
    void a_wrong_password_opens_nothing() {
        Response answer = nobody().formParam("name", "admin")
                .formParam("password", "wrong")
                .post("/signin");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.cookies()).doesNotContainKey(SignInMechanism.COOKIE);
    }

    @Test
    void a_form_of_another_site_does_not_sign_anybody_in() {
        nobody().header("Sec-Fetch-Site", "cross-site")
                .formParam("name", "admin")
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin")
                .then()
                .statusCode(403)
                .header("Set-Cookie", Matchers.nullValue());
    }

    @Test
    void behind_a_proxy_with_tls_the_session_never_travels_in_the_clear() {
        nobody().redirects()
                .follow(false)
                .header("X-Forwarded-Proto", "https")
                .formParam("name", "admin")
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin")
                .then()
                .statusCode(303)
                .header("Set-Cookie", containsString("Secure"));
    }

    private static String signIn() {
        return nobody().redirects()
                .follow(false)
                .formParam("name", "admin")
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin")
                .then()
                .statusCode(303)
                .header("Set-Cookie", containsString("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Lax"))
                .extract()
                .cookie(SignInMechanism.COOKIE);
    }

    private static RequestSpecification browser(String session) {
        return nobody().redirects().follow(false).cookie(SignInMechanism.COOKIE, session);
    }

    @Test
    void a_session_without_its_token_reads_but_changes_nothing() {
        String session = signIn();
        browser(session).get("/api/v1/me").then().statusCode(200).body("name", is("admin"));
        browser(session)
                .contentType(ContentType.JSON)
                .body("{\"name\": \"x\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(403)
                .body("detail", containsString("nothing was changed"));
        browser(session)
                .contentType("application/yaml")
                .body("a: b")
                .post("/api/v1/import")
                .then()
                .statusCode(403);
        browser(session).multiPart("text", "a: b").post("/import/apply").then().statusCode(403);
        browser(session).formParam("csrf", "made-up").post("/signout").then().statusCode(403);
        browser(session)
                .header("X-CSRF-Token", "")
                .delete("/api/v1/tokens/1")
                .then()
                .statusCode(403);
        browser(session).get("/api/v1/me").then().statusCode(200);
    }

    @Test
    void with_its_token_a_session_may_act_and_end_itself() {
        String session = signIn();
        String page = browser(session).accept(PAGE).get("/import").asString();
        var field = Pattern.compile("name=\"?csrf\"?[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).isTrue();
        browser(session)
                .header("X-CSRF-Token", field.group(1))
                .contentType(ContentType.JSON)
                .body("{\"name\": \"x\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201);
        browser(session)
                .formParam("csrf", field.group(1))
                .post("/signout")
                .then()
                .statusCode(303)
                .header("Location", is("/signin"));
        refused(browser(session).get("/api/v1/me"));
    }

    @Test
    void who_sends_authorization_needs_no_token_of_a_form() {
        admin().cookie(SignInMechanism.COOKIE, "whatever")
                .contentType(ContentType.JSON)
                .body("{\"name\": \"x\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse make(String body) {
        return admin().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/tokens")
                .then();
    }

    @Test
    void a_token_works_until_it_is_revoked() {
        var made = make("{\"name\": \"ci\"}")
                .statusCode(201)
                .header("Location", startsWith("/api/v1/tokens/"))
                .extract();
        String secret = made.path("token");
        token(secret).get("/api/v1/me").then().statusCode(200).body("person", is(false));
        admin().delete(made.header("Location")).then().statusCode(204);
        refused(token(secret).get("/api/v1/me"));
    }

    @Test
    void a_token_works_until_its_time_is_over() {
        String secret = make("{\"name\": \"brief\", \"expiresAt\": \""
                        + Instant.now().plusMillis(1500) + "\"}")
                .statusCode(201)
                .extract()
                .path("token");
        token(secret).get("/api/v1/me").then().statusCode(200);
        await().until(() -> token(secret).get("/api/v1/me").statusCode() == 401);
    }

    @Test
    void a_token_makes_and_revokes_no_tokens() {
        String secret = make("{\"name\": \"ci\"}").extract().path("token");
        token(secret)
                .contentType(ContentType.JSON)
                .body("{\"name\": \"x\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(403);
        token(secret).delete("/api/v1/tokens/1").then().statusCode(403);
    }

    @Test
    void a_token_that_reads_does_nothing_else() {
        String secret =
                make("{\"name\": \"reader\", \"scopes\": [\"read\"]}").extract().path("token");
        RequestSpecification yaml =
                token(secret).contentType("application/yaml").body("a: b");
        yaml.post("/api/v1/import").then().statusCode(403).body("expected", containsString("author"));
        for (String address : new String[] {
            "/api/v1/migrations/x/runs",
            "/api/v1/runs/1/abort",
            "/api/v1/runs/1/steps/a/confirm",
            "/api/v1/environments/x/check"
        }) {
            Http.token(secret)
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .post(address)
                    .then()
                    .statusCode(403)
                    .body("expected", containsString("operate"));
        }
        token(secret).get("/api/v1/migrations").then().statusCode(200);
    }

    @Test
    void a_token_that_may_not_read_reads_only_its_name() {
        String secret = make("{\"name\": \"blind\", \"scopes\": [\"operate\"]}")
                .extract()
                .path("token");
        token(secret).get("/api/v1/me").then().statusCode(200).body("scopes", is(java.util.List.of("operate")));
        token(secret).get("/api/v1/migrations").then().statusCode(403).body("expected", containsString("read"));
        token(secret).get("/migrations").then().statusCode(403).body(not(containsString("<html")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \" \"}",
                "{\"name\": \"a\", \"scopes\": []}",
                "{\"name\": \"a\", \"scopes\": [null]}",
                "{\"name\": \"a\", \"scopes\": [\"admin\"]}",
                "{\"name\": 5}",
                "{\"name\": \"a\\u0000\"}",
                "{\"name\": \"a\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}",
                "{\"name\": \"a\", \"expiresAt\": \"soon\"}",
                "{\"name\": \"a\", \"expiresAt\": \"+999999999-12-31T23:59:59Z\"}",
                "{\"name\": \"a\", \"x\": 1}"
            })
    void a_token_that_makes_no_sense_is_not_made(String body) {
        make(body).statusCode(422).contentType("application/problem+json").body("expected", Matchers.notNullValue());
    }
}
