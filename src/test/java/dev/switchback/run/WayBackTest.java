package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.runbook.Runbook;
import dev.switchback.step.StepKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WayBackTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Runbook runbook = Samples.runbook("""
              - {id: one, title: One, phase: prepare, shell: {target: host, command: echo 1}, rollback: {shell: {target: host, command: echo -1}}}
              - {id: two, title: Two, phase: change, shell: {target: host, command: echo 2}, rollback: {shell: {target: host, command: echo -2}}}
              - {id: look, title: Look, phase: verify, manual: {instructions: Look.}, noRollback: only looking}
              - {id: drop, title: Drop, phase: contract, irreversible: gone, shell: {target: host, command: echo 4}}
            """);

    private final List<RunStep> steps = new ArrayList<>();

    private WayBackTest given(String id, StepHappening... happened) {
        var step = new RunStep(null, 1, Leg.FORWARD, steps.size() + 1, id, id, "change", StepKind.SHELL, 0);
        for (StepHappening what : happened) {
            step.setState(StepState.LIFE.next(step.state(), what).orElseThrow(), NOW);
        }
        steps.add(step);
        return this;
    }

    private List<String> undone() {
        return WayBack.of(steps, runbook).undos().stream()
                .map(undo -> undo.step().id())
                .toList();
    }

    @Test
    void nothing_is_undone_when_nothing_ran() {
        given("one").given("two");
        assertThat(undone()).isEmpty();
    }

    @Test
    void newest_first_and_the_failed_one_included() {
        given("one", StepHappening.BEGAN, StepHappening.SUCCEED).given("two", StepHappening.BEGAN, StepHappening.FAIL);
        assertThat(undone()).containsExactly("two", "one");
    }

    @Test
    void a_step_whose_outcome_nobody_knows_is_undone_too() {
        given("one", StepHappening.BEGAN, StepHappening.LOST);
        assertThat(undone()).containsExactly("one");
    }

    @Test
    void a_step_that_waits_for_its_next_attempt_is_undone_too() {
        given("one", StepHappening.BEGAN, StepHappening.FAIL, StepHappening.AGAIN);
        assertThat(undone()).containsExactly("one");
    }

    @Test
    void what_was_skipped_or_taken_back_already_is_not_undone() {
        given("one", StepHappening.BEGAN, StepHappening.SUCCEED, StepHappening.TAKEN_BACK)
                .given("two", StepHappening.SKIP);
        assertThat(undone()).isEmpty();
    }

    @Test
    void a_step_that_needs_no_undo_is_passed_over() {
        given("one", StepHappening.BEGAN, StepHappening.SUCCEED)
                .given("two", StepHappening.SKIP)
                .given("look", StepHappening.BEGAN, StepHappening.ASKED_PERSON, StepHappening.SUCCEED);
        assertThat(undone()).containsExactly("one");
        assertThat(WayBack.of(steps, runbook).isPossible()).isTrue();
    }

    @Test
    void behind_the_point_of_no_return_there_is_no_way_back() {
        given("one", StepHappening.BEGAN, StepHappening.SUCCEED)
                .given("drop", StepHappening.BEGAN, StepHappening.SUCCEED);
        assertThat(WayBack.of(steps, runbook).noReturn())
                .hasValueSatisfying(step -> assertThat(step.id()).isEqualTo("drop"));
    }

    @Test
    void asking_before_the_point_of_no_return_does_not_pass_it() {
        given("drop", StepHappening.ASKED_PERSON);
        assertThat(WayBack.of(steps, runbook).isPossible()).isTrue();
    }
}
