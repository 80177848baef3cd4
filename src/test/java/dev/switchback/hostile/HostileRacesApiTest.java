package dev.switchback.hostile;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.nobody;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request again, from others too, and two at the same moment: it is done once. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class HostileRacesApiTest {

    private static final String STEPS =
            "  - {id: ask, title: Ask, phase: change, manual: {instructions: look}, noRollback: x}\n";

    @Inject
    DataSource database;

    private final String key = "hr-" + UUID.randomUUID().toString().substring(0, 8);

    private void prepare() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        importFile(Samples.migration(key, "svc-" + key, STEPS));
    }

    private static String program(String name, String limits) {
        return admin().contentType(ContentType.JSON)
                .body("{\"name\": \"" + name + "\"" + limits + "}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private String person(String name, String role) {
        admin().contentType(ContentType.JSON)
                .body("{\"name\": \"%s\", \"password\": \"%s\", \"grants\": [{\"role\": \"%s\"}]}"
                        .formatted(name, TestDatabase.PASSWORD, role))
                .post("/api/v1/people")
                .then()
                .statusCode(201);
        return name;
    }

    private static RequestSpecification as(String person) {
        return nobody().auth().preemptive().basic(person, TestDatabase.PASSWORD);
    }

    private Response start(RequestSpecification who, String purpose, String idempotencyKey) {
        return who.contentType(ContentType.JSON)
                .body("{\"environment\": \"" + key + "\", \"purpose\": \"" + purpose + "\"}")
                .header("Idempotency-Key", idempotencyKey)
                .post("/api/v1/migrations/" + key + "/runs");
    }

    /** What drives a run writes; a run that waits for a person is quiet. */
    private static void awaitWaiting(String run) {
        await().until(() -> admin().get(run).path("state").equals("waiting"));
    }

    private long runs() throws SQLException {
        return Rows.count(
                database,
                "SELECT count(*) FROM run JOIN environment e ON e.id = run.environment_id WHERE e.key = '" + key + "'");
    }

    @SafeVarargs
    private static List<Response> atOnce(Supplier<Response>... requests) {
        return Stream.of(requests).map(CompletableFuture::supplyAsync).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static List<Integer> statuses(List<Response> answers) {
        return answers.stream().map(Response::statusCode).sorted().toList();
    }

    @Test
    void takes_the_same_key_with_another_request_for_no_repetition() throws SQLException {
        prepare();
        Response first = start(admin(), "live", "k-" + key);
        assertThat(first.statusCode()).isEqualTo(201);
        awaitWaiting(first.header("Location"));
        Untouched before = Untouched.before(database);

        Response other = start(admin(), "rehearsal", "k-" + key);
        Response again = start(admin(), "live", "k-" + key);

        Refused.toProgram(
                other, 422, "The Idempotency-Key k-" + key + " was used for another request; nothing was done");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        before.isStill("the same key again");
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void gives_the_answer_of_one_to_nobody_else() throws SQLException {
        prepare();
        String location = start(admin(), "live", "k-" + key).header("Location");
        awaitWaiting(location);
        importFile(Samples.environment("else-" + key, "staging", "/tmp"));
        String colleague = person("p-" + key, "operator");
        String elsewhere = program("elsewhere " + key, ", \"environments\": [\"else-" + key + "\"]");
        String reader = program("reader " + key, ", \"scopes\": [\"read\"]");
        Untouched before = Untouched.before(database);

        Response ofColleague = start(as(colleague), "live", "k-" + key);
        Response ofElsewhere = start(token(elsewhere), "live", "k-" + key);
        Response ofReader = start(token(reader), "live", "k-" + key);

        assertThat(ofColleague.statusCode()).isEqualTo(409);
        assertThat(ofColleague.jsonPath().getString("run")).isEqualTo(location);
        assertThat(ofElsewhere.statusCode()).isEqualTo(404);
        assertThat(ofElsewhere.asString()).doesNotContain(location);
        assertThat(ofReader.statusCode()).isEqualTo(403);
        assertThat(ofReader.asString()).contains("operate").doesNotContain(location);
        before.isStill("the key of somebody else");
    }

    @Test
    void of_eight_who_start_at_once_exactly_one_does() throws SQLException {
        prepare();
        String program = program("starter " + key, "");

        List<Response> answers = Stream.iterate(0, i -> i + 1)
                .limit(8)
                .map(i -> CompletableFuture.supplyAsync(() -> start(token(program), "live", "r-" + i + key)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses(answers)).containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void of_two_who_decide_a_waiting_step_differently_at_once_exactly_one_does() throws SQLException {
        prepare();
        String run = start(admin(), "live", "d-" + key).header("Location");
        awaitWaiting(run);
        String step = run + "/steps/ask/";

        List<Response> answers = atOnce(
                () -> admin().contentType(ContentType.JSON).body("{}").post(step + "confirm"),
                () -> admin().contentType(ContentType.JSON)
                        .body("{\"note\": \"no\"}")
                        .post(step + "fail"));

        assertThat(statuses(answers)).containsExactly(200, 409);
        assertThat(Rows.count(
                        database,
                        "SELECT count(*) FROM run_event WHERE run_id = " + run.replaceAll(".*/", "")
                                + " AND action IN ('succeed', 'fail') AND step_id = 'ask'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrations", "environments"})
    void of_two_who_keep_what_both_have_seen_exactly_one_does(String what) throws SQLException {
        prepare();
        String address = "/api/v1/" + what + "/" + key;
        Response seen = admin().get(address);
        String etag = seen.header("ETag");
        assertThat(etag).isNotBlank();

        List<Response> answers = atOnce(() -> keep(what, etag, "one"), () -> keep(what, etag, "two"));

        assertThat(statuses(answers)).containsExactly(200, 412);
        Response refused = answers.stream()
                .filter(each -> each.statusCode() == 412)
                .findFirst()
                .orElseThrow();
        Refused.toProgram(refused, 412, refused.jsonPath().getString("detail"));
    }

    private Response keep(String what, String etag, String word) {
        String body = what.equals("migrations")
                ? "{\"apiVersion\": \"switchback/v1\", \"kind\": \"Migration\", \"key\": \"%s\", \"title\": \"%s\","
                        + " \"service\": \"svc-%s\", \"owner\": \"o\", \"expected\": \"e\", \"rollbackNote\": \"r\"}"
                : "{\"apiVersion\": \"switchback/v1\", \"kind\": \"Environment\", \"key\": \"%s\", \"name\": \"%s\","
                        + " \"tier\": \"staging\"}";
        return admin().contentType(ContentType.JSON)
                .header("If-Match", etag)
                .body(body.formatted(key, word, key))
                .put("/api/v1/" + what + "/" + key);
    }

    @Test
    void of_two_who_keep_the_same_person_at_once_exactly_one_does() {
        String name = person("p-" + key, "viewer");
        String address = "/api/v1/people/" + name;
        String etag = admin().get(address).header("ETag");

        List<Response> answers = atOnce(() -> rename(address, etag, "One"), () -> rename(address, etag, "Two"));

        assertThat(statuses(answers)).containsExactly(200, 412);
    }

    private static Response rename(String address, String etag, String name) {
        return admin().contentType(ContentType.JSON)
                .header("If-Match", etag)
                .body("{\"displayName\": \"" + name + "\"}")
                .put(address);
    }

    @Test
    void of_two_admins_who_send_each_other_away_at_once_exactly_one_does() throws SQLException {
        String one = person("one-" + key, "admin");
        String two = person("two-" + key, "admin");
        String etagOfOne = admin().get("/api/v1/people/" + one).header("ETag");
        String etagOfTwo = admin().get("/api/v1/people/" + two).header("ETag");

        List<Response> answers = atOnce(() -> disarm(one, two, etagOfTwo), () -> disarm(two, one, etagOfOne));

        assertThat(statuses(answers)).containsExactly(200, 403);
        assertThat(Rows.count(
                        database,
                        "SELECT count(*) FROM role_grant g JOIN person p ON p.id = g.person_id WHERE g.role = 'admin'"
                                + " AND p.name IN ('" + one + "', '" + two + "')"))
                .isEqualTo(1);
        for (String each : List.of(one, two)) {
            String address = "/api/v1/people/" + each;
            admin().contentType(ContentType.JSON)
                    .header("If-Match", admin().get(address).header("ETag"))
                    .body("{\"active\": false}")
                    .put(address);
        }
    }

    private static Response disarm(String who, String whom, String etag) {
        return as(who).contentType(ContentType.JSON)
                .header("If-Match", etag)
                .body("{\"grants\": []}")
                .put("/api/v1/people/" + whom);
    }
}
