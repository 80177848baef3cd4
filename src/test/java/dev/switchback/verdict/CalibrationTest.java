package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How often the judge is wrong, and how often it sees what is there: the simulations of MEASURING.md, seeded. A short form
 * always runs; all of it with {@code -Dswitchback.calibration=all}.
 */
class CalibrationTest {

    private static final double BLOCK_NOISE = 0.03;

    private final TestReporter reporter;

    CalibrationTest(TestReporter reporter) {
        this.reporter = reporter;
    }

    private static Story.Sitting quiet(long seed) {
        return seeded(seed).noise(BLOCK_NOISE);
    }

    private static Verdict same(int seed) {
        return Story.told().before(quiet(2L * seed)).after(quiet(2L * seed + 1)).verdict();
    }

    private static Judgement faster(int seed) {
        return extendedWhereNeeded(
                Story.told()
                        .before(quiet(2L * seed).blocks(30, 50))
                        .after(quiet(2L * seed + 1).median(64).blocks(30, 50)),
                Story.told().before(quiet(2L * seed)).after(quiet(2L * seed + 1).median(64)));
    }

    /** As the sampler does: ten more blocks, once, where the first were not steady. */
    private static Judgement extendedWhereNeeded(Story more, Story first) {
        Judgement p50 = first.of(Endpoint.P50);
        return p50.reason() == Reason.NC_UNSTABLE ? more.of(Endpoint.P50) : p50;
    }

    private static boolean claims(Verdict verdict) {
        return verdict.judgements().stream()
                .anyMatch(one -> one.reason() == Reason.IMPROVED || one.reason() == Reason.REGRESSED);
    }

    /** The share of the runs of which it is true; the report of the test tells it. */
    private double share(String what, int runs, IntFunction<Boolean> of) {
        long found = IntStream.range(0, runs).filter(of::apply).count();
        reporter.publishEntry(what, found + " of " + runs);
        return found / (double) runs;
    }

    @Test
    void when_nothing_changed_it_hardly_ever_claims_a_change() {
        assertThat(share("claims when nothing changed", 100, seed -> claims(same(seed))))
                .isLessThanOrEqualTo(0.02);
    }

    @Test
    void a_fifth_faster_is_seen() {
        assertThat(share(
                        "improved when a fifth faster", 50, seed -> faster(seed).reason() == Reason.IMPROVED))
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    @EnabledIfSystemProperty(named = "switchback.calibration", matches = "all")
    void of_2000_runs_in_which_nothing_changed_at_most_one_and_a_half_per_cent_claim_a_change() {
        assertThat(share("claims when nothing changed", 2_000, seed -> claims(same(10_000 + seed))))
                .isLessThanOrEqualTo(0.015);
    }

    @Test
    @EnabledIfSystemProperty(named = "switchback.calibration", matches = "all")
    void of_500_runs_a_fifth_faster_95_per_cent_are_improved() {
        assertThat(share(
                        "improved when a fifth faster",
                        500,
                        seed -> faster(20_000 + seed).reason() == Reason.IMPROVED))
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    @EnabledIfSystemProperty(named = "switchback.calibration", matches = "all")
    void no_change_is_shown_in_most_runs_of_20_blocks() {
        assertThat(share(
                        "no change shown when nothing changed",
                        300,
                        seed -> Story.of(same(30_000 + seed), Endpoint.P50).reason() == Reason.NO_CHANGE))
                .isGreaterThanOrEqualTo(0.85);
    }

    /** A service that swings by itself: each block remembers nine tenths of the one before. */
    private static DoubleSupplier swing(long seed, double sd) {
        var random = new Random(seed);
        double[] state = {sd * random.nextGaussian()};
        return () -> {
            state[0] = 0.9 * state[0] + Math.sqrt(1 - 0.81) * sd * random.nextGaussian();
            return Math.exp(state[0]);
        };
    }

    private static Story.Sitting swinging(long seed, int blocks, double median, DoubleSupplier swing) {
        return seeded(seed).noise(0).blocks(blocks, 50).median(median).swing(swing);
    }

    private static Reason sequential(int seed, double sd, double after) {
        DoubleSupplier swing = swing(seed, sd);
        return Story.told()
                .before(swinging(4L * seed, 20, 80, swing))
                .after(swinging(4L * seed + 1, 20, after, swing))
                .of(Endpoint.P50)
                .reason();
    }

    private static Reason reversed(int seed, double sd, double after) {
        DoubleSupplier swing = swing(seed, sd);
        return Story.told()
                .before(swinging(4L * seed, 10, 80, swing))
                .after(swinging(4L * seed + 1, 10, after, swing))
                .rolledBack(swinging(4L * seed + 2, 10, 80, swing))
                .afterAgain(swinging(4L * seed + 3, 10, after, swing))
                .of(Endpoint.P50)
                .reason();
    }

    /** A B B A: each side gets every other block of the same swing. */
    private static Reason interleaved(int seed, double sd, double after) {
        DoubleSupplier swing = swing(seed, sd);
        double[] all =
                IntStream.range(0, 40).mapToDouble(i -> swing.getAsDouble()).toArray();
        int[] next = {0, 0};
        return Story.told()
                .interleaved()
                .before(swinging(4L * seed, 20, 80, () -> all[turn(next[0]++, 0)]))
                .after(swinging(4L * seed + 1, 20, after, () -> all[turn(next[1]++, 1)]))
                .of(Endpoint.P50)
                .reason();
    }

    private static int turn(int block, int side) {
        return 2 * block + (block % 2 == 0 ? side : 1 - side);
    }

    private static boolean claimed(Reason reason) {
        return reason == Reason.IMPROVED || reason == Reason.REGRESSED;
    }

    @Test
    @EnabledIfSystemProperty(named = "switchback.calibration", matches = "all")
    void a_service_that_swings_fools_the_rollback_seldom_and_side_by_side_never() {
        double once = share("claims in sequence, swing of 10 %", 300, seed -> claimed(sequential(seed, 0.10, 80)));
        double back = share("claims with rollback, swing of 10 %", 300, seed -> claimed(reversed(seed, 0.10, 80)));
        double beside = share("claims side by side, swing of 10 %", 300, seed -> claimed(interleaved(seed, 0.10, 80)));
        assertThat(back).isLessThanOrEqualTo(0.08).isLessThan(once);
        assertThat(beside).isLessThanOrEqualTo(0.005);
    }

    @Test
    @EnabledIfSystemProperty(named = "switchback.calibration", matches = "all")
    void a_service_that_swings_a_little_fools_the_rollback_hardly_ever() {
        assertThat(share("claims with rollback, swing of 5 %", 300, seed -> claimed(reversed(seed, 0.05, 80))))
                .isLessThanOrEqualTo(0.015);
        assertThat(share(
                        "improved side by side, a fifth faster, swing of 5 %",
                        300, seed -> interleaved(seed, 0.05, 64) == Reason.IMPROVED))
                .isGreaterThanOrEqualTo(0.99);
    }
}
