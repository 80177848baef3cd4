package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every measurement, whatever the numbers. */
class PropertiesTest {

    private static Verdict judge(Comparison comparison) {
        return Judge.of("judge/1").judge(comparison);
    }

    private static Comparison with(Comparison of, List<Leg> legs) {
        return new Comparison(of.alpha(), of.extended(), of.interleaved(), of.metrics(), legs, of.unexpectedSettings());
    }

    private static Leg with(Leg leg, Side side, UnaryOperator<List<Sample>> change) {
        Samples samples = leg.samples().get(0);
        return new Leg(
                leg.name(),
                side,
                leg.fromMs(),
                leg.toMs(),
                false,
                leg.conditions(),
                List.of(),
                List.of(),
                List.of(new Samples(
                        samples.metric(),
                        samples.conditions(),
                        change.apply(samples.requests()),
                        List.of(),
                        null,
                        null)));
    }

    private static Leg scaled(Leg leg, double factor) {
        return with(
                leg,
                leg.side(),
                requests -> requests.stream()
                        .map(sample -> Story.timed(sample, sample.latencyMs() * factor))
                        .toList());
    }

    private static Comparison swapped(Comparison of) {
        return with(
                of,
                List.of(
                        with(of.legs().get(1), Side.BEFORE, UnaryOperator.identity()),
                        with(of.legs().get(0), Side.AFTER, UnaryOperator.identity())));
    }

    private static Comparison story(int seed, double after) {
        return Story.told()
                .judge(Endpoint.HIT_RATIO, Intent.KEEP)
                .before(seeded(seed).median(200).noise(0.04).hits(0.95, 1).failing(0.01))
                .after(seeded(100 + seed)
                        .median(after)
                        .noise(0.04)
                        .hits(0.93, 1)
                        .failing(0.005))
                .comparison();
    }

    private static Reason mirrored(Reason reason) {
        return switch (reason) {
            case IMPROVED -> Reason.REGRESSED;
            case REGRESSED -> Reason.IMPROVED;
            default -> reason;
        };
    }

    @ParameterizedTest
    @CsvSource({"1,200", "2,200", "3,150", "4,150", "5,260", "6,260", "7,215"})
    void swapping_the_sides_inverts_the_ratio_and_mirrors_the_verdict(int seed, double after) {
        Verdict one = judge(story(seed, after));
        Verdict other = judge(swapped(story(seed, after)));
        for (Endpoint endpoint : List.of(Endpoint.P50, Endpoint.P95)) {
            Numbers x = Story.of(one, endpoint).numbers();
            Numbers y = Story.of(other, endpoint).numbers();
            assertThat((1 + x.change()) * (1 + y.change())).isCloseTo(1, within(1e-12));
            assertThat((1 + x.low()) * (1 + y.high())).isCloseTo(1, within(1e-12));
            assertThat(x.p()).isCloseTo(y.p(), within(1e-12));
            assertThat(x.threshold()).isEqualTo(y.threshold());
            assertThat(x.effect()).isCloseTo(1 - y.effect(), within(1e-12));
            Reason reason = Story.of(one, endpoint).reason();
            Reason back = Story.of(other, endpoint).reason();
            boolean suspected = reason == Reason.INC_SUSPECT || back == Reason.INC_SUSPECT;
            assertThat(suspected ? reason.word() : mirrored(reason)).isEqualTo(suspected ? back.word() : back);
        }
        Numbers x = Story.of(one, Endpoint.ERRORS).numbers();
        Numbers y = Story.of(other, Endpoint.ERRORS).numbers();
        assertThat(x.change()).isCloseTo(-y.change(), within(1e-15));
        assertThat(x.low()).isCloseTo(-y.high(), within(1e-15));
    }

