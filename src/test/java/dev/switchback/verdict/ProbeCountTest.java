package dev.switchback.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.verdict.Availability.StepWindow;
import dev.switchback.verdict.Probe.Failure;
import dev.switchback.verdict.Probe.Prober;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is counted while it goes on, piece by piece, and its memory does not grow with it. */
class ProbeCountTest {

    private static final List<StepWindow> STEPS = List.of(
            new StepWindow("one", "forward", 500, 20_000),
            new StepWindow("two", "forward", 20_500, 31_000),
            new StepWindow("two", "back", 40_000, 55_000));

    /** A probe and when its answer was there. */
    private record Answered(Probe probe, double atMs) {}

    /** A minute or so: some probes are not sent, some are slow, and the service fails in its own way each time. */
    private static List<Answered> run(Random random, double slotMs) {
        var all = new ArrayList<Answered>();
        double share = random.nextDouble() < 0.3 ? 0 : random.nextDouble();
        double downFrom = random.nextDouble() * 60_000;
        double downTo = downFrom + random.nextDouble() * 5_000;
        for (Prober prober : List.of(Prober.NEW_CONNECTION, Prober.KEPT_OPEN, Prober.SLOW_REQUEST)) {
            for (int slot = 0; slot * slotMs < 60_000; slot++) {
                double sent = (slot + random.nextDouble()) * slotMs;
                boolean down = sent > downFrom && sent < downTo;
                boolean fails = down || random.nextDouble() < share * 0.01;
                double took = random.nextDouble() < 0.05 ? 900 : 5;
                if (random.nextDouble() < 0.97) {
                    Failure failure = fails ? Failure.values()[random.nextInt(10)] : null;
                    all.add(new Answered(
                            new Probe(prober, slot * slotMs, sent, took, failure, took > 500, null, null),
                            sent + took));
                }
            }
        }
        all.sort(Comparator.comparingDouble(Answered::atMs));
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 700, 3_000})
    void counts_the_same_to_the_last_bit_however_it_is_fed(int slotMs) {
        for (int seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            List<Answered> run = run(random, slotMs);
            var count = new ProbeCount(0, slotMs);
            var told = new ArrayList<Probe>();
            for (Answered each : run) {
                count.add(each.probe());
                told.add(each.probe());
                if (random.nextInt(40) == 0) {
                    // What is still to come was answered later, so it was sent 900 ms before that at the earliest.
                    count.settle(each.atMs() - 900, STEPS);
                }
                if (random.nextInt(800) == 0) {
                    assertThat(count.until(each.atMs(), STEPS))
                            .isEqualTo(Availability.of(0, each.atMs(), slotMs, told, STEPS));
                }
            }
            assertThat(count.until(61_000, STEPS)).isEqualTo(Availability.of(0, 61_000, slotMs, told, STEPS));
        }
    }

    @Test
    void keeps_only_the_probes_of_which_an_earlier_one_may_still_come() {
        var count = new ProbeCount(0, 100);
        for (int slot = 0; slot < 400_000; slot++) {
            count.add(probe(slot * 100.0, slot > 200_000 ? Failure.REFUSED : null));
            count.settle(slot * 100.0 - 1_000, STEPS);
            assertThat(count.kept()).isLessThanOrEqualTo(12);
        }
        Availability all = count.until(40_000_000, STEPS);
        assertThat(all.sent()).isEqualTo(400_000);
        assertThat(all.outages()).hasSize(1);
        assertThat(all.outages().get(0).failed()).isEqualTo(199_999);
    }

    @Test
    void a_service_that_fails_every_other_second_has_its_first_and_its_last_outages_listed() {
        var count = new ProbeCount(0, 100);
        for (int second = 0; second < 7_200; second++) {
            boolean longest = second == 3_000;
            count.add(probe(second * 1_000.0, second % 2 == 0 ? Failure.REFUSED : null));
            count.add(probe(second * 1_000.0 + 900, longest ? Failure.REFUSED : null));
            count.settle(second * 1_000.0, STEPS);
        }
        Availability all = count.until(7_200_000, STEPS);
        assertThat(all.outageCount()).isEqualTo(3_600);
        assertThat(all.outages())
                .hasSize(100)
                .extracting(Availability.Outage::fromMs)
                .contains(0.0, 7_198_000.0);
        assertThat(all.sentence()).contains("Everything failed for 0.9 to 1.1 s");
    }

    @Test
    void a_service_probed_every_few_seconds_has_one_outage_and_not_one_for_each_probe() {
        var probes = new ArrayList<Probe>();
        for (int slot = 0; slot < 100; slot++) {
            probes.add(probe(slot * 5_000.0, slot >= 20 && slot < 40 ? Failure.TIMEOUT : null));
        }
        assertThat(Availability.of(0, 500_000, 5_000, probes, STEPS).outages()).hasSize(1);
    }

    @Test
    void a_probe_that_is_told_too_late_counts_and_never_makes_it_look_better() {
        var count = new ProbeCount(0, 100);
        count.add(probe(0, null));
        count.add(probe(900, null));
        count.settle(2_000, STEPS);
        count.add(probe(400, null));
        count.add(probe(1_300, null));
        Availability all = count.until(1_350, STEPS);
        assertThat(all.sent()).isEqualTo(4);
        assertThat(all.largestGapMs()).isEqualTo(900);
        assertThat(all.coverage()).isEqualTo(4 / 14.0);
    }

    private static Probe probe(double at, Failure failure) {
        return new Probe(Prober.NEW_CONNECTION, at, at, 4, failure, false, null, null);
    }
}
