package dev.switchback.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metrics that read numbers: from SQL, a command, Prometheus, or counted statements. */
class NumbersReadTest {

    private static Leg leg(Side side, double... values) {
        List<Reading> readings = IntStream.range(0, values.length)
                .mapToObj(i -> new Reading(i, i * 1_000, values[i]))
                .toList();
        return new Leg(
                side.name(),
                side,
                side.ordinal() * 100_000,
                side.ordinal() * 100_000 + 50_000,
                false,
                Map.of(),
                List.of(),
                List.of(),
                List.of(Samples.readings("queue-depth", readings)));
    }

    private static double[] around(long seed, double value, int count) {
        var random = new Random(seed);
        return random.doubles(count).map(share -> value * (0.98 + 0.04 * share)).toArray();
    }

    private static Judgement judge(Metric metric, double[] before, double[] after) {
        return Judge.of("judge/1")
                .judge(new Comparison(
                        0.05,
                        false,
                        false,
                        List.of(metric),
                        List.of(leg(Side.BEFORE, before), leg(Side.AFTER, after)),
                        null))
                .judgements()
                .get(0);
    }

    private static Metric depth(boolean higherIsBetter) {
        return new Metric(
                "queue-depth",
                MetricClass.ANY,
                higherIsBetter,
                "jobs",
                true,
                false,
                Map.of(Endpoint.VALUE, Intent.KEEP),
                Map.of(),
                null);
    }

    @Test
    void a_shorter_queue_is_an_improvement() {
        Judgement value = judge(depth(false), around(1, 40, 12), around(2, 30, 12));
        assertThat(value.reason()).isEqualTo(Reason.IMPROVED);
        assertThat(value.sentence())
                .startsWith("Queue-depth went from ")
                .contains(" jobs: 2")
                .contains("% lower");
    }

    @Test
    void where_more_is_better_the_same_numbers_are_a_regression() {
        assertThat(judge(depth(true), around(1, 40, 12), around(2, 30, 12)).reason())
                .isEqualTo(Reason.REGRESSED);
    }

    @Test
    void numbers_with_zeros_are_compared_by_their_difference() {
        Judgement value = judge(
                depth(false), new double[] {0, 1, 0, 2, 0, 1, 0, 1, 0, 2}, new double[] {9, 8, 9, 7, 9, 8, 9, 8, 9, 7});
        assertThat(value.numbers().scale()).isEqualTo(Numbers.Scale.DIFFERENCE);
        assertThat(value.numbers().change()).isBetween(7.0, 9.0);
        assertThat(value.reason()).isEqualTo(Reason.REGRESSED);
    }

    @Test
    void nine_numbers_are_too_few() {
        Judgement value = judge(depth(false), around(1, 40, 9), around(2, 30, 20));
        assertThat(value.reason()).isEqualTo(Reason.INC_FEW);
        assertThat(value.sentence()).contains("9 blocks and 9 numbers").contains("1 more block and 1 more number");
    }

    @Test
    void a_number_that_never_moves_did_not_change() {
        double[] seven = IntStream.range(0, 10).mapToDouble(i -> 7).toArray();
        assertThat(judge(depth(false), seven, seven).reason()).isEqualTo(Reason.NO_CHANGE);
        double[] zero = new double[10];
        assertThat(judge(depth(false), zero, zero).reason()).isEqualTo(Reason.NO_CHANGE);
    }

    @Test
    void statements_counted_a_request_change_by_half_a_call_or_it_does_not_matter() {
        var calls = new Metric(
                "queue-depth",
                MetricClass.ANY,
                false,
                "calls",
                true,
                false,
                Map.of(Endpoint.DB_CALLS, Intent.KEEP),
                Map.of(),
                null);
        assertThat(judge(calls, around(1, 4, 12), around(2, 4.3, 12)).reason()).isEqualTo(Reason.NO_CHANGE);
        Judgement fewer = judge(calls, around(1, 14, 12), around(2, 11, 12));
        assertThat(fewer.reason()).isEqualTo(Reason.IMPROVED);
        assertThat(fewer.numbers().scale()).isEqualTo(Numbers.Scale.DIFFERENCE);
    }

    @Test
    void thousands_of_numbers_are_judged_in_a_moment() {
        assertThat(judge(depth(false), around(1, 40, 10_000), around(2, 40, 10_000))
                        .reason())
                .isEqualTo(Reason.NO_CHANGE);
    }
}
