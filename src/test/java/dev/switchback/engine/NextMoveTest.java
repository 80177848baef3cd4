package dev.switchback.engine;

import static dev.switchback.run.RunFixture.rehearsalThatRestores;
import static dev.switchback.run.RunFixture.run;
import static dev.switchback.run.StepHappening.ASKED_PERSON;
import static dev.switchback.run.StepHappening.BEGAN;
import static dev.switchback.run.StepHappening.FAIL;
import static dev.switchback.run.StepHappening.SKIP;
import static dev.switchback.run.StepHappening.SUCCEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.run.Leg;
import dev.switchback.run.Purpose;
import dev.switchback.run.RunFixture;
import dev.switchback.run.RunHappening;
import dev.switchback.run.Wanted;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NextMoveTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static NextMove next(RunFixture given) {
        return NextMove.of(given.run(), given.leg(), NOW);
    }

    private static RunFixture live() {
        return run(Purpose.LIVE).after(RunHappening.STARTED);
    }

    private static RunFixture rehearsal() {
        return run(Purpose.REHEARSAL).after(RunHappening.STARTED);
    }

    @Test
    void takes_a_queued_run_up() {
        assertThat(next(run(Purpose.LIVE).step("one"))).isEqualTo(new NextMove.Begin());
    }

    @Test
    void tries_the_first_step_that_is_not_passed() {
        var given = live().step("one", BEGAN, SUCCEED)
                .step("two", SKIP)
                .step("three")
                .step("four");
        assertThat(next(given)).isEqualTo(new NextMove.Try(given.leg().get(2)));
    }

    @Test
    void finishes_when_every_step_is_passed() {
        assertThat(next(live().step("one", BEGAN, SUCCEED))).isEqualTo(new NextMove.Finish());
    }

    @Test
    void never_tries_again_what_was_running_when_its_driver_disappeared() {
        var given = live().step("one", BEGAN).step("two");
        assertThat(next(given)).isEqualTo(new NextMove.Settle(given.leg().get(0)));
    }

    @Test
    void settles_an_interrupted_step_before_it_obeys() {
        var given = live().step("one", BEGAN).wanting(Wanted.ROLLBACK);
        assertThat(next(given)).isInstanceOf(NextMove.Settle.class);
    }

    @Test
    void obeys_a_person_between_two_steps() {
        assertThat(next(live().step("one").wanting(Wanted.PAUSE))).isEqualTo(new NextMove.Obey(Wanted.PAUSE));
    }

    @Test
    void rests_until_a_retry_is_due_and_then_tries() {
        var given = live().step("one").notBefore(NOW.plusSeconds(2));
        assertThat(next(given)).isEqualTo(new NextMove.Rest(NOW.plusSeconds(2)));
        assertThat(NextMove.of(given.run(), given.leg(), NOW.plusSeconds(2))).isInstanceOf(NextMove.Try.class);
    }

    @Test
    void lets_go_of_a_run_that_waits_for_a_person() {
        var given = live().after(RunHappening.ASKED).step("one", BEGAN, ASKED_PERSON);
        assertThat(next(given)).isEqualTo(new NextMove.LetGo());
    }

    @Test
    void asks_about_a_failed_step_and_never_walks_over_it() {
        var given = live().step("one", BEGAN, FAIL).step("two");
        assertThat(next(given)).isEqualTo(new NextMove.Ask(given.leg().get(0)));
    }

    @Test
    void a_rehearsal_goes_forward_back_and_forward_again() {
        assertThat(next(rehearsal().step("one", BEGAN, SUCCEED))).isEqualTo(new NextMove.Turn(Leg.BACK, 2));
        assertThat(next(rehearsal().on(Leg.BACK, 2).step("one", BEGAN, SUCCEED)))
                .isEqualTo(new NextMove.Turn(Leg.AGAIN, 3));
        assertThat(next(rehearsal().on(Leg.AGAIN, 3).step("one", BEGAN, SUCCEED)))
                .isEqualTo(new NextMove.Finish());
    }

    @Test
    void a_rehearsal_that_restores_goes_back_once_more() {
        var given = rehearsalThatRestores().after(RunHappening.STARTED);
        assertThat(next(given.on(Leg.AGAIN, 3).step("one", BEGAN, SUCCEED))).isEqualTo(new NextMove.Turn(Leg.BACK, 4));
    }

    @Test
    void a_rehearsal_that_was_called_back_ends_when_everything_is_undone() {
        var given = rehearsal().after(RunHappening.ROLL_BACK).on(Leg.BACK, 2).step("one", BEGAN, SUCCEED);
        assertThat(next(given)).isEqualTo(new NextMove.Finish());
    }
}
