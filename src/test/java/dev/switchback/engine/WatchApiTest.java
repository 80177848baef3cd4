package dev.switchback.engine;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must stay true, and what the way back needs, asked of real targets while a run is under way. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class WatchApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CALM = """
            holds:
              - {name: nobody else writes, shell: {target: host, command: "cat writers"}, is: 0}
            """;
    private static final String LONG = "  - {id: long, title: Long, phase: change, shell: {target: host, command:"
            + " \"touch began; until [ -e go ]; do sleep 0.05; done\"}, rollback: {shell: {target: host, command:"
            + " touch undone}}}\n";
    private static final String LAST = "  - {id: last, title: Last, phase: change, shell: {target: host, command:"
            + " touch changed}, rollback: {shell: {target: host, command: rm changed}}}\n";

    @TempDir
    Path folder;

    @Inject
    DataSource database;

    private String environment;
    private String migration;

    @BeforeEach
    void names() throws IOException {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        environment = "env-" + unique;
        migration = "mig-" + unique;
        importFile(Samples.environment(environment, "staging", folder.toString())
                + "  web: {kind: http, url: \"http://127.0.0.1:1\"}\n");
        writers("0");
    }

    private void writers(String count) throws IOException {
        Files.writeString(folder.resolve("writers"), count + "\n");
    }

    private void touch(String file) throws IOException {
        Files.writeString(folder.resolve(file), "");
    }

    private StartedRun start(String steps) {
        importFile(Samples.migration(migration, "svc-" + migration, steps));
        return StartedRun.of(migration, environment);
    }

    private void awaitFile(String name) {
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve(name)));
    }

    private void awaitHold(StartedRun run, String state) {
        await().atMost(PATIENCE).until(() -> state.equals(run.now().getString("watch.holds[0].state")));
    }

    private List<String> events(StartedRun run) {
        try (Connection connection = database.getConnection();
                PreparedStatement ask = connection.prepareStatement(
                        "SELECT action FROM run_event WHERE run_id = ? AND (action LIKE 'hold%' OR action LIKE 'way%'"
                                + " OR action LIKE 'went%') ORDER BY no")) {
            ask.setLong(1, run.id());
            var actions = new ArrayList<String>();
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    actions.add(rows.getString(1));
                }
            }
            return actions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_hold_that_is_broken_before_the_first_step_lets_nothing_begin() throws Exception {
        writers("3");
        StartedRun run = start(LAST + CALM);

        JsonPath paused = run.awaitState("paused");

        assertThat(paused.getString("reason")).isEqualTo("Hold broken: nobody else writes (was 3, expected 0)");
        assertThat(paused.getString("steps[0].state")).isEqualTo("pending");
        assertThat(paused.getString("watch.holds[0].state")).isEqualTo("broken");
        assertThat(folder.resolve("changed")).doesNotExist();
        run.press("resume", "{}", 422);
        writers("0");
        run.press("resume", "{}", 200);
        run.awaitState("succeeded");
        assertThat(events(run)).containsExactly("hold-broken", "hold-again");
    }

    @Test
    void a_hold_that_breaks_during_a_step_lets_it_end_and_pauses_the_run_after_it() throws Exception {
        StartedRun run = start(LONG + LAST + CALM);
        awaitFile("began");
        writers("3");
        awaitHold(run, "broken");

        assertThat(run.state()).isEqualTo("running");
        await().atMost(PATIENCE).until(() -> "pause".equals(run.now().getString("wanted")));
        touch("go");
        JsonPath paused = run.awaitState("paused");

        assertThat(paused.getList("steps.state")).containsExactly("succeeded", "pending");
        assertThat(paused.getString("reason")).startsWith("Hold broken: nobody else writes");
        admin().accept("text/html")
                .get(run.page())
                .then()
                .statusCode(200)
                .body(containsString("Hold broken: nobody else writes"), containsString("Why it may go on"));
    }

    @Test
    void who_goes_on_against_it_says_why_and_the_same_break_pauses_nothing_again() throws Exception {
        writers("3");
        StartedRun run = start(LONG + LAST + CALM);
        run.awaitState("paused");

        run.press("resume", "{\"reason\": \"the import job, it is harmless\"}", 200);
        awaitFile("began");
        touch("go");
        JsonPath over = run.awaitState("succeeded");

        assertThat(over.getString("watch.holds[0].acceptedBy")).isEqualTo("admin");
        assertThat(events(run)).containsExactly("hold-broken", "went-on-against");
    }

    @Test
    void after_it_held_once_a_new_break_pauses_again() throws Exception {
        writers("3");
        StartedRun run = start(LONG + LAST + CALM);
        run.awaitState("paused");
        run.press("resume", "{\"reason\": \"known\"}", 200);
        awaitFile("began");
        writers("0");
        awaitHold(run, "holds");
        writers("4");
        awaitHold(run, "broken");
        touch("go");

        assertThat(run.awaitState("paused").getString("reason")).contains("was 4");
    }

    @Test
    void could_not_ask_is_borne_for_a_while_and_then_said() {
        StartedRun run =
                start(LAST + "holds:\n  - {name: the shop is calm, http: {target: web, request: GET /calm}}\n");

        JsonPath paused = run.awaitState("paused");

        assertThat(paused.getString("reason")).startsWith("Hold could not be asked: the shop is calm");
        assertThat(paused.getString("watch.holds[0].state")).isEqualTo("could-not-ask");
        assertThat(folder.resolve("changed")).doesNotExist();
    }

    private static final String LOOK = "  - {id: look, title: Look, phase: verify, manual: {instructions: Look.}}\n";

    @Test
    void a_run_that_waits_for_a_person_is_watched_on_and_pauses_when_it_would_go_on() throws Exception {
        StartedRun run =
                start("  - {id: look, title: Look, phase: verify, manual: {instructions: Look.}}\n" + LAST + CALM);
        run.awaitState("waiting");
        writers("3");
        awaitHold(run, "broken");
        assertThat(run.state()).isEqualTo("waiting");

        run.press("steps/look/confirm", "{}", 200);

        assertThat(run.awaitState("paused").getList("steps.state")).containsExactly("succeeded", "pending");
    }

    @Test
    void a_broken_hold_never_stops_the_way_back() throws Exception {
        StartedRun run = start(LAST + LONG + CALM);
        awaitFile("began");
        writers("3");
        awaitHold(run, "broken");

        run.press("rollback", "{}", 200);

        run.awaitState("rolled-back");
        assertThat(folder.resolve("changed")).doesNotExist();
    }

    private static final String NEEDS = "  - {id: keep, title: Keep, phase: prepare, shell: {target: host, command: cp"
            + " writers backup}, rollback: {shell: {target: host, command: rm -f backup}, needs: [{shell: {target:"
            + " host, command: test -e backup}}]}}\n";

    @Test
    void a_way_back_that_got_lost_is_told_and_keeps_a_live_run_from_changing_more() throws Exception {
        StartedRun run = start(NEEDS + LOOK + LAST);
        run.awaitState("waiting");
        await().atMost(PATIENCE).until(() -> "holds".equals(run.now().getString("watch.needs[0].state")));
        Files.delete(folder.resolve("backup"));
        await().atMost(PATIENCE).until(() -> run.now().getBoolean("watch.needs[0].lost"));
        assertThat(run.now().getBoolean("watch.wayBackReady")).isFalse();
        run.press("steps/look/confirm", "{}", 200);

        JsonPath paused = run.awaitState("paused");
        assertThat(paused.getString("reason")).startsWith("Way back not ready: step keep needs test -e backup");
        assertThat(folder.resolve("changed")).doesNotExist();
        admin().accept("text/html")
                .get(run.page())
                .then()
                .body(containsString("Way back not ready: 0 of 1"), containsString("Missing"));

        run.press("resume", "{}", 422);
        touch("backup");
        await().atMost(PATIENCE).until(() -> run.now().getBoolean("watch.wayBackReady"));
        run.press("resume", "{}", 200);
        run.awaitState("succeeded");
        assertThat(events(run)).containsExactly("way-back-lost", "way-back-ready");
    }

    @Test
    void what_a_later_step_takes_away_and_its_undo_brings_back_stops_nobody() throws Exception {
        StartedRun run = start(NEEDS + "  - {id: move, title: Move, phase: change, shell: {target: host, command: mv"
                + " backup moved}, rollback: {shell: {target: host, command: mv moved backup}}}\n" + LOOK + LAST);
        run.awaitState("waiting");
        await().atMost(PATIENCE).until(() -> "broken".equals(run.now().getString("watch.needs[0].state")));
        assertThat(run.now().getBoolean("watch.wayBackReady")).isTrue();

        run.press("steps/look/confirm", "{}", 200);
        run.awaitState("succeeded");
        run.press("rollback", "{}", 201);

        await().atMost(PATIENCE)
                .until(() -> !Files.exists(folder.resolve("backup")) && !Files.exists(folder.resolve("moved")));
        assertThat(events(run)).isEmpty();
    }

    @Test
    void another_watcher_takes_over_when_the_first_fell_silent() throws Exception {
        StartedRun run = start(LONG + CALM);
        awaitFile("began");
        awaitHold(run, "holds");
        try (Connection connection = database.getConnection();
                PreparedStatement steal = connection.prepareStatement(
                        "UPDATE run_watching SET fence = fence + 1, lease_until = NULL WHERE run_id = ?")) {
            steal.setLong(1, run.id());
            assertThat(steal.executeUpdate()).isEqualTo(1);
        }
        writers("3");
        awaitHold(run, "broken");
        touch("go");
        run.awaitState("paused");
        run.press("abort", "{}", 200);
    }

    @Test
    void a_hold_that_cannot_be_asked_there_at_all_refuses_the_start() {
        importFile(Samples.migration(
                migration,
                "svc-" + migration,
                LAST + "holds:\n  - {name: one, sql: {target: db, query: SELECT 1}, is: 1}\n"));

        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(409)
                .body("violations[0].field", org.hamcrest.Matchers.is("holds[0]"));
    }

    @Test
    void a_run_that_declares_nothing_of_the_kind_is_not_watched() throws Exception {
        StartedRun run = start(LAST);

        assertThat((Object) run.awaitState("succeeded").get("watch")).isNull();
        try (Connection connection = database.getConnection();
                PreparedStatement ask = connection.prepareStatement("SELECT 1 FROM run_watching WHERE run_id = ?")) {
            ask.setLong(1, run.id());
            assertThat(ask.executeQuery().next()).isFalse();
        }
    }
}
