package dev.switchback.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.Purpose;
import dev.switchback.run.StepTimes;
import dev.switchback.runbook.Runbook;
import dev.switchback.secret.EnvironmentSecrets;
import dev.switchback.step.Foreseen;
import dev.switchback.step.Json;
import dev.switchback.step.RenderedPart;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.check.CheckStepExecutor;
import dev.switchback.step.http.HttpStepExecutor;
import dev.switchback.step.manual.ManualStepExecutor;
import dev.switchback.step.shell.ShellPolicy;
import dev.switchback.step.shell.ShellStepExecutor;
import dev.switchback.step.sql.SqlStepExecutor;
import dev.switchback.step.wait.WaitStepExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would happen, without anything happening. */
class PreviewTest {

    private static final String TOKEN = "p/ss&w ord-1";

    private static final String STEPS = """
              - {id: one, title: One, phase: prepare, shell: {target: host, command: "./one \\"$region\\""}, rollback: {shell: {target: host, command: ./undo-one}}}
              - {id: two, title: Two, phase: change, http: {target: web, request: "POST /flags/{region}?key={token}", headers: {X-Sent-By: "Bearer {token}"}, json: {on: true, by: "secret:TOKEN"}}, rollback: {http: {target: web, request: DELETE /flags}, needs: [{sql: {target: db, query: "SELECT 1"}, is: 1}]}}
              - {id: look, title: Look, phase: verify, manual: {instructions: Look at it}}
              - {id: drop, title: Drop, phase: contract, irreversible: gone for good, sql: {target: db, statements: ["DELETE FROM old WHERE region = :region AND n < :n"], parameters: {n: 5}, atMost: 500}}
            """;

    private final Runbook runbook = Samples.runbook(STEPS);

    private final EnvironmentContent environment =
            new EnvironmentContent((com.fasterxml.jackson.databind.node.ObjectNode) Json.of("""
            {key: st, name: Staging, tier: staging, variables: {region: "eu west/1", token: "secret:TOKEN"},
             targets: {host: {kind: shell, directory: /tmp}, web: {kind: http, url: "http://bob:hidden@127.0.0.1:8101"},
                       db: {kind: jdbc, url: "jdbc:postgresql://db.example:5433/shop?sslmode=require", user: shop, password: "secret:DB"}},
             identity: [{sql: {target: db, query: "SELECT current_database()"}, is: shop}]}
            """));

    private static StepExecutors executors() {
        var readers = List.of(
                new ShellStepExecutor(ShellPolicy.ANYWHERE),
                new HttpStepExecutor(),
                new SqlStepExecutor(),
                new ManualStepExecutor(),
                new WaitStepExecutor());
        var all = new java.util.ArrayList<dev.switchback.step.StepExecutor>(readers);
        all.add(new CheckStepExecutor(new StepExecutors(readers)));
        return new StepExecutors(all);
    }

    private Preview preview(Purpose purpose, String finish, StepTimes times) {
        var secrets = new EnvironmentSecrets(Map.of(), Map.of("TOKEN", TOKEN));
        return Preview.of(
                new Preview.Asked(runbook, 3, "abc", environment, purpose, finish, "full", List.of()),
                times,
                new FillByExecutors(executors(), environment, secrets));
    }

    private Preview live() {
        return preview(Purpose.LIVE, "applied", StepTimes.NONE);
    }

    private static List<List<String>> ways(Preview preview) {
        return preview.legs().stream().map(PreviewLeg::steps).toList();
    }

    private static String part(Rendering rendering, String name) {
        return rendering.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(RenderedPart::text)
                .orElseThrow();
    }

    @Test
    void a_live_run_goes_forward_once() {
        assertThat(ways(live())).containsExactly(List.of("one", "two", "look", "drop"));
    }

    @Test
    void a_rehearsal_stops_before_the_irreversible_step_goes_back_and_does_all_of_it() {
        assertThat(ways(preview(Purpose.REHEARSAL, "applied", StepTimes.NONE)))
                .containsExactly(
                        List.of("one", "two", "look"), List.of("two", "one"), List.of("one", "two", "look", "drop"));
    }

    @Test
    void a_rehearsal_that_restores_never_passes_the_point_of_no_return() {
        Preview restored = preview(Purpose.REHEARSAL, "restored", StepTimes.NONE);

        assertThat(ways(restored))
                .containsExactly(
                        List.of("one", "two", "look"),
                        List.of("two", "one"),
                        List.of("one", "two", "look"),
                        List.of("two", "one"));
        assertThat(restored.pointOfNoReturn()).isNull();
    }

    @Test
    void a_rollback_shows_what_is_undone_newest_first() {
        Preview back = preview(Purpose.ROLLBACK, "applied", StepTimes.NONE);

        assertThat(ways(back)).containsExactly(List.of("two", "one"));
        assertThat(back.steps()).extracting(PreviewStep::id).containsExactly("one", "two");
        assertThat(back.pointOfNoReturn()).isNull();
    }

    @Test
    void says_where_there_is_no_way_back_any_more() {
        assertThat(live().noReturn().number()).isEqualTo(4);
        assertThat(live().noReturn().irreversible()).isEqualTo("gone for good");
    }

