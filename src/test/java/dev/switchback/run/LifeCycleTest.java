package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifeCycleTest {

    static Stream<LifeCycle.Transition<RunState, RunHappening>> runRows() {
        return RunState.LIFE.rows().stream();
    }

    static Stream<LifeCycle.Transition<StepState, StepHappening>> stepRows() {
        return StepState.LIFE.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("runRows")
    void every_row_of_a_run_leads_where_it_says(LifeCycle.Transition<RunState, RunHappening> row) {
        assertThat(RunState.LIFE.next(row.from(), row.happening())).contains(row.to());
    }

    @ParameterizedTest
    @MethodSource("stepRows")
    void every_row_of_a_step_leads_where_it_says(LifeCycle.Transition<StepState, StepHappening> row) {
        assertThat(StepState.LIFE.next(row.from(), row.happening())).contains(row.to());
    }

    @Test
    void nothing_leads_out_of_a_final_state() {
        assertThat(runRows()).noneMatch(row -> row.from().isFinal());
    }

    @Test
    void every_state_of_a_run_can_be_reached() {
        Set<RunState> reached = new HashSet<>(Set.of(RunState.QUEUED, RunState.AWAITING_APPROVAL));
        runRows().forEach(row -> reached.add(row.to()));
        assertThat(reached).containsAll(Arrays.asList(RunState.values()));
    }

    @Test
    void every_state_of_a_step_can_be_reached() {
        Set<StepState> reached = new HashSet<>(Set.of(StepState.PENDING));
        stepRows().forEach(row -> reached.add(row.to()));
        assertThat(reached).containsAll(Arrays.asList(StepState.values()));
    }

    @Test
    void every_happening_happens_somewhere() {
        assertThat(runRows().map(LifeCycle.Transition::happening)).contains(RunHappening.values());
        assertThat(stepRows().map(LifeCycle.Transition::happening)).contains(StepHappening.values());
    }

    @Test
    void a_run_that_is_not_over_can_always_be_stopped() {
        assertThat(Arrays.stream(RunState.values()).filter(state -> !state.isFinal()))
                .allMatch(state -> RunState.LIFE.next(state, RunHappening.ABORT).isPresent()
                        || RunState.LIFE.next(state, RunHappening.REJECTED).isPresent());
    }

    @Test
    void an_unknown_step_never_becomes_running_by_itself() {
        assertThat(StepState.LIFE.next(StepState.UNKNOWN, StepHappening.BEGAN)).isEmpty();
    }

    @Test
    void the_words_are_those_of_the_contract() {
        assertThat(Arrays.stream(RunState.values()).map(RunState::word))
                .containsExactly(
                        "awaiting-approval",
                        "queued",
                        "running",
                        "waiting",
                        "paused",
                        "rolling-back",
                        "succeeded",
                        "failed",
                        "rolled-back",
                        "rollback-failed",
                        "aborted");
        assertThat(Arrays.stream(StepState.values()).map(StepState::word))
                .containsExactly(
                        "pending", "running", "waiting", "succeeded", "failed", "skipped", "unknown", "rolled-back");
    }

    @Test
    void the_documentation_shows_every_row() throws Exception {
        String page = Files.readString(Path.of("docs/run.md"));
        assertThat(runRows()
                        .map(row -> line(
                                row.from().word(),
                                row.happening().word(),
                                row.to().word())))
                .allMatch(page::contains);
        assertThat(stepRows()
                        .map(row -> line(
                                row.from().word(),
                                row.happening().word(),
                                row.to().word())))
                .allMatch(page::contains);
    }

    private static String line(String from, String happening, String to) {
        return "| " + from + " | " + happening + " | " + to + " |";
    }
}
