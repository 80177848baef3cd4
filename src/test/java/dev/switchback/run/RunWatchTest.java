package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.runbook.Runbook;
import dev.switchback.step.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Answer YES = new Answer(Answer.State.HOLDS, Optional.of("0"), "0", "was 0, expected 0");
    private static final Answer NO = new Answer(Answer.State.DOES_NOT_HOLD, Optional.of("3"), "0", "was 3, expected 0");
    private static final Answer NONE =
            new Answer(Answer.State.COULD_NOT_ASK, Optional.empty(), "0", "could not ask: connection refused");

    private static final Runbook RUNBOOK = Samples.runbook("""
              - id: one
                title: One
                phase: change
                shell: {target: host, command: "true"}
                rollback: {shell: {target: host, command: "true"}, needs: [{shell: {target: host, command: test -e backup}}]}
            holds:
              - {name: nobody else writes, shell: {target: host, command: cat writers}, is: 0}
              - {name: calm, http: {target: web, request: GET /calm}}
            """);

    private static RunWatch hold() {
        return new RunWatch(null, WatchPlan.of(RUNBOOK).watches().get(0));
    }

    private static RunWatch need() {
        return new RunWatch(null, WatchPlan.of(RUNBOOK).watches().get(2));
    }

    private static Optional<String> hear(RunWatch watch, Answer answer, NeedStanding standing) {
        assertThat(watch.isNews(answer, standing) || answer == null || answer == YES)
                .isTrue();
        return watch.heard(answer, standing, NOW);
    }

    @Test
    void holds_come_first_then_what_each_undo_needs() {
        WatchPlan plan = WatchPlan.of(RUNBOOK);

        assertThat(plan.watches())
                .extracting(WatchPlan.Watch::no, WatchPlan.Watch::kind, WatchPlan.Watch::stepId)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "hold", null),
                        org.assertj.core.groups.Tuple.tuple(2, "hold", null),
                        org.assertj.core.groups.Tuple.tuple(3, "need", "one"));
        assertThat(plan.watches())
                .extracting(WatchPlan.Watch::name)
                .containsExactly("nobody else writes", "calm", "test -e backup exit status 0");
    }

    @Test
    void a_runbook_that_declares_neither_is_not_watched() {
        assertThat(WatchPlan.of(Samples.runbook(
                                "  - {id: one, title: One, phase: verify, wait: {for: 1s}, noRollback: waits}\n"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_hold_breaks_and_comes_back_with_one_event_each() {
        RunWatch hold = hold();

        assertThat(hear(hold, YES, NeedStanding.GONE)).isEmpty();
        assertThat(hear(hold, NO, NeedStanding.GONE)).contains("hold-broken");
        assertThat(hold.sentence()).isEqualTo("Hold broken: nobody else writes (was 3, expected 0)");
        assertThat(hold.isNews(NO, NeedStanding.GONE)).isFalse();
        assertThat(hold.isAgainst()).isTrue();
        assertThat(hear(hold, YES, NeedStanding.GONE)).contains("hold-again");
        assertThat(hold.isAgainst()).isFalse();
    }

    @Test
    void could_not_ask_is_said_and_never_read_as_broken() {
        RunWatch hold = hold();

        assertThat(hear(hold, NONE, NeedStanding.GONE)).contains("hold-not-asked");

        assertThat(hold.state()).isEqualTo("could-not-ask");
        assertThat(hold.sentence()).startsWith("Hold could not be asked: nobody else writes");
        assertThat(hold.isAgainst()).isTrue();
    }

    @Test
    void who_went_on_against_it_is_not_asked_again_until_it_held_once() {
        RunWatch hold = hold();
        hear(hold, NO, NeedStanding.GONE);
        hold.accept("operator");

        hold.heard(NO, NeedStanding.GONE, NOW);
        assertThat(hold.isAgainst()).isFalse();
        assertThat(Watches.against(List.of(hold), true)).isEmpty();

        hear(hold, YES, NeedStanding.GONE);
        hear(hold, NO, NeedStanding.GONE);
        assertThat(Watches.against(List.of(hold), false)).isPresent();
    }

    @Test
    void what_the_undo_of_a_step_to_come_needs_may_still_come_into_being() {
        RunWatch need = need();

        assertThat(hear(need, NO, NeedStanding.TO_COME)).isEmpty();
        assertThat(need.isLost()).isFalse();
        assertThat(hear(need, NO, NeedStanding.IN_EFFECT)).contains("way-back-lost");
        assertThat(need.sentence()).startsWith("Way back not ready: step one needs test -e backup");
        assertThat(hear(need, YES, NeedStanding.IN_EFFECT)).contains("way-back-ready");
    }

    @Test
    void what_was_there_and_went_away_counts_before_its_step_too() {
        RunWatch need = need();
        hear(need, YES, NeedStanding.TO_COME);

        assertThat(hear(need, NO, NeedStanding.TO_COME)).contains("way-back-lost");
    }

    @Test
    void nothing_is_needed_any_more_for_a_step_that_is_undone() {
        RunWatch need = need();
        hear(need, NO, NeedStanding.IN_EFFECT);

        assertThat(need.isNews(null, NeedStanding.GONE)).isTrue();
        assertThat(need.heard(null, NeedStanding.GONE, NOW)).isEmpty();
        assertThat(need.isLost()).isFalse();
    }

    @Test
    void a_missing_need_stands_in_the_way_of_a_change_only() {
        RunWatch need = need();
        hear(need, NO, NeedStanding.IN_EFFECT);

        assertThat(Watches.against(List.of(need), false)).isEmpty();
        assertThat(Watches.against(List.of(need), true)).contains(need.sentence());
    }
}
