package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.StatementsSent;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four eyes: who may say yes to a run, to what exactly, and for how long it counts. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ApprovalApiTest {

    @Inject
    DataSource database;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String production = "ap-" + unique;
    private final String migration = "apm-" + unique;
    private final String service = "aps-" + unique;
    private String approver;
    private String second;
    private String operator;

    @BeforeEach
    void keep() {
        importFile(environment("/tmp"));
        importFile(file("one", 1));
        approver = colleague("yes-" + unique, "{\"role\": \"approver\", \"service\": \"" + service + "\"}");
        second = colleague("yes2-" + unique, "{\"role\": \"approver\", \"service\": \"" + service + "\"}");
        operator = colleague("op-" + unique, "{\"role\": \"operator\", \"service\": \"" + service + "\"}");
    }

    private String environment(String directory) {
        return Samples.environment(production, "production", directory);
    }

    private String file(String title, int approvals) {
        return Samples.migration(
                        migration,
                        service,
                        "  - {id: one, title: " + title
                                + ", phase: change, shell: {target: host, command: \"true\"}, noRollback: reads}\n")
                + "approvals: " + approvals + "\n";
    }

    private StartedRun asked() {
        return asked("");
    }

    private StartedRun plannedIn(int seconds) {
        return asked(", \"startAt\": \"" + Instant.now().plusSeconds(seconds) + "\"");
    }

    private StartedRun asked(String more) {
        int id = as(operator)
                .contentType(ContentType.JSON)
                .body("{\"environment\": \"" + production + "\", \"purpose\": \"live\"" + more + "}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .body("state", is("awaiting-approval"))
                .extract()
                .path("id");
        return new StartedRun(id);
    }

    private static ValidatableResponse say(RequestSpecification who, StartedRun run, String verb, String body) {
        return who.contentType(ContentType.JSON)
                .body(body)
                .post(run.api() + "/" + verb)
                .then();
    }

    @Test
    void the_last_yes_starts_the_run() {
        importFile(file("one", 2));
        StartedRun run = asked();
        say(as(approver), run, "approve", "{\"reason\": \"read it\"}")
                .statusCode(200)
                .body("state", is("awaiting-approval"))
                .body("approvalsNeeded", is(2))
                .body("approvals.size()", is(1))
                .body("approvals[0].counts", is(true));
        say(as(approver), run, "approve", "{}").statusCode(200).body("approvals.size()", is(1));
        say(as(second), run, "approve", "{}").statusCode(200);
        run.awaitState("succeeded");
        assertThat(run.now().<String>getList("approvals.person")).hasSize(2);
        admin().get("/api/v1/audit?action=run.approve&object=" + run.id())
                .then()
                .body("items.size()", is(2));
    }

    @Test
    void neither_a_token_nor_who_asked_nor_who_wrote_it_says_yes() {
        StartedRun run = asked();
        String ci = admin().contentType(ContentType.JSON)
                .body("{\"name\": \"ci\"}")
                .post("/api/v1/tokens")
                .then()
                .extract()
                .path("token");
        say(token(ci), run, "approve", "{}").statusCode(403).body("detail", containsString("token"));
        say(as(operator), run, "approve", "{}").statusCode(403);
        say(admin(), run, "approve", "{}").statusCode(403).body("detail", containsString("You wrote revision 1"));
        assertThat(run.state()).isEqualTo("awaiting-approval");
        say(as(operator), run, "withdraw", "{\"reason\": \"not today\"}")
                .statusCode(200)
                .body("state", is("aborted"));
    }

    @Test
    void an_edit_voids_what_was_said_and_says_so() {
        importFile(file("one", 2));
        StartedRun run = asked();
        say(as(approver), run, "approve", "{}").statusCode(200);
        importFile(file("two", 2));
        assertThat(run.now().getBoolean("approvals[0].counts")).isFalse();
        assertThat(run.now().getString("approvals[0].why"))
                .isEqualTo("revision 3 was written since, and this is about revision 2");
        say(as(second), run, "approve", "{}")
                .statusCode(409)
                .body("detail", containsString("revision 3 was written since"));
        String page = admin().accept("text/html")
                .get("/migrations/" + migration + "/approve?run=" + run.id())
                .asString();
        assertThat(page).contains("cannot be approved any more");
    }

    @Test
    void a_target_that_changes_voids_it_too() {
        StartedRun run = asked();
        importFile(environment("/var"));
        say(as(approver), run, "approve", "{}")
                .statusCode(409)
                .body("detail", containsString("targets, variables or identity"));
    }

    @Test
    void what_was_not_read_is_not_approved() {
        StartedRun run = asked();
        say(as(approver), run, "approve", "{\"revisionHash\": \"abc\"}").statusCode(409);
        say(as(approver), run, "approve", "{\"hash\": \"abc\"}").statusCode(422);
    }

    @Test
    void a_no_needs_a_reason_and_ends_it() {
        StartedRun run = asked();
        say(as(approver), run, "reject", "{}").statusCode(422);
        say(as(approver), run, "reject", "{\"reason\": \"the index is missing\"}")
                .statusCode(200)
                .body("state", is("aborted"))
                .body("reason", containsString("the index is missing"))
                .body("approvals[0].said", is("rejected"));
        say(as(second), run, "approve", "{}").statusCode(409);
    }

    @Test
    void who_said_yes_may_take_it_back_before_it_starts() {
        importFile(file("one", 2));
        StartedRun run = asked();
        say(as(approver), run, "approve", "{}").statusCode(200);
        say(as(approver), run, "withdraw", "{}")
                .statusCode(200)
                .body("state", is("awaiting-approval"))
                .body("approvals[0].counts", is(false));
        say(as(approver), run, "withdraw", "{}").statusCode(403);
        say(as(approver), run, "approve", "{}").statusCode(200).body("approvals.size()", is(2));
    }

    @Test
    void two_who_say_yes_at_once_start_it_once() {
        StartedRun run = asked();
        List<Integer> answers = Stream.of(approver, second)
                .map(each -> CompletableFuture.supplyAsync(
                        () -> say(as(each), run, "approve", "{}").extract().statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(answers.get(0)).isEqualTo(200);
        assertThat(answers.get(1)).isIn(200, 409);
        run.awaitState("succeeded");
        assertThat(admin().get(run.api() + "/log?format=full").asString()).containsOnlyOnce("step one, attempt 1");
    }

    @Test
    void the_page_wants_the_tick_and_loses_nothing() {
        StartedRun run = asked();
        String page = as(approver)
                .accept("text/html")
                .get("/migrations/" + migration + "/approve")
                .asString();
        assertThat(page).contains("Approve run " + run.id(), "I read the runbook and the rollback", "change it back");
        String owner = as(operator)
                .accept("text/html")
                .get("/migrations/" + migration + "/approve")
                .asString();
        assertThat(owner).contains("You cannot approve this one").doesNotContain("name=\"read\"");
        assertThat(admin().accept("text/html").get(run.page()).asString()).contains("Approvals: 0 of 1");
    }

    @Test
    void glass_that_was_broken_is_reviewed_by_somebody_else() {
        int id = as(operator)
                .contentType(ContentType.JSON)
                .body("{\"environment\": \"" + production
                        + "\", \"purpose\": \"live\", \"breakGlass\": {\"reason\": \"the disk is full\"}}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .body("breakGlassGates", is(List.of("approvals")))
                .body("breakGlassReview", nullValue())
                .extract()
                .path("id");
        var run = new StartedRun(id);
        run.awaitState("succeeded");
        assertThat(admin().accept("text/html").get("/migrations/" + migration).asString())
                .contains("broke glass", "the disk is full");
        assertThat(admin().accept("text/html").get(run.page()).asString()).contains("Glass was broken by " + operator);
        say(as(operator), run, "review", "{\"note\": \"fine\"}").statusCode(403);
        say(as(approver), run, "review", "{}").statusCode(422);
        say(as(approver), run, "review", "{\"note\": \"it was needed\"}")
                .statusCode(200)
                .body("breakGlassReview.by", is(approver));
        say(as(second), run, "review", "{\"note\": \"me too\"}").statusCode(409);
        assertThat(admin().accept("text/html").get("/migrations/" + migration).asString())
                .doesNotContain("broke glass");
    }

    @Test
    void what_was_approved_stays_approved_when_it_is_over() {
        StartedRun run = asked();
        say(as(approver), run, "approve", "{}").statusCode(200);
        run.awaitState("succeeded");
        importFile(file("two", 1));
        importFile(environment("/var"));
        assertThat(run.now().getBoolean("approvals[0].counts")).isTrue();
        assertThat(admin().accept("text/html").get(run.page()).asString()).contains("Approvals: 1 of 1");
    }

    @Test
    void a_yes_that_ran_out_is_said_again() throws Exception {
        importFile(file("one", 2));
        StartedRun run = asked();
        say(as(approver), run, "approve", "{}").statusCode(200);
        expire(run);
        assertThat(run.now().getString("approvals[0].why")).startsWith("it was good until");
        say(as(approver), run, "approve", "{}")
                .statusCode(200)
                .body("approvals.counts", is(List.of(false, true)))
                .body("approvals[0].why", startsWith("it was good until"));
        say(as(second), run, "approve", "{}").statusCode(200);
        run.awaitState("succeeded");
    }

    private void expire(StartedRun run) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "UPDATE approval SET expires_at = now() - interval '1 hour' WHERE run_id = ?")) {
            update.setLong(1, run.id());
            update.executeUpdate();
        }
    }

    @Test
    void a_yes_that_is_taken_back_while_the_run_is_planned_is_missing_again() {
        StartedRun run = plannedIn(600);
        say(as(approver), run, "approve", "{}").statusCode(200).body("state", is("queued"));
        say(as(approver), run, "withdraw", "{\"reason\": \"wrong week\"}")
                .statusCode(200)
                .body("state", is("awaiting-approval"))
                .body("reason", is("A yes is missing: " + approver + " took their yes back"));
        say(as(second), run, "approve", "{}").statusCode(200).body("state", is("queued"));
        say(as(approver), run, "approve", "{}").statusCode(409);
        say(as(approver), run, "reject", "{\"reason\": \"not this week\"}")
                .statusCode(200)
                .body("state", is("aborted"));
    }

    @Test
    void who_may_approve_no_more_when_it_begins_is_missing() {
        StartedRun run = plannedIn(4);
        say(as(approver), run, "approve", "{}").statusCode(200).body("state", is("queued"));
        String person = "/api/v1/people/" + approver;
        admin().contentType(ContentType.JSON)
                .header("If-Match", admin().get(person).header("ETag"))
                .body("{\"grants\": [{\"role\": \"viewer\"}]}")
                .put(person)
                .then()
                .statusCode(200);
        assertThat(run.awaitState("awaiting-approval").getString("reason"))
                .contains("A yes is missing", approver + " may not approve it by now");
        say(as(second), run, "approve", "{}").statusCode(200);
        run.awaitState("succeeded");
    }

    @Test
    void an_older_revision_is_run_only_when_it_was_asked_for() {
        var form = Visitor.signedIn();
        String address = "/migrations/" + migration + "/start";
        String token = UUID.randomUUID().toString();
        importFile(file("two", 1));
        form.send(
                        address,
                        address,
                        "environment",
                        production,
                        "purpose",
                        "live",
                        "confirm",
                        production,
                        "read",
                        "1",
                        "token",
                        token)
                .then()
                .statusCode(409)
                .body(containsString("Revision 2 of " + migration + " was written meanwhile"))
                .body(containsString("name=\"read\" value=\"2\""));
        int id = as(operator)
                .contentType(ContentType.JSON)
                .body("{\"environment\": \"" + production + "\", \"purpose\": \"live\", \"revision\": 1}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(as(approver)
                        .accept("text/html")
                        .get("/migrations/" + migration + "/approve?run=" + id)
                        .asString())
                .contains("Revision 2 is newer");
    }

    @Test
    void a_revision_that_nobody_read_does_not_become_read_by_a_later_one() {
        String unread = file("three", 1) + "needsReview: true\n";
        importFile(unread);
        importFile(file("four", 1));
        String body = "{\"environment\": \"" + production + "\", \"purpose\": \"live\", \"revision\": %d}";
        as(operator)
                .contentType(ContentType.JSON)
                .body(body.formatted(2))
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(409)
                .body("gates.key", hasItem("reviewed"));
        importFile(file("three", 1));
        importFile(file("five", 1));
        as(operator)
                .contentType(ContentType.JSON)
                .body(body.formatted(2))
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201);
    }

    @Test
    void a_longer_list_of_runs_that_wait_sends_no_more_statements() {
        waiting(0, 2);
        int few = statements();
        waiting(2, 6);
        assertThat(statements()).isEqualTo(few);
    }

    private void waiting(int from, int to) {
        IntStream.range(from, to).forEach(i -> {
            String each = migration + "-" + i;
            importFile(file("one", 1).replace(migration, each).replace(service, service + "-" + i));
            assertThat(StartedRun.of(each, production).state()).isEqualTo("awaiting-approval");
        });
    }

    private int statements() {
        String list = "/api/v1/runs?environment=" + production;
        admin().get(list).then().statusCode(200);
        int before = StatementsSent.soFar();
        admin().get(list).then().statusCode(200);
        return StatementsSent.soFar() - before;
    }

    @Test
    void the_page_shows_what_this_very_run_does_and_how_it_is_measured() {
        importFile(
                file("one", 1) + "metrics: [{name: rows, http: {target: host, request: GET /}, judge: {p50: keep}}]\n");
        StartedRun run = asked(", \"measure\": \"none\"");
        String page = approvePage(run);
        assertThat(page)
                .contains("<dt>Measured</dt><dd>Not at all", "/preview?run=" + run.id())
                .doesNotContain("a sitting", "fresh baseline");
        assertThat(as(approver)
                        .accept("text/html")
                        .get("/migrations/" + migration + "/preview?run=" + run.id())
                        .asString())
                .contains("What run " + run.id() + " executes")
                .doesNotContain("a sitting");
    }

    @Test
    void the_page_shows_the_targets_that_the_run_is_pinned_to() {
        StartedRun run = asked();
        importFile(environment("/var"));
        assertThat(approvePage(run)).contains("/tmp on the machine").doesNotContain("/var on the machine");
        assertThat(as(approver)
                        .accept("text/html")
                        .get("/migrations/" + migration + "/preview?run=" + run.id())
                        .asString())
                .contains("/tmp on the machine")
                .doesNotContain("/var on the machine");
    }

    private String approvePage(StartedRun run) {
        return as(approver)
                .accept("text/html")
                .get("/migrations/" + migration + "/approve?run=" + run.id())
                .asString();
    }
}