    @Test
    void fills_variables_in_as_the_executor_does_and_names_secrets_wherever_they_stand() {
        PreviewStep two = live().steps().get(1);

        assertThat(part(two.executes(), "request"))
                .isEqualTo("POST http://••••••••@127.0.0.1:8101/flags/eu%20west%2F1?key=secret:TOKEN");
        assertThat(two.executes().parts().get(1).values()).containsEntry("X-Sent-By", "Bearer secret:TOKEN");
        assertThat(part(two.executes(), "body")).isEqualTo("{\"on\":true,\"by\":\"secret:TOKEN\"}");
        assertThat(live().toString()).doesNotContain(TOKEN).doesNotContain("hidden");
    }

    @Test
    void shows_the_command_with_all_that_it_gets() {
        Rendering command = live().steps().get(0).executes();

        assertThat(command.place()).isEqualTo("/tmp on the machine of the Switchback server");
        assertThat(part(command, "command")).isEqualTo("./one \"$region\"");
        assertThat(part(command, "run by")).endsWith("bash -euo pipefail -c");
        assertThat(command.parts().get(2).values())
                .containsEntry("region", "eu west/1")
                .containsEntry("token", "secret:TOKEN")
                .containsKey("PATH");
        assertThat(command.expects()).isEqualTo("exit status 0");
    }

    @Test
    void shows_bound_parameters_beside_the_statement() {
        Rendering sql = live().steps().get(3).executes();

        assertThat(sql.place()).isEqualTo("database shop on db.example:5433 as shop");
        assertThat(sql.parts().get(0).text()).isEqualTo("DELETE FROM old WHERE region = :region AND n < :n");
        assertThat(sql.parts().get(0).values())
                .containsEntry(":region", "eu west/1")
                .containsEntry(":n", "5");
        assertThat(sql.parts().toString()).contains("lockTimeout=5 s").contains("atMost=500 rows");
    }

    @Test
    void what_cannot_be_filled_in_is_told_and_the_rest_is_shown_all_the_same() {
        var without = new EnvironmentContent((com.fasterxml.jackson.databind.node.ObjectNode) Json.of(
                "{key: st, name: S, tier: staging, targets: {host: {kind: shell, directory: /no/such/place}}}"));
        Preview preview = Preview.of(
                new Preview.Asked(runbook, 3, "abc", without, Purpose.LIVE, "applied", "none", List.of()),
                StepTimes.NONE,
                new FillByExecutors(executors(), without, name -> java.util.Optional.empty()));

        assertThat(preview.troubled()).extracting(PreviewStep::id).containsExactly("one", "two", "drop");
        PreviewStep one = preview.steps().get(0);
        assertThat(one.executes().trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("does not exist"));
        assertThat(part(one.executes(), "command")).startsWith("./one");
        assertThat(preview.steps().get(1).executes().trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("no target named web"));
    }

    @Test
    void a_secret_that_this_server_does_not_know_is_named() {
        Preview preview = Preview.of(
                new Preview.Asked(runbook, 3, "abc", environment, Purpose.LIVE, "applied", "none", List.of()),
                StepTimes.NONE,
                new FillByExecutors(executors(), environment, name -> java.util.Optional.empty()));

        assertThat(preview.missingSecrets()).containsExactly("TOKEN");
    }

    @Test
    void an_estimate_is_the_sum_of_what_is_known_and_nothing_when_a_step_never_ran() {
        Map<String, Duration> there = Map.of("one", Duration.ofSeconds(2), "two", Duration.ofSeconds(3));

        assertThat(preview(Purpose.LIVE, "applied", new StepTimes(there, Map.of()))
                        .estimatedMs())
                .isNull();

        var all = new StepTimes(
                Map.of("one", Duration.ofSeconds(2), "two", Duration.ofSeconds(3), "drop", Duration.ofSeconds(1)),
                Map.of());
        assertThat(preview(Purpose.LIVE, "applied", all).estimatedMs()).isEqualTo(6000);
        assertThat(preview(Purpose.LIVE, "applied", all).legs().get(0).byPerson())
                .isEqualTo(1);
    }

    @Test
    void more_rows_than_a_step_may_touch_is_a_warning() {
        PreviewStep drop = live().steps().get(3);

        assertThat(drop.with(List.of(Foreseen.estimated("d", 1240, true)), 500L).warning())
                .isEqualTo(
                        "About 1,240 rows are more than the 500 that it may touch: it would fail, and be rolled back");
        assertThat(drop.with(List.of(Foreseen.estimated("d", 1240, false)), 500L)
                        .warning())
                .isNull();
        assertThat(Foreseen.estimated("d", 1240, true).words()).isEqualTo("changes about 1,240 rows, by EXPLAIN");
    }

    @Test
    void identity_and_needs_are_asked_by_name_of_the_place() {
        assertThat(live().identity()).singleElement().satisfies(question -> {
            assertThat(question.asks().place()).contains("db.example:5433");
            assertThat(question.expected()).isEqualTo("shop");
        });
        assertThat(live().steps().get(1).undo().needs()).hasSize(1);
    }
}