    @Test
    void a_faster_clock_changes_nothing() {
        Comparison of = story(3, 150);
        Comparison tenTimes =
                with(of, of.legs().stream().map(leg -> scaled(leg, 10)).toList());
        Numbers x = Story.of(judge(of), Endpoint.P50).numbers();
        Numbers y = Story.of(judge(tenTimes), Endpoint.P50).numbers();
        assertThat(y.change()).isCloseTo(x.change(), within(1e-12));
        assertThat(y.low()).isCloseTo(x.low(), within(1e-12));
        assertThat(y.p()).isEqualTo(x.p());
        assertThat(y.before()).isCloseTo(10 * x.before(), within(1e-9));
    }

    @Test
    void the_order_in_which_samples_are_told_changes_nothing() {
        Comparison of = story(3, 150);
        var random = new Random(1);
        Comparison shuffled = with(
                of,
                of.legs().stream()
                        .map(leg -> with(leg, leg.side(), requests -> {
                            var mixed = new ArrayList<>(requests);
                            Collections.shuffle(mixed, random);
                            return mixed;
                        }))
                        .toList());
        Comparison plain = with(
                of,
                of.legs().stream()
                        .map(leg -> with(leg, leg.side(), UnaryOperator.identity()))
                        .toList());
        assertThat(judge(shuffled)).isEqualTo(judge(plain));
    }

    @Test
    void the_order_of_the_blocks_changes_no_number() {
        Comparison of = story(3, 150);
        Comparison turned = with(
                of,
                of.legs().stream()
                        .map(leg -> with(
                                leg,
                                leg.side(),
                                requests -> requests.stream()
                                        .map(sample -> new Sample(
                                                19 - sample.block(),
                                                sample.input(),
                                                sample.scheduledMs(),
                                                sample.sentMs(),
                                                sample.latencyMs(),
                                                sample.serviceMs(),
                                                sample.ok(),
                                                sample.cache(),
                                                sample.dbCalls(),
                                                false,
                                                false))
                                        .toList()))
                        .toList());
        assertThat(Story.of(judge(turned), Endpoint.P50).numbers())
                .isEqualTo(Story.of(judge(of), Endpoint.P50).numbers());
    }

    @ParameterizedTest
    @CsvSource({"1.1,REGRESSED", "1.0999,NO_CHANGE_OR_NOISY", "0.90909090909090906,IMPROVED"})
    void a_change_by_exactly_the_limit_counts_and_a_little_less_does_not(double factor, String expected) {
        Comparison same = Story.told()
                .before(seeded(1).noise(0))
                .after(seeded(1).noise(0))
                .comparison();
        Comparison of =
                with(same, List.of(same.legs().get(0), scaled(same.legs().get(1), factor)));
        Reason reason = Story.of(judge(of), Endpoint.P50).reason();
        if (expected.equals("NO_CHANGE_OR_NOISY")) {
            assertThat(reason).isIn(Reason.NO_CHANGE, Reason.INC_NOISY);
        } else {
            assertThat(reason).isEqualTo(Reason.valueOf(expected));
        }
    }

    @Test
    void a_change_of_many_per_cent_but_few_milliseconds_does_not_matter() {
        Comparison same = Story.told()
                .before(seeded(1).noise(0).median(4))
                .after(seeded(1).noise(0).median(4))
                .comparison();
        Comparison of =
                with(same, List.of(same.legs().get(0), scaled(same.legs().get(1), 1.5)));
        Judgement p50 = Story.of(judge(of), Endpoint.P50);
        assertThat(p50.reason()).isEqualTo(Reason.NO_CHANGE);
        assertThat(p50.numbers().threshold()).isGreaterThan(1);
        assertThat(p50.sentence()).contains("too small to matter");
    }

