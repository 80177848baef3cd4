package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.runbook.Runbook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two steps of 5 s and an undo of 3 s; what is measured takes a warm-up of 2 s and 20 blocks of 50 at 10 a second. */
class UsualTimeTest {

    private static final String STEPS = """
          - {id: one, title: One, phase: prepare, shell: {target: host, command: echo 1}, rollback: {shell: {target: host, command: echo -1}}}
          - {id: two, title: Two, phase: verify, shell: {target: host, command: echo 2}, noRollback: only looks}
        """;
    private static final String METRICS = """
        metrics:
          - {name: list, class: warm, http: {target: web, request: GET /list}}
        """;

    private final StepTimes times = new StepTimes(
            Map.of("one", Duration.ofSeconds(5), "two", Duration.ofSeconds(5)), Map.of("one", Duration.ofSeconds(3)));

    private Optional<Duration> usually(RunFixture given, String more) {
        Runbook runbook = Samples.runbook(STEPS + more);
        given.step("one").step("two");
        return UsualTime.of(new Walk(given.run(), runbook, given.leg()), times);
    }

    @Test
    void a_rehearsal_takes_the_way_there_back_and_there_again() {
        assertThat(usually(RunFixture.run(Purpose.REHEARSAL), "")).contains(Duration.ofSeconds(23));
        assertThat(usually(RunFixture.rehearsalThatRestores(), "")).contains(Duration.ofSeconds(26));
        assertThat(usually(RunFixture.run(Purpose.LIVE), "")).contains(Duration.ofSeconds(10));
    }

    @Test
    void what_is_measured_is_counted() {
        Duration live =
                usually(RunFixture.runThatMeasures(Purpose.LIVE), METRICS).orElseThrow();
        Duration rehearsal =
                usually(RunFixture.runThatMeasures(Purpose.REHEARSAL), METRICS).orElseThrow();

        assertThat(live).isGreaterThan(Duration.ofMinutes(3));
        assertThat(rehearsal.minusSeconds(23)).isEqualTo(live.minusSeconds(10).multipliedBy(2));
        assertThat(usually(RunFixture.run(Purpose.LIVE), METRICS)).contains(Duration.ofSeconds(10));
    }

    @Test
    void a_run_that_was_called_back_measures_nothing_more() {
        var back = RunFixture.runThatMeasures(Purpose.LIVE).after(RunHappening.STARTED, RunHappening.ROLL_BACK);
        assertThat(usually(back, METRICS)).contains(Duration.ofSeconds(10));
    }

    @Test
    void nothing_is_promised_while_a_step_was_never_timed() {
        var other = new StepTimes(Map.of("one", Duration.ofSeconds(5)), Map.of());
        var given = RunFixture.run(Purpose.LIVE).step("one").step("two");
        assertThat(UsualTime.of(new Walk(given.run(), Samples.runbook(STEPS), given.leg()), other))
                .isEmpty();
        assertThat(UsualTime.of(new Walk(given.run(), Samples.runbook(STEPS), List.of()), times))
                .isEmpty();
    }
}
