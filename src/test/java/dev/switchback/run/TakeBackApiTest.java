package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is over is taken back: until when, and what is said when that would be half a way. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class TakeBackApiTest {

    private static final String STEP = "  - {id: one, title: One, phase: change, shell: {target: host, command: touch"
            + " one}, rollback: {shell: {target: host, command: rm one}, needs: [{shell: {target: host, command: test"
            + " ! -e new-writes}}]}}\n";

    @TempDir
    Path folder;

    @Inject
    DataSource database;

    private String environment;
    private String migration;

    @BeforeEach
    void names() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        environment = "env-" + unique;
        migration = "mig-" + unique;
        importFile(Samples.environment(environment, "staging", folder.toString()));
    }

    private StartedRun succeeded(String steps) {
        importFile(Samples.migration(migration, "svc-" + migration, steps));
        StartedRun run = StartedRun.of(migration, environment);
        run.awaitState("succeeded");
        return run;
    }

    private static ValidatableResponse takeBack(StartedRun run) {
        return admin().contentType(ContentType.JSON)
                .body("{\"reason\": \"test\"}")
                .post(run.api() + "/rollback")
                .then();
    }

    private static StartedRun rollback(ValidatableResponse response) {
        String location = response.statusCode(201).extract().header("Location");
        return new StartedRun(Long.parseLong(location.substring("/api/v1/runs/".length())));
    }

    private static String page(StartedRun run, String more) {
        return admin().accept("text/html").get(run.page() + more).asString();
    }

    private void endedDaysAgo(StartedRun run, int days) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement turn = connection.prepareStatement(
                        "UPDATE run SET ended_at = ended_at - ? * interval '1 day' WHERE id = ?")) {
            turn.setInt(1, days);
            turn.setLong(2, run.id());
            turn.executeUpdate();
        }
    }

    private String noteOf(StartedRun run, String action) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement ask =
                        connection.prepareStatement("SELECT note FROM run_event WHERE run_id = ? AND action = ?")) {
            ask.setLong(1, run.id());
            ask.setString(2, action);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? row.getString(1) : "nothing";
            }
        }
    }

    @Test
    void within_the_declared_time_it_is_possible_and_the_pages_say_until_when() {
        StartedRun run = succeeded(STEP + "rollbackFor: 7d\n");

        assertThat(run.now().getString("rollbackUntil")).isNotBlank();
        assertThat(page(run, "")).contains("Possible until");
        assertThat(page(run, "/rollback")).contains("Possible until", "Asked when you press the button");
        rollback(takeBack(run)).awaitState("rolled-back");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void after_it_the_rollback_note_is_what_is_left() throws Exception {
        StartedRun run = succeeded(STEP + "rollbackFor: 7d\n");
        endedDaysAgo(run, 9);

        takeBack(run)
                .statusCode(409)
                .body(
                        "detail",
                        startsWith("The easy way back ended 2 days ago (declared: 7 days after the end of the run)"))
                .body("expected", containsString("change it back"));
        assertThat(page(run, "/rollback"))
                .contains("The easy way back ended 2 days ago", "The way on by hand", "change it back")
                .doesNotContain("<button class=\"btn btn-stop btn-big\"");
        assertThat(page(run, "")).contains("The easy way back ended 2 days ago").doesNotContain("Roll back…");
        assertThat(folder.resolve("one")).exists();
    }

    @Test
    void after_writes_in_the_new_form_nothing_is_undone() throws Exception {
        StartedRun run = succeeded(STEP);
        Files.createFile(folder.resolve("new-writes"));

        takeBack(run)
                .statusCode(409)
                .body("detail", startsWith("The easy way back has ended: what the undo of step one needs is not there"))
                .body("expected", containsString("change it back"));
        assertThat(folder.resolve("one")).exists();

        Files.delete(folder.resolve("new-writes"));
        rollback(takeBack(run)).awaitState("rolled-back");
    }

    @Test
    void a_later_change_of_the_same_service_is_said_before_and_on_the_record() throws Exception {
        StartedRun first = succeeded(STEP);
        importFile(
                Samples.migration(
                        migration + "-b",
                        "svc-" + migration,
                        "  - {id: two, title: Two, phase: change, shell: {target: host, command: touch two}, noRollback: x}\n"));
        StartedRun second = StartedRun.of(migration + "-b", environment);
        second.awaitState("succeeded");

        assertThat(page(first, "/rollback"))
                .contains("Run " + second.id(), "taking run " + first.id() + " back may undo only half");
        StartedRun back = rollback(takeBack(first));

        back.awaitState("rolled-back");
        assertThat(noteOf(back, "changed-since")).startsWith("Run " + second.id() + " changed svc-" + migration);
    }

    @Test
    void an_environment_that_is_another_one_today_is_said_and_the_copy_is_used() throws Exception {
        StartedRun run = succeeded(STEP);
        importFile(
                Samples.environment(environment, "staging", folder.toString()).replace("hello there", "good morning"));

        assertThat(page(run, "/rollback")).contains("is not what it was", "variable greeting");
        StartedRun back = rollback(takeBack(run));

        back.awaitState("rolled-back");
        assertThat(noteOf(back, "environment-differs")).contains("variable greeting");
    }

    @Test
    void the_point_of_no_return_stands_on_the_page_from_the_start_and_who_passed_it() {
        importFile(Samples.migration(
                migration,
                "svc-" + migration,
                STEP.replace("id: one", "id: first")
                        + "  - {id: drop, title: Drop it, phase: contract, irreversible: kept in the backup, shell: {target:"
                        + " host, command: touch dropped}}\n"));
        StartedRun run = StartedRun.of(migration, environment);
        run.awaitState("waiting");

        assertThat(page(run, ""))
                .contains("Point of no return", "not passed yet", "kept in the backup", "no way back behind step 2");
        run.press("steps/drop/confirm", "{}", 200);
        run.awaitState("succeeded");

        admin().accept("text/html")
                .get(run.page())
                .then()
                .body(containsString("by admin"), containsString("change it back"), not(containsString("Roll back…")));
    }

    @Test
    void what_a_rollback_that_broke_off_has_undone_is_not_undone_again() throws Exception {
        StartedRun run = succeeded("  - {id: one, title: One, phase: change, shell: {target: host, command: touch one},"
                + " rollback: {shell: {target: host, command: test -e may-go}}}\n"
                + "  - {id: two, title: Two, phase: change, shell: {target: host, command: touch two}, rollback: {shell:"
                + " {target: host, command: echo x >> undone}}}\n");
        StartedRun first = rollback(takeBack(run));
        first.awaitState("rollback-failed");
        first.press("abort", "{}", 200);
        Files.createFile(folder.resolve("may-go"));
        assertThat(page(run, "/rollback")).contains("One").doesNotContain("echo x");

        StartedRun second = rollback(takeBack(run));

        assertThat(second.awaitState("rolled-back").<String>getList("steps.id")).containsExactly("one");
        assertThat(folder.resolve("undone")).hasContent("x");
        assertThat(noteOf(second, "left-out")).contains("undid two already");
        takeBack(run).statusCode(409);
    }
}
