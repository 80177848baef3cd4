package dev.switchback.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.switchback.verdict.Availability.StepWindow;
import dev.switchback.verdict.Probe.Failure;
import dev.switchback.verdict.Probe.Prober;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {

    private static final List<StepWindow> STEPS = List.of(
            new StepWindow("create-table", "forward", 1_000, 4_000),
            new StepWindow("restart", "forward", 5_000, 9_000));

    /** One prober that sends in the middle of each slot of 100 ms; what it sends at some times fails. */
    private static List<Probe> probes(Prober prober, double seconds, double offset, DoublePredicate fails) {
        var probes = new ArrayList<Probe>();
        for (int slot = 0; slot < seconds * 10; slot++) {
            double at = slot * 100 + offset;
            probes.add(probe(prober, at, fails.test(at) ? Failure.REFUSED : null));
        }
        return probes;
    }

    private static Probe probe(Prober prober, double at, Failure failure) {
        return new Probe(prober, at, at, 4, failure, false, "a", failure == null ? null : "connection refused");
    }

    private static List<Probe> both(double seconds, DoublePredicate fails) {
        return Stream.concat(
                        probes(Prober.NEW_CONNECTION, seconds, 25, fails).stream(),
                        probes(Prober.KEPT_OPEN, seconds, 75, fails).stream())
                .toList();
    }

    private static Availability of(double seconds, List<Probe> probes) {
        return Availability.of(0, seconds * 1_000, 100, probes, STEPS);
    }

    @Test
    void nothing_failed_and_what_would_have_shown_is_said() {
        Availability all = of(770, both(770, at -> false));
        assertThat(all.withoutDowntime()).isTrue();
        assertThat(all.coverage()).isEqualTo(1);
        assertThat(all.largestGapMs()).isEqualTo(50);
        assertThat(all.sentence())
                .isEqualTo(
                        "0 of 15,400 probes failed in 12 min 50 s. Longest gap between probes 0.05 s, so an outage of"
                                + " 0.1 s would show. If single requests failed at random, fewer than 0.02 % did (95 %).");
    }

    @Test
    void random_moments_of_two_probers_leave_no_gap_of_200_ms() {
        var random = new Random(7);
        List<Probe> probes = new ArrayList<>();
        for (int slot = 0; slot < 7_700; slot++) {
            probes.add(probe(Prober.NEW_CONNECTION, slot * 100 + random.nextDouble() * 100, null));
            probes.add(probe(Prober.KEPT_OPEN, slot * 100 + random.nextDouble() * 100, null));
        }
        Availability all = of(770, probes);
        assertThat(all.largestGapMs()).isBetween(100.0, 200.0);
        assertThat(all.sentence()).contains("so an outage of 0.2 s would show");
    }

    @Test
    void an_outage_is_bounded_and_attributed_to_the_step_in_which_it_fell() {
        Availability all = of(10, both(10, at -> at >= 6_000 && at < 6_300));
        assertThat(all.failed()).isEqualTo(6);
        assertThat(all.withoutDowntime()).isFalse();
        assertThat(all.outages()).hasSize(1);
        assertThat(all.outages().get(0)).satisfies(outage -> {
            assertThat(outage.complete()).isTrue();
            assertThat(outage.shortestMs()).isEqualTo(250);
            assertThat(outage.longestMs()).isEqualTo(350);
            assertThat(outage.step()).isEqualTo("restart");
        });
        assertThat(all.steps()).extracting(Availability.StepShare::failed).containsExactly(0, 6);
        assertThat(all.sentence())
                .startsWith(
                        "6 of 200 probes failed in 10 s. 6 refused. Everything failed for 0.25 to 0.35 s, beginning in"
                                + " step restart.");
    }

    @Test
    void one_bad_instance_of_three_is_a_partial_outage() {
        var random = new Random(3);
        Availability all = of(10, both(10, at -> at >= 2_000 && at < 4_000 && random.nextInt(3) == 0));
        assertThat(all.outages()).hasSize(1);
        assertThat(all.outages().get(0).complete()).isFalse();
        assertThat(all.outages().get(0).sent())
                .isGreaterThan(all.outages().get(0).failed());
        assertThat(all.sentence()).contains("Part of the requests failed");
    }

    @Test
    void two_outages_more_than_a_second_apart_are_two() {
        Availability all = of(10, both(10, at -> at >= 2_000 && at < 2_200 || at >= 6_000 && at < 6_100));
        assertThat(all.outages()).extracting(Availability.Outage::step).containsExactly("create-table", "restart");
    }

    @Test
    void a_failure_between_two_steps_belongs_to_the_one_that_began_last() {
        Availability all = of(10, both(10, at -> at == 4_525));
        assertThat(all.outages()).extracting(Availability.Outage::step).containsExactly("create-table");
        assertThat(all.steps()).extracting(Availability.StepShare::failed).containsExactly(0, 0);
    }

    @Test
    void a_failure_before_the_first_step_belongs_to_none() {
        Availability all = of(10, both(10, at -> at == 25));
        assertThat(all.outages().get(0).step()).isNull();
    }

    @Test
    void a_probe_that_was_not_sent_is_not_a_success() {
        List<Probe> silent = both(100, at -> false).stream()
                .filter(probe -> probe.sentMs() < 30_000 || probe.sentMs() > 33_200)
                .toList();
        Availability all = of(100, silent);
        assertThat(all.failed()).isZero();
        assertThat(all.withoutDowntime()).isFalse();
        assertThat(all.coverage()).isCloseTo(0.968, within(0.001));
        assertThat(all.sentence())
                .contains("Availability is not proven: nothing was sent for 3.25 s from second 30 on")
                .doesNotContain("would show");
    }

    @Test
    void a_prober_that_died_is_not_covered_by_the_other() {
        List<Probe> probes = Stream.concat(
                        probes(Prober.NEW_CONNECTION, 100, 25, at -> false).stream(),
                        probes(Prober.KEPT_OPEN, 50, 75, at -> false).stream())
                .toList();
        Availability all = of(100, probes);
        assertThat(all.coverage()).isCloseTo(0.5, within(0.001));
        assertThat(all.withoutDowntime()).isFalse();
    }

    @Test
    void the_gap_to_the_end_counts_too() {
        Availability all = of(12, both(10, at -> false));
        assertThat(all.largestGapMs()).isEqualTo(2_025);
        assertThat(all.largestGapAtMs()).isEqualTo(9_975);
    }

    @Test
    void a_slow_answer_is_counted_and_did_not_fail() {
        List<Probe> probes = new ArrayList<>(both(10, at -> false));
        probes.add(new Probe(Prober.SLOW_REQUEST, 100, 100, 5_000, null, true, "a", null));
        Availability all = of(10, probes);
        assertThat(all.slow()).isEqualTo(1);
        assertThat(all.withoutDowntime()).isTrue();
    }

    @Test
    void a_slow_request_that_was_cut_is_a_failure() {
        List<Probe> probes = new ArrayList<>(both(10, at -> false));
        probes.add(probe(Prober.SLOW_REQUEST, 6_000, Failure.RESET));
        assertThat(of(10, probes).withoutDowntime()).isFalse();
        assertThat(of(10, probes).kinds()).containsEntry(Failure.RESET, 1);
    }

    @Test
    void without_a_probe_nothing_is_known() {
        Availability none = of(10, List.of());
        assertThat(none.withoutDowntime()).isFalse();
        assertThat(none.coverage()).isZero();
        assertThat(none.upperBound()).isEqualTo(1);
        assertThat(none.sentence()).contains("nothing is known");
    }

    @ParameterizedTest
    @CsvSource({"300,1.0", "1840,0.163", "3000,0.1", "18000,0.0166"})
    void without_a_failure_the_share_is_bounded(int probes, double percent) {
        assertThat(ProbeCount.upperBound(0, probes) * 100).isCloseTo(percent, within(percent * 0.01));
    }

    @Test
    void with_failures_the_bound_is_that_of_clopper_and_pearson() {
        // The chance of at most 1 of 100 at this share is 5 %.
        double share = ProbeCount.upperBound(1, 100);
        double chance = Math.pow(1 - share, 100) + 100 * share * Math.pow(1 - share, 99);
        assertThat(chance).isCloseTo(0.05, within(1e-9));
        assertThat(ProbeCount.upperBound(5, 5)).isEqualTo(1);
    }

    @Test
    void the_order_in_which_probes_are_told_changes_nothing() {
        List<Probe> probes = both(10, at -> at >= 6_000 && at < 6_300);
        List<Probe> turned = new ArrayList<>(probes);
        java.util.Collections.reverse(turned);
        assertThat(of(10, turned)).isEqualTo(of(10, probes));
    }
}
