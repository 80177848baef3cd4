package dev.switchback.engine;

import static dev.switchback.measurement.MeasurementState.COMPLETE;
import static dev.switchback.measurement.MeasurementState.FAILED;
import static dev.switchback.measurement.MeasurementState.INTERRUPTED;
import static dev.switchback.measurement.MeasurementState.STOPPED;
import static dev.switchback.measurement.Moment.AFTER;
import static dev.switchback.measurement.Moment.BEFORE;
import static dev.switchback.run.RunFixture.run;
import static dev.switchback.run.RunFixture.runThatMeasures;
import static dev.switchback.run.StepHappening.AGAIN;
import static dev.switchback.run.StepHappening.BEGAN;
import static dev.switchback.run.StepHappening.FAIL;
import static dev.switchback.run.StepHappening.SUCCEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.engine.MeasureLegs.Due;
import dev.switchback.engine.MeasureLegs.Sat;
import dev.switchback.measurement.MeasurementState;
import dev.switchback.measurement.Moment;
import dev.switchback.run.Leg;
import dev.switchback.run.Purpose;
import dev.switchback.run.RunFixture;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a run measures. */
class MeasureLegsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static Optional<Due> due(RunFixture given, Sat... taken) {
        List<RunStep> left =
                given.leg().stream().filter(step -> !step.state().isPassed()).toList();
        return MeasureLegs.due(given.run(), true, left, NextMove.of(given.run(), given.leg(), NOW), List.of(taken));
    }

    private static Sat sat(int legNo, Moment moment, MeasurementState state) {
        return new Sat(legNo, moment, state, false);
    }

    private static RunFixture rehearsal() {
        return runThatMeasures(Purpose.REHEARSAL).after(RunHappening.STARTED);
    }

    private static RunFixture live() {
        return runThatMeasures(Purpose.LIVE).after(RunHappening.STARTED);
    }

    @Test
    void measures_the_old_state_before_the_first_step() {
        assertThat(due(rehearsal().step("one").step("two"))).contains(new Due(BEFORE, Leg.FORWARD, 1));
        assertThat(due(live().step("one"))).contains(new Due(BEFORE, Leg.FORWARD, 1));
    }

    @Test
    void never_measures_a_state_that_a_step_may_have_changed_as_the_old_one() {
        assertThat(due(live().step("one", BEGAN, SUCCEED).step("two"))).isEmpty();
        assertThat(due(live().step("one", BEGAN, FAIL, AGAIN).step("two"))).isEmpty();
    }

    @Test
    void measures_where_each_leg_of_a_rehearsal_has_led_to() {
        assertThat(due(rehearsal().step("one", BEGAN, SUCCEED))).contains(new Due(AFTER, Leg.FORWARD, 1));
        assertThat(due(rehearsal().on(Leg.BACK, 2).step("one", BEGAN, SUCCEED))).contains(new Due(BEFORE, Leg.BACK, 2));
        assertThat(due(rehearsal().on(Leg.AGAIN, 3).step("one", BEGAN, SUCCEED)))
                .contains(new Due(AFTER, Leg.AGAIN, 3));
    }

    @Test
    void measures_each_state_once() {
        var given = rehearsal().step("one", BEGAN, SUCCEED);
        assertThat(due(given, sat(1, BEFORE, COMPLETE))).isPresent();
        assertThat(due(given, sat(1, AFTER, COMPLETE))).isEmpty();
        assertThat(due(given, sat(1, AFTER, FAILED))).isEmpty();
    }

    @Test
    void measures_again_what_broke_off_with_its_driver_but_not_for_ever() {
        var given = live().step("one");
        assertThat(due(given, sat(1, BEFORE, INTERRUPTED))).isPresent();
        assertThat(due(given, sat(1, BEFORE, STOPPED), sat(1, BEFORE, INTERRUPTED)))
                .isPresent();
        assertThat(due(given, sat(1, BEFORE, INTERRUPTED), sat(1, BEFORE, INTERRUPTED), sat(1, BEFORE, INTERRUPTED)))
                .isEmpty();
    }

    @Test
    void goes_on_without_what_a_person_has_stopped() {
        assertThat(due(live().step("one"), new Sat(1, BEFORE, STOPPED, true))).isEmpty();
    }

    @Test
    void measures_nothing_more_when_it_was_called_back() {
        var given = rehearsal().after(RunHappening.ROLL_BACK).on(Leg.BACK, 2).step("one", BEGAN, SUCCEED);
        assertThat(due(given)).isEmpty();
    }

    @Test
    void measures_nothing_when_nobody_asked_for_it_or_nothing_is_declared() {
        assertThat(due(run(Purpose.LIVE).after(RunHappening.STARTED).step("one")))
                .isEmpty();
        assertThat(due(runThatMeasures(Purpose.ROLLBACK)
                        .after(RunHappening.STARTED_BACK)
                        .step("one")))
                .isEmpty();
        var given = live().step("one");
        assertThat(MeasureLegs.due(
                        given.run(), false, given.leg(), NextMove.of(given.run(), given.leg(), NOW), List.of()))
                .isEmpty();
    }
}
