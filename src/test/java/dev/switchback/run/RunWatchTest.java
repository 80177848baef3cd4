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

    private static final NeedPlace IN_EFFECT = new NeedPlace(NeedPlace.Standing.IN_EFFECT, null);
    private static final NeedPlace TO_COME = new NeedPlace(NeedPlace.Standing.TO_COME, null);

    private static RunWatch hold() {
        return new RunWatch(null, WatchPlan.of(RUNBOOK).watches().get(0));
    }

    private static RunWatch need() {
        return new RunWatch(null, WatchPlan.of(RUNBOOK).watches().get(2));
    }

    private static Optional<String> hear(RunWatch watch, Answer answer, NeedPlace place) {
        assertThat(watch.isNews(answer, place, NOW) || answer == YES).isTrue();
        return watch.heard(answer, place, NOW);
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
                .containsExactly("nobody else writes", "calm", "test -e backup");
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

        assertThat(hear(hold, YES, NeedPlace.NOWHERE)).isEmpty();
        assertThat(hear(hold, NO, NeedPlace.NOWHERE)).contains("hold-broken");
        assertThat(hold.sentence()).isEqualTo("Hold broken: nobody else writes (was 3, expected 0)");
        assertThat(hold.isNews(NO, NeedPlace.NOWHERE, NOW)).isFalse();
        assertThat(hold.isAgainst()).isTrue();
        assertThat(hear(hold, YES, NeedPlace.NOWHERE)).contains("hold-again");
        assertThat(hold.isAgainst()).isFalse();
    }

    @Test
    void could_not_ask_is_said_and_never_read_as_broken() {
        RunWatch hold = hold();

        assertThat(hear(hold, NONE, NeedPlace.NOWHERE)).contains("hold-not-asked");

        assertThat(hold.state()).isEqualTo("could-not-ask");
        assertThat(hold.sentence()).startsWith("Hold could not be asked: nobody else writes");
        assertThat(hold.isAgainst()).isTrue();
    }

    @Test
    void who_went_on_against_it_is_not_asked_again_until_it_held_once() {
        RunWatch hold = hold();
        hear(hold, NO, NeedPlace.NOWHERE);
        hold.accept("operator");

        hold.heard(NO, NeedPlace.NOWHERE, NOW);
        assertThat(hold.isAgainst()).isFalse();
        assertThat(Watches.against(List.of(hold), true)).isEmpty();

        hear(hold, YES, NeedPlace.NOWHERE);
        hear(hold, NO, NeedPlace.NOWHERE);
        assertThat(Watches.against(List.of(hold), false)).isPresent();
    }

    @Test
    void what_the_undo_of_a_step_to_come_needs_may_still_come_into_being() {
        RunWatch need = need();

        assertThat(hear(need, NO, TO_COME)).isEmpty();
        assertThat(need.isLost()).isFalse();
        assertThat(hear(need, NO, IN_EFFECT)).contains("way-back-lost");
        assertThat(need.sentence()).startsWith("Way back not ready: step one needs test -e backup");
        assertThat(hear(need, YES, IN_EFFECT)).contains("way-back-ready");
    }

    private static NeedPlace behindOneThatEnded(Instant at) {
        return new NeedPlace(NeedPlace.Standing.IN_EFFECT, at);
    }

    @Test
    void what_a_later_step_made_untrue_its_undo_may_make_true_again() {
        RunWatch need = need();
        hear(need, YES, IN_EFFECT);

        assertThat(hear(need, NO, behindOneThatEnded(NOW.plusSeconds(5)))).isEmpty();
        assertThat(need.isLost()).isFalse();
        assertThat(need.heldToTheEnd(behindOneThatEnded(NOW.plusSeconds(5)))).isFalse();
    }

    @Test
    void what_held_although_everything_later_was_in_effect_is_missing_for_sure() {
        RunWatch need = need();
        NeedPlace place = behindOneThatEnded(NOW.minusSeconds(5));
        hear(need, YES, place);

        assertThat(need.heldToTheEnd(place)).isTrue();
        assertThat(hear(need, NO, place)).contains("way-back-lost");
    }

    @Test
    void what_is_missing_stays_missing_until_it_holds_again() {
        RunWatch need = need();
        hear(need, NO, IN_EFFECT);

        assertThat(need.heard(NO, behindOneThatEnded(Instant.MAX), NOW)).isEmpty();
        assertThat(need.isLost()).isTrue();
    }

    @Test
    void that_it_still_holds_after_a_later_step_is_written_once() {
        RunWatch need = need();
        need.heard(YES, IN_EFFECT, NOW);
        NeedPlace after = behindOneThatEnded(NOW.plusSeconds(5));

        assertThat(need.isNews(YES, after, NOW.plusSeconds(1))).isFalse();
        assertThat(need.isNews(YES, after, NOW.plusSeconds(6))).isTrue();
        need.heard(YES, after, NOW.plusSeconds(6));
        assertThat(need.isNews(YES, after, NOW.plusSeconds(7))).isFalse();
    }

    @Test
    void the_later_steps_that_can_be_undone_decide_what_is_settled() {
        Runbook runbook = Samples.runbook("""
                  - {id: one, title: One, phase: change, shell: {target: host, command: "true"}, rollback: {shell: {target: host, command: "true"}}}
                  - {id: look, title: Look, phase: verify, wait: {for: 1s}, noRollback: waits}
                  - {id: two, title: Two, phase: change, shell: {target: host, command: "true"}, rollback: {shell: {target: host, command: "true"}}}
                  - {id: three, title: Three, phase: change, shell: {target: host, command: "true"}, rollback: {shell: {target: host, command: "true"}}}
                """);
        RunFixture fixture = RunFixture.run(Purpose.LIVE)
                .after(RunHappening.STARTED)
                .step("one", StepHappening.BEGAN, StepHappening.SUCCEED)
                .step("look", StepHappening.BEGAN, StepHappening.SUCCEED);
        var places = NeedPlace.of(new Walk(fixture.run(), runbook, fixture.leg()));
        assertThat(places.get("one")).isEqualTo(IN_EFFECT);

        fixture.step("two", StepHappening.BEGAN).step("three");
        places = NeedPlace.of(new Walk(fixture.run(), runbook, fixture.leg()));
        assertThat(places.get("one").settled()).isEqualTo(Instant.MAX);
        assertThat(places.get("two")).isEqualTo(IN_EFFECT);
        assertThat(places.get("three")).isEqualTo(TO_COME);
    }

    @Test
    void nothing_is_needed_any_more_for_a_step_that_is_undone() {
        RunWatch need = need();
        hear(need, NO, IN_EFFECT);

        assertThat(need.isNews(null, NeedPlace.NOWHERE, NOW)).isTrue();
        assertThat(need.heard(null, NeedPlace.NOWHERE, NOW)).isEmpty();
        assertThat(need.isLost()).isFalse();
        assertThat(need.state()).isEqualTo("unasked");
    }

    @Test
    void an_old_answer_says_nothing_about_the_step_when_it_is_done_again() {
        RunWatch need = need();
        hear(need, YES, IN_EFFECT);
        hear(need, NO, behindOneThatEnded(NOW.plusSeconds(5)));

        assertThat(need.heard(null, IN_EFFECT, NOW.plusSeconds(9))).isEmpty();
        assertThat(need.isLost()).isFalse();
    }

    @Test
    void a_missing_need_stands_in_the_way_of_a_change_only() {
        RunWatch need = need();
        hear(need, NO, IN_EFFECT);

        assertThat(Watches.against(List.of(need), false)).isEmpty();
        assertThat(Watches.against(List.of(need), true)).contains(need.sentence());
    }
}
