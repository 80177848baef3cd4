package dev.switchback.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.exchange.RunbookFileReader;
import dev.switchback.step.StepKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunbookTest {
    private final Runbook contract = Runbook.of(content());

    private static ObjectNode content() {
        try {
            String file = Files.readString(Path.of("src/test/resources/runbooks/contract.yaml"));
            return RunbookFileReader.read(file).documents().get(1).content();
        } catch (java.io.IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    static Runbook with(String steps) {
        return Runbook.of(read(steps));
    }

    /** A migration with these steps, which must be valid. */
    static ObjectNode read(String steps) {
        String file = """
            apiVersion: switchback/v1
            kind: Migration
            key: shop
            title: Move the settings
            service: shop
            owner: team-shop
            expected: no failed request
            rollbackNote: Set the flag back.
            """ + steps;
        var read = RunbookFileReader.read(file);
        assertThat(read.problems()).isEmpty();
        return read.documents().get(0).content();
    }

    @Test
    void reads_the_example_of_the_contract() {
        assertThat(contract.title()).isEqualTo("Move shop settings from app_settings to settings_v2");
        assertThat(contract.backup()).contains("on-call-platform");
        assertThat(contract.onFailure()).isEqualTo(OnFailure.ASK);
        assertThat(contract.approvals()).isEqualTo(1);
        assertThat(contract.phases()).containsExactly(Phase.values());
        assertThat(contract.checklist()).hasSize(5);
        assertThat(contract.steps())
                .extracting(RunbookStep::id, RunbookStep::kind, RunbookStep::changes)
                .containsExactly(
                        tuple("create-table", StepKind.SQL, true),
                        tuple("switch-reads", StepKind.HTTP, true),
                        tuple("clear", StepKind.REDIS, true),
                        tuple("soak", StepKind.WAIT, false),
                        tuple("look", StepKind.MANUAL, true),
                        tuple("drop-old", StepKind.SQL, true));
    }

    @Test
    void a_step_states_its_own_pace_and_its_undo() {
        RunbookStep step = contract.step("create-table").orElseThrow();

        assertThat(step.idempotent()).isTrue();
        assertThat(step.retries()).isEqualTo(2);
        assertThat(step.retryDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(step.timeout()).contains(Duration.ofSeconds(30));
        assertThat(step.appliedWhen().orElseThrow().path("is").asBoolean()).isTrue();
        RunbookUndo undo = step.rollback().orElseThrow();
        assertThat(undo.kind()).isEqualTo(StepKind.SQL);
        assertThat(undo.needs()).hasSize(1);
        assertThat(undo.timeout()).contains(Duration.ofMinutes(10));
    }

    @Test
    void what_a_step_does_not_state_has_its_default() {
        RunbookStep step = contract.step("switch-reads").orElseThrow();

        assertThat(step.idempotent()).isFalse();
        assertThat(step.retries()).isZero();
        assertThat(step.timeout()).contains(Duration.ofMinutes(10));
        assertThat(step.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(contract.step("soak").orElseThrow().timeout()).isEmpty();
        assertThat(contract.step("look").orElseThrow().timeout()).isEmpty();
    }

    @Test
    void the_point_of_no_return_is_the_first_irreversible_step() {
        assertThat(contract.pointOfNoReturn().map(RunbookStep::id)).contains("drop-old");
    }

    @Test
    void reading_does_not_change_anything_and_acting_does() {
        Runbook runbook = with("""
            steps:
              - {id: a, title: A, phase: verify, http: {target: web, request: GET /x}}
              - {id: b, title: B, phase: verify, http: {target: web, request: DELETE /x}}
              - {id: c, title: C, phase: verify, sql: {target: db, query: SELECT 1}}
              - {id: d, title: D, phase: verify, shell: {target: host, command: ls}}
              - {id: e, title: E, phase: verify, kubernetes: {target: k, waitFor: deployment/web}}
              - {id: f, title: F, phase: verify, kubernetes: {target: k, restart: deployment/web}}
              - {id: g, title: G, phase: verify, check: {http: {target: web, request: POST /x}, within: 5s}}
            """);

        assertThat(runbook.steps())
                .extracting(RunbookStep::changes)
                .containsExactly(false, true, false, true, false, true, false);
    }

    @Test
    void a_migration_without_steps_has_an_empty_runbook() {
        assertThat(with("").steps()).isEmpty();
        assertThat(with("").phases()).isEmpty();
        assertThat(with("").pointOfNoReturn()).isEqualTo(Optional.empty());
    }
}