    @Test
    void the_order_of_the_metrics_changes_no_corrected_p() {
        Comparison of = story(7, 215);
        Metric one = of.metrics().get(0);
        Metric other = Metric.requests("cart", MetricClass.ANY, Map.of(Endpoint.P50, Intent.KEEP));
        List<Leg> legs = of.legs().stream()
                .map(leg -> new Leg(
                        leg.name(),
                        leg.side(),
                        leg.fromMs(),
                        leg.toMs(),
                        false,
                        leg.conditions(),
                        List.of(),
                        List.of(),
                        List.of(
                                leg.samples().get(0),
                                Samples.requests("cart", leg.samples().get(0).requests()))))
                .toList();
        Verdict forward = judge(new Comparison(0.05, false, false, List.of(one, other), legs, null));
        Verdict backward = judge(new Comparison(0.05, false, false, List.of(other, one), legs, null));
        assertThat(forward.judgements()).containsExactlyInAnyOrderElementsOf(backward.judgements());
        assertThat(forward.word()).isEqualTo(backward.word());
    }

    @Test
    void the_same_comparison_gets_the_same_verdict() {
        assertThat(judge(story(5, 260))).isEqualTo(judge(story(5, 260)));
    }

    @Test
    void the_warm_up_is_left_out() {
        Comparison of = Story.told().before(seeded(1)).after(seeded(2)).comparison();
        Comparison warmed = with(
                of,
                of.legs().stream()
                        .map(leg -> with(leg, leg.side(), requests -> {
                            var more = new ArrayList<>(requests);
                            requests.stream()
                                    .limit(100)
                                    .map(sample -> Story.warmingUp(Story.timed(sample, 9_000)))
                                    .forEach(more::add);
                            return more;
                        }))
                        .toList());
        Comparison plain = with(
                of,
                of.legs().stream()
                        .map(leg -> with(leg, leg.side(), UnaryOperator.identity()))
                        .toList());
        assertThat(judge(warmed)).isEqualTo(judge(plain));
    }

    @Test
    void times_of_failed_requests_are_not_looked_at() {
        Comparison of = Story.told()
                .before(seeded(1).failing(0.005))
                .after(seeded(2).failing(0.005))
                .comparison();
        Comparison fast = with(
                of,
                of.legs().stream()
                        .map(leg -> with(
                                leg,
                                leg.side(),
                                requests -> requests.stream()
                                        .map(sample -> sample.ok() ? sample : Story.timed(sample, 0.1))
                                        .toList()))
                        .toList());
        Comparison plain = with(
                of,
                of.legs().stream()
                        .map(leg -> with(leg, leg.side(), UnaryOperator.identity()))
                        .toList());
        assertThat(judge(fast)).isEqualTo(judge(plain));
    }

    @Test
    void a_second_look_must_be_twice_as_sure() {
        Comparison of = story(7, 215);
        Comparison extended = new Comparison(of.alpha(), true, false, of.metrics(), of.legs(), of.unexpectedSettings());
        assertThat(extended.level()).isEqualTo(0.025);
        Numbers first = Story.of(judge(of), Endpoint.P50).numbers();
        Numbers second = Story.of(judge(extended), Endpoint.P50).numbers();
        assertThat(second.low()).isLessThan(first.low());
        assertThat(second.high()).isGreaterThan(first.high());
        assertThat(judge(extended).sentence()).contains("Blocks were added after a first look");
    }

    @Test
    void imported_samples_need_fewer_requests_and_no_steadiness() {
        Story.Sitting before = seeded(1).blocks(10, 10).drift(1);
        assertThat(Story.told()
                        .imported()
                        .before(before)
                        .after(seeded(2).blocks(10, 10).drift(1))
                        .of(Endpoint.P50)
                        .reason())
                .isNotIn(Reason.INC_FEW, Reason.NC_UNSTABLE);
        assertThat(Story.told()
                        .before(seeded(1).blocks(10, 10))
                        .after(seeded(2).blocks(10, 10))
                        .of(Endpoint.P50)
                        .reason())
                .isEqualTo(Reason.INC_FEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"judge/0", "judge/2", ""})
    void a_version_that_does_not_exist_judges_nothing(String version) {
        assertThatIllegalArgumentException().isThrownBy(() -> Judge.of(version));
    }
}
