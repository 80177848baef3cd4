package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.access.Caller;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Runbook runbook = Samples.runbook("""
          - {id: one, title: Make the table, phase: prepare, shell: {target: host, command: echo 1}, rollback: {shell: {target: host, command: echo -1}}}
          - {id: two, title: Switch, phase: change, shell: {target: host, command: echo 2}, rollback: {shell: {target: host, command: echo -2}}}
          - {id: look, title: Look, phase: verify, manual: {instructions: Look.}, noRollback: only looking}
        """);
    private final Run run = new Run(
            new Run.Order(
                    new MigrationRevision(null, 1, runbook.content(), "", "", "", null, NOW, "admin"),
                    null,
                    "{}",
                    "shop",
                    Purpose.LIVE,
                    "applied",
                    "none",
                    null,
                    null,
                    "admin",
                    null,
                    null),
            NOW);
    private final List<RunStep> steps = new ArrayList<>();

    private HeadlineTest step(int leg, Leg direction, String id, StepHappening... happened) {
        RunbookStep written = runbook.step(id).orElseThrow();
        var step = new RunStep(
                run,
                leg,
                direction,
                steps.size() + 1,
                id,
                written.title(),
                written.phase().word(),
                written.kind(),
                0);
        for (StepHappening what : happened) {
            step.setState(StepState.LIFE.next(step.state(), what).orElseThrow(), NOW);
        }
        steps.add(step);
        return this;
    }

    private String headline(RunState state) {
        run.setState(state, NOW);
        Headline headline = Headline.of(new Walk(run, runbook, steps), NOW.plus(Duration.ofMinutes(2)));
        return headline.mark().word() + " | " + headline.text();
    }

    @Test
    void counts_the_steps_while_it_runs() {
        step(1, Leg.FORWARD, "one", StepHappening.BEGAN, StepHappening.SUCCEED)
                .step(1, Leg.FORWARD, "two", StepHappening.BEGAN)
                .step(1, Leg.FORWARD, "look");

        assertThat(headline(RunState.RUNNING)).isEqualTo("Step 2 of 3 | Switch");
    }

    @Test
    void says_what_was_asked_of_it() {
        step(1, Leg.FORWARD, "one", StepHappening.BEGAN);
        run.wants(Wanted.PAUSE, "admin", null);

        assertThat(headline(RunState.RUNNING)).isEqualTo("Step 1 of 1 | Make the table; pauses after this step");
    }

    @Test
    void names_the_step_that_failed() {
        step(1, Leg.FORWARD, "one", StepHappening.BEGAN, StepHappening.SUCCEED)
                .step(1, Leg.FORWARD, "two", StepHappening.BEGAN, StepHappening.FAIL);

        assertThat(headline(RunState.WAITING)).isEqualTo("Step 2 failed | Switch; the run waits for you");
    }

    @Test
    void never_calls_a_lost_step_failed() {
        step(1, Leg.FORWARD, "one", StepHappening.BEGAN, StepHappening.LOST);

        assertThat(headline(RunState.WAITING)).startsWith("Step 1: outcome unknown");
    }

    @Test
    void counts_what_is_undone_on_the_way_back() {
        step(1, Leg.FORWARD, "one", StepHappening.BEGAN, StepHappening.SUCCEED)
                .step(2, Leg.BACK, "two", StepHappening.BEGAN, StepHappening.SUCCEED)
                .step(2, Leg.BACK, "one", StepHappening.BEGAN);
        run.turns(Leg.BACK, 2);

        assertThat(headline(RunState.ROLLING_BACK)).isEqualTo("Way back, 1 of 2 undone | Make the table");
    }

    @Test
    void a_failed_undo_is_called_one() {
        step(2, Leg.BACK, "two", StepHappening.BEGAN, StepHappening.FAIL);
        run.turns(Leg.BACK, 2);

        assertThat(headline(RunState.ROLLBACK_FAILED)).startsWith("Undo of step 2 failed");
    }

    @Test
    void the_record_says_how_it_ended_and_how_long_it_took() {
        run.setState(RunState.RUNNING, NOW);
        run.setState(RunState.SUCCEEDED, NOW.plus(Duration.ofMinutes(2)));

        assertThat(Headline.of(new Walk(run, runbook, steps), NOW).text()).isEqualTo("in 2 min");
    }

    @Test
    void the_bars_fill_the_picture_and_know_their_states() {
        step(1, Leg.FORWARD, "one", StepHappening.BEGAN, StepHappening.SUCCEED)
                .step(1, Leg.FORWARD, "two", StepHappening.BEGAN)
                .step(1, Leg.FORWARD, "look");

        Segments segments = Segments.of(new Walk(run, runbook, steps), StepTimes.NONE, NOW);

        assertThat(segments.bars())
                .extracting(Segments.Bar::css)
                .containsExactly("sg-ok", "sg-run", "sg-fill", "sg-idle");
        assertThat(segments.bars().get(3).x()).isEqualTo("668.7");
        assertThat(segments.label()).isEqualTo("1 of 3 steps done on the first leg");
    }

    @Test
    void who_is_to_approve_sees_by_when_and_why_again() {
        assertThat(headline(RunState.AWAITING_APPROVAL))
                .isEqualTo("Awaiting approval | other people have to agree first");
        run.startsAt(NOW.plus(Duration.ofHours(1)), Caller.of("test"));
        run.because("A yes is missing: ann took their yes back");
        assertThat(headline(RunState.AWAITING_APPROVAL))
                .endsWith("| A yes is missing: ann took their yes back; it is to start at 2026-11-22 11:00:00 UTC");
    }
}
