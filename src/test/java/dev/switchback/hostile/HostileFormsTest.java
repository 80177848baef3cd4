package dev.switchback.hostile;

import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other sites, and people who mean harm, do with forms and pages. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class HostileFormsTest {

    private static final String STEPS =
            "  - {id: ask, title: Ask, phase: change, manual: {instructions: look}, noRollback: x}\n";
    private static final String FOREIGN =
            "The request did not come from a page of this session, so nothing was changed";
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final String NEW = "/people/new";
    private static Visitor visitor;
    private static String tokenOfOther;

    @Inject
    DataSource database;

    private final String key = "hf-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void signIn() {
        if (visitor == null) {
            visitor = Visitor.signedIn();
            tokenOfOther = token(Visitor.signedIn().page("/me"));
        }
    }

    private static String token(String page) {
        var found = TOKEN.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** Every form of every page, with the kind of body it takes. */
    record Form(String path, boolean inParts) {
        private static Form of(String line) {
            return new Form(
                    line.substring("POST ".length()).split("\\|")[0].strip(), line.matches(".*\\|\\s*multi .*"));
        }

        String address() {
            return path.replaceAll("\\{(id|number)}", "1").replaceAll("\\{[^}]*}", "x");
        }
    }

    /** AuthorisationMatrixTest sees to it that none is missing in the table. */
    static Stream<Form> forms() throws IOException {
        try (var table = HostileFormsTest.class.getResourceAsStream("/access/endpoints.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.startsWith("POST /") && !line.startsWith("POST /api/"))
                            .map(Form::of)
                            .distinct()
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void refuses_every_form_that_no_page_of_this_session_sent(Form form) throws SQLException {
        boolean signsIn = form.path().equals("/signin");
        Untouched before = Untouched.before(database);

        if (!signsIn) {
            Refused.toPerson(send(form, visitor.with(), null), 403, FOREIGN);
            Refused.toPerson(send(form, visitor.with(), ""), 403, FOREIGN);
            Refused.toPerson(send(form, visitor.with(), "A".repeat(43)), 403, FOREIGN);
            Refused.toPerson(send(form, visitor.with(), tokenOfOther), 403, FOREIGN);
        }
        for (String site : List.of("cross-site", "same-site")) {
            RequestSpecification foreign = (signsIn ? Visitor.stranger() : visitor.with())
                    .header("Origin", "https://evil.example")
                    .header("Sec-Fetch-Site", site);
            Refused.toPerson(send(form, foreign, signsIn ? null : "wrong"), 403, FOREIGN);
        }

        before.isStill(form.path());
    }

    private static Response send(Form form, RequestSpecification who, String token) {
        if (form.inParts()) {
            who.multiPart("any", "thing");
            return (token == null ? who : who.multiPart("csrf", token)).post(form.address());
        }
        who.formParam("any", "thing");
        return (token == null ? who : who.formParam("csrf", token)).post(form.address());
    }

    @Test
    void takes_a_form_with_the_token_of_its_session_so_that_the_token_is_what_was_missing() {
        assertThat(visitor.send("/me", "/theme", "theme", "dark", "back", "/me").statusCode())
                .isEqualTo(303);
    }

    @Test
    void sends_a_form_of_nobody_to_sign_in_and_changes_nothing() throws SQLException, IOException {
        Untouched before = Untouched.before(database);
        for (Form form :
                forms().filter(each -> !each.path().startsWith("/sign")).toList()) {
            Response answer = send(form, Visitor.stranger(), tokenOfOther);

            assertThat(answer.statusCode()).as(form.path()).isEqualTo(302);
            assertThat(answer.header("Location")).isEqualTo("/signin?next=%2F");
        }
        before.isStill("forms of nobody");
    }

    @Test
    void a_session_that_was_slipped_into_a_browser_is_worth_nothing_after_signing_in() {
        String chosen = "A".repeat(43);
        Response madeUp = signIn(chosen);
        String mine = madeUp.cookie("switchback_session");
        assertThat(mine).isNotEqualTo(chosen).hasSizeGreaterThanOrEqualTo(32);
        assertThat(with(chosen).get("/me").statusCode()).isEqualTo(302);

        String tokenBefore = token(with(mine).get("/me").asString());
        String next = signIn(mine).cookie("switchback_session");

        assertThat(next).isNotEqualTo(mine);
        assertThat(with(mine).get("/me").statusCode())
                .as("the session that was known before has ended")
                .isEqualTo(302);
        assertThat(token(with(next).get("/me").asString())).isNotEqualTo(tokenBefore);
    }

    private static RequestSpecification with(String session) {
        return Visitor.stranger().cookie("switchback_session", session);
    }

    private static Response signIn(String session) {
        Response answer = with(session)
                .formParam("name", "admin")
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
        return answer;
    }

    /** What is stored as it was typed comes out as text, on every page that shows it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "x\\\" onmouseover=\\\"alert(1)",
                "'; DROP TABLE migration; --",
                "$(touch /tmp/switchback-hostile) `touch /tmp/switchback-hostile`",
                "{inject:dataSource} {cdi:caller} {#each}{/each} {config:property('switchback.admin.password')}",
                "%0d%0aSet-Cookie: a=b",
                "[a](javascript:alert(1)) ![](http://evil.example/x.png)",
                "../../../../etc/passwd"
            })
    void shows_what_was_typed_as_text_and_carries_nothing_of_it_out(String text) {
        importFile(Samples.migration(key, "svc-" + key, STEPS).replace("title: Change", "title: \"" + text + "\" #"));
        String typed = text.replace("\\\"", "\"");
        String shown = typed.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");

        for (String page : List.of(
                "/migrations?q=" + key,
                "/migrations/" + key,
                "/migrations/" + key + "/edit",
                "/migrations/" + key + "/runbook",
                "/migrations/" + key + "/revisions")) {
            Response answer = visitor.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.asString())
                    .as(page)
                    .doesNotContain(
                            "<script>alert",
                            "\" onmouseover=",
                            "href=\"javascript:",
                            "src=\"http://evil",
                            TestDatabase.PASSWORD);
            assertThat(answer.header("Set-Cookie")).isNull();
        }
        assertThat(visitor.page("/migrations/" + key)).contains(shown);
        assertThat(Path.of("/tmp/switchback-hostile")).doesNotExist();
    }

    @Test
    void shows_what_was_looked_for_as_text() {
        String page = visitor.with()
                .queryParam("q", "\"><script>alert(1)</script>{cdi:caller}")
                .get("/migrations")
                .asString();

        assertThat(page)
                .contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{cdi:caller}")
                .doesNotContain("<script>alert");
    }

    /** A form that is sent, and what the page says. */
    record Sent(String page, String action, int status, String words, String... fields) {
        @Override
        public String toString() {
            return action + " refuses: " + words;
        }
    }

    static Stream<Sent> sent() {
        return Stream.of(
                new Sent(NEW, "/people", 422, "“name” is “../../etc/passwd”", "name", "../../etc/passwd"),
                new Sent(NEW, "/people", 422, "“name” is “\u0430dmin”", "name", "\u0430dmin"),
                new Sent(NEW, "/people", 422, "“name” is “ad\u200bmin”", "name", "ad\u200bmin"),
                new Sent(NEW, "/people", 422, "“name” is “ADMIN”", "name", "ADMIN"),
                new Sent(NEW, "/people", 409, "There is a person “admin” already", "name", "admin"),
                new Sent(NEW, "/people", 422, "“displayName” is “a b”", "name", "hostile-a", "displayName", "a\r\nb"),
                new Sent(
                        NEW,
                        "/people",
                        422,
                        "contains the character U+202E",
                        "name",
                        "hostile-b",
                        "displayName",
                        "a\u202eb"),
                new Sent(
                        NEW,
                        "/people",
                        422,
                        "“displayName” has 100000 characters",
                        "name",
                        "hostile-c",
                        "displayName",
                        "x".repeat(100_000)),
                new Sent(
                        NEW,
                        "/people",
                        422,
                        "contains the character U+0000",
                        "name",
                        "hostile-d",
                        "displayName",
                        "a\u0000b"),
                new Sent("/people/admin", "/people/admin/grants", 422, "“role” is “root”", "role", "root"),
                new Sent(
                        "/people/admin",
                        "/people/admin/grants",
                        422,
                        "“environment” is “&#39; OR 1=1 --”",
                        "role",
                        "viewer",
                        "environment",
                        "' OR 1=1 --"),
                new Sent("/teams/new", "/teams", 422, "“name” is “&lt;b&gt;”", "name", "<b>"),
                new Sent("/me", "/me/tokens", 422, "The scopes are", "token", "x", "scope", "admin", "days", "90"),
                new Sent(
                        "/me",
                        "/me/tokens",
                        422,
                        "The token has no name",
                        "token",
                        " ",
                        "scope",
                        "read",
                        "days",
                        "90"));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void refuses_a_form_that_says_something_hostile_and_keeps_nothing(Sent each) throws SQLException {
        Untouched before = Untouched.before(database);

        RequestSpecification form = visitor.with()
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("csrf", token(visitor.page(each.page())));
        for (int i = 0; i < each.fields().length; i += 2) {
            form.formParam(each.fields()[i], each.fields()[i + 1]);
        }
        Response answer = form.post(each.action());

        assertThat(answer.statusCode()).isEqualTo(each.status());
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.asString()).contains(each.words()).doesNotContain("Exception", "dev.switchback.", "SQLSTATE");
        before.isStill(each.toString());
    }

    @Test
    void the_same_form_of_a_start_twice_makes_one_run() throws SQLException {
        importFile(Samples.environment(key, "staging", "/tmp"));
        importFile(Samples.migration(key, "svc-" + key, STEPS));
        String page = "/migrations/" + key + "/start?environment=" + key;
        String html = visitor.page(page);
        var press = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(html);
        assertThat(press.find()).isTrue();
        String[] fields = {"environment", key, "purpose", "live", "token", press.group(1)};

        Response first = visitor.send(page, "/migrations/" + key + "/start", fields);
        Response again = visitor.send(page, "/migrations/" + key + "/start", fields);

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.header("Location")).matches("/runs/\\d+");
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(Rows.count(
                        database,
                        "SELECT count(*) FROM run JOIN environment e ON e.id = run.environment_id WHERE e.key = '" + key
                                + "'"))
                .isEqualTo(1);
    }

    @Test
    void the_same_form_of_a_person_twice_makes_one_person() throws SQLException {
        String[] fields = {"name", key, "displayName", "Twice"};
        assertThat(visitor.send("/people/new", "/people", fields).statusCode()).isEqualTo(201);
        Untouched before = Untouched.before(database);

        Response again = visitor.send("/people/new", "/people", fields);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.asString()).contains("There is a person “" + key + "” already");
        before.isStill("the same person again");
    }
}
