package dev.switchback.verdict.judge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden vectors of MEASURING.md section 14 and the tables of section 6: each formula against known numbers. */
class FormulasTest {

    private static final double[] BEFORE = {84.1, 86.0, 82.7, 85.5, 83.3, 88.9, 84.8, 83.9, 86.4, 82.2};
    private static final double[] AFTER = {66.0, 68.2, 64.9, 67.1, 70.3, 65.5, 66.8, 69.0, 64.2, 67.7};

    private static Offset<Double> by(double offset) {
        return within(offset);
    }

    @Test
    void the_ratio_and_its_interval_are_those_of_the_golden_vector() {
        Shift shift = Shift.ratio(BEFORE, AFTER, 0.05);
        assertThat(Math.exp(shift.estimate())).isCloseTo(0.7902, by(5e-5));
        assertThat(Math.exp(shift.low())).isCloseTo(0.7707, by(5e-5));
        assertThat(Math.exp(shift.high())).isCloseTo(0.8127, by(5e-5));
        assertThat(Ranks.p(BEFORE, AFTER)).isCloseTo(1.08e-5, by(5e-8));
        assertThat(Ranks.smallerAfter(BEFORE, AFTER)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10,0.05,24", "15,0.05,65", "20,0.05,128", "10,0.0125,18", "20,0.0125,109", "3,0.05,0", "4,0.05,1"})
    void so_many_differences_lie_outside_the_interval(int blocks, double alpha, int k) {
        assertThat(Ranks.k(blocks, blocks, alpha)).isEqualTo(k);
    }

    @Test
    void the_number_of_orders_agrees_with_the_test_of_the_library() {
        // Separated sides have one order in C(40, 20), in both directions.
        double[] low = Arrays.copyOf(BEFORE, 20);
        double[] high = new double[20];
        for (int i = 0; i < 20; i++) {
            low[i] = i;
            high[i] = 100 + i;
        }
        double one = Ranks.p(low, high) / 2;
        assertThat(Ranks.k(20, 20, 2 * one * 1.000001)).isEqualTo(1);
        assertThat(Ranks.k(20, 20, 2 * one * 0.999999)).isZero();
    }

    @Test
    void large_sides_use_the_normal_distribution_and_fit_where_the_exact_one_ends() {
        assertThat(Ranks.k(201, 200, 0.05)).isBetween(Ranks.k(200, 200, 0.05), Ranks.k(200, 200, 0.05) + 120);
    }

    @Test
    void several_looks_are_corrected_as_holm_says() {
        assertThat(Holm.adjust(.012, .04, .0004, .3)).containsExactly(new double[] {.036, .08, .0016, .3}, by(1e-12));
    }

    @Test
    void the_order_of_the_looks_changes_nothing() {
        assertThat(Holm.adjust(.3, .0004, .04, .012)).containsExactly(new double[] {.3, .0016, .08, .036}, by(1e-12));
    }

    @Test
    void the_difference_of_two_shares_is_newcombes() {
        Shift points = Shares.difference(Shares.of(710, 1000, 0.05), Shares.of(720, 1000, 0.05));
        assertThat(points.low()).isCloseTo(-0.0295, by(5e-5));
        assertThat(points.high()).isCloseTo(0.0495, by(5e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "0,500,0,500,0,-0.76,0.76,1",
        "0,1000,0,1000,0,-0.38,0.38,1",
        "0,500,6,500,1.2,0.2,2.6,0.03",
        "12,600,2,600,-1.67,-3.16,-0.446,0.012"
    })
    void failed_requests_compare_as_in_the_examples(
            int before, int ofBefore, int after, int ofAfter, double change, double low, double high, double p) {
        var x = Shares.of(before, ofBefore, 0.05);
        var y = Shares.of(after, ofAfter, 0.05);
        Shift points = Shares.difference(x, y);
        double rounding = change == 0 ? 5e-5 : 5.1e-4;
        assertThat(points.estimate()).isCloseTo(change / 100, by(rounding));
        assertThat(points.low()).isCloseTo(low / 100, by(rounding));
        assertThat(points.high()).isCloseTo(high / 100, by(rounding));
        assertThat(Shares.p(x, y)).isCloseTo(p, by(p == 0.03 ? 5e-3 : 5e-4));
    }

    @ParameterizedTest
    @CsvSource({"1,381", "0.5,765", "0.1,3838"})
    void so_many_requests_without_a_failure_show_that_there_are_no_more(double points, int needed) {
        assertThat(bound(needed)).isLessThanOrEqualTo(points / 100);
        assertThat(bound(needed - 1)).isGreaterThan(points / 100);
    }

    private static double bound(int n) {
        return Shares.difference(Shares.of(0, n, 0.05), Shares.of(0, n, 0.05)).high();
    }

    @ParameterizedTest
    @CsvSource({"0.03,7,2,1,3,2,1", "0.05,18,5,2,7,3,2", "0.08,45,12,4,16,8,3", "0.12,100,27,8,35,17,7"})
    void so_many_blocks_are_needed(double spread, int five, int ten, int twenty, int none10, int none15, int none25) {
        var power = new Power(spread, 0.05);
        assertThat(power.blocksToDetect(Math.log(1.05))).isEqualTo(five);
        assertThat(power.blocksToDetect(Math.log(1.10))).isEqualTo(ten);
        assertThat(power.blocksToDetect(Math.log(1.20))).isEqualTo(twenty);
        assertThat(power.blocksToShowNone(Math.log(1.10))).isEqualTo(none10);
        assertThat(power.blocksToShowNone(Math.log(1.15))).isEqualTo(none15);
        assertThat(power.blocksToShowNone(Math.log(1.25))).isEqualTo(none25);
    }

    @Test
    void the_smallest_visible_change_is_that_of_the_formula() {
        assertThat(new Power(0.05, 0.05).smallestVisible(20, 20))
                .isCloseTo(2.80 * 0.05 * Math.sqrt(2 * 1.047 / 20), by(1e-4));
        assertThat(Power.of(new double[] {1, 2, 3}, new double[] {11, 12, 13}, 0.05)
                        .spread())
                .isEqualTo(1);
    }

    @Test
    void a_quantile_is_the_eighth_of_hyndman_and_fan() {
        // (n + 1/3) p + 1/3 = 3.5333 for n = 4, p = 0.7385 would be beyond the third; by hand for p = 0.5, 0.95.
        assertThat(Quantiles.median(new double[] {4, 1, 3, 2})).isCloseTo(2.5, by(1e-12));
        double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(Quantiles.of(ten, 0.25)).isCloseTo((10 + 1.0 / 3) * 0.25 + 1.0 / 3, by(1e-12));
        assertThat(Quantiles.of(ten, 0.95)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.02,0", "0.05,5"})
    void one_population_is_not_taken_for_two_even_with_a_slow_tail(double tail, int atMost) {
        assertThat(flagged(100, tail, 0, 1)).isLessThanOrEqualTo(atMost);
    }

    @ParameterizedTest
    @CsvSource({"0.5,5,92", "0.5,8,98"})
    void hits_five_times_as_fast_are_seen(double hits, double faster, int atLeast) {
        assertThat(flagged(100, 0, hits, faster)).isGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void hits_twice_as_fast_are_never_seen_so_that_no_flag_proves_nothing() {
        assertThat(flagged(100, 0, 0.5, 2)).isZero();
    }

    @Test
    void a_few_answers_are_not_split() {
        assertThat(Populations.of(new double[] {1, 100}).two()).isFalse();
        assertThat(Populations.of(new double[0]).two()).isFalse();
    }

    private static int flagged(int runs, double tail, double hits, double faster) {
        int flagged = 0;
        for (int seed = 0; seed < runs; seed++) {
            var random = new Random(seed);
            double[] times = random.doubles(1000)
                    .map(share -> 80
                            * Math.exp(0.35 * random.nextGaussian())
                            * (share < tail ? 5 : 1)
                            / (share >= tail && share < tail + hits ? faster : 1))
                    .toArray();
            flagged += Populations.of(times).two() ? 1 : 0;
        }
        return flagged;
    }
}
