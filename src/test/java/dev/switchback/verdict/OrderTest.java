package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which row comes first when several apply, and which word the whole gets. */
class OrderTest {

    @Test
    void a_total_outage_is_regressed_with_the_errors_in_the_first_line() {
        Verdict verdict = Story.told()
                .before(seeded(1).blocks(2, 50))
                .after(seeded(2).blocks(2, 50).failing(1.1))
                .verdict();
        assertThat(verdict.word()).isEqualTo(VerdictWord.REGRESSED);
        assertThat(verdict.headline()).isEqualTo("More requests fail: 100 of 100 requests, before 0 of 100 requests.");
        assertThat(Story.of(verdict, Endpoint.ERRORS).reason()).isEqualTo(Reason.REGRESSED);
        assertThat(Story.of(verdict, Endpoint.P50).reason()).isEqualTo(Reason.INC_FEW);
        assertThat(verdict.met()).isFalse();
    }

    @Test
    void five_per_cent_broken_answers_are_regressed_whatever_the_times_say() {
        Verdict verdict = Story.told()
                .before(seeded(1))
                .after(seeded(2).failing(0.05).median(40))
                .verdict();
        assertThat(verdict.word()).isEqualTo(VerdictWord.REGRESSED);
        assertThat(verdict.headline()).startsWith("More requests fail: ");
        assertThat(Story.of(verdict, Endpoint.P50).reason()).isEqualTo(Reason.NC_ERRORS);
    }

    @Test
    void errors_are_looked_at_even_when_nobody_declared_them_or_only_for_information() {
        Story story = Story.told().judge(Endpoint.ERRORS, Intent.INFORMATIONAL);
        Verdict verdict = story.before(seeded(1)).after(seeded(2).failing(0.2)).verdict();
        assertThat(verdict.word()).isEqualTo(VerdictWord.REGRESSED);

        Metric silent = Metric.requests("product-list", MetricClass.ANY, Map.of(Endpoint.P50, Intent.KEEP));
        Comparison of = story.comparison();
        Verdict undeclared =
                Judge.of("judge/1").judge(new Comparison(0.05, false, false, List.of(silent), of.legs(), null));
        assertThat(Story.of(undeclared, Endpoint.ERRORS).reason()).isEqualTo(Reason.REGRESSED);
        assertThat(undeclared.met()).isFalse();
    }

    @Test
    void more_failures_are_regressed_even_from_an_overloaded_prober_on_a_loaded_drifting_service() {
        Verdict verdict = Story.told()
                .before(seeded(1).load(Load.traffic(10)).drift(0.8))
                .after(seeded(2).failing(0.1).late(0.5).load(Load.traffic(90)))
                .verdict();
        assertThat(Story.of(verdict, Endpoint.ERRORS).reason()).isEqualTo(Reason.REGRESSED);
        assertThat(Story.of(verdict, Endpoint.P50).reason()).isEqualTo(Reason.NC_PROBER);
    }

    @Test
    void fewer_than_twenty_requests_say_nothing_about_failures() {
        Judgement errors = Story.told()
                .before(seeded(1).blocks(10, 1))
                .after(seeded(2).blocks(10, 1).failing(1.1))
                .of(Endpoint.ERRORS);
        assertThat(errors.reason()).isEqualTo(Reason.INC_FEW);
    }

    @Test
    void another_place_comes_before_more_failures() {
        assertThat(Story.told()
                        .before(seeded(1).condition("environment", "staging"))
                        .after(seeded(2).condition("environment", "production").failing(0.5))
                        .of(Endpoint.ERRORS)
                        .reason())
                .isEqualTo(Reason.NC_TARGET);
    }

    @Test
    void too_few_samples_come_before_load_and_cache_and_drift() {
        assertThat(Story.told()
                        .before(seeded(1).blocks(6, 50).hits(0.2, 8).load(Load.traffic(10)))
                        .after(seeded(2).blocks(6, 50).hits(0.9, 8).load(Load.traffic(90)))
                        .verdict()
                        .reason())
                .isEqualTo(Reason.INC_FEW);
    }

    @Test
    void the_cache_comes_before_the_errors_and_the_errors_before_the_drift() {
        assertThat(Story.told()
                        .before(seeded(1).hits(0.2, 8).failing(0.08))
                        .after(seeded(2).hits(0.9, 8).failing(0.08))
                        .of(Endpoint.P50)
                        .reason())
                .isEqualTo(Reason.NC_CACHE);
        assertThat(Story.told()
                        .before(seeded(1).drift(0.8).failing(0.08))
                        .after(seeded(2).failing(0.08))
                        .of(Endpoint.P50)
                        .reason())
                .isEqualTo(Reason.NC_ERRORS);
    }

    @Test
    void a_hit_share_that_moved_is_never_called_improved() {
        for (int seed = 0; seed < 100; seed++) {
            for (MetricClass metricClass : seed < 10 ? MetricClass.values() : new MetricClass[] {MetricClass.ANY}) {
                Story story = Story.told();
                if (metricClass == MetricClass.WARM) {
                    story.warm();
                } else if (metricClass == MetricClass.COLD) {
                    story.cold();
                }
                Verdict verdict = story.judge(Endpoint.HIT_RATIO, Intent.INFORMATIONAL)
                        .before(seeded(seed).hits(0.6, 8))
                        .after(seeded(10_000 + seed).hits(0.8, 8))
                        .verdict();
                assertThat(verdict.word()).isEqualTo(VerdictWord.NOT_COMPARABLE);
                assertThat(verdict.reason()).isEqualTo(Reason.NC_CACHE);
                assertThat(Story.of(verdict, Endpoint.P50).word()).isEqualTo(VerdictWord.NOT_COMPARABLE);
                assertThat(Story.of(verdict, Endpoint.P95).word()).isEqualTo(VerdictWord.NOT_COMPARABLE);
            }
        }
    }

    @Test
    void hits_and_misses_are_explored_apart_where_they_were_mixed() {
        Verdict verdict = Story.told()
                .before(seeded(1).hits(0.5, 8))
                .after(seeded(2).hits(0.7, 8))
                .verdict();
        assertThat(verdict.judgements())
                .filteredOn(one -> !one.declared())
                .isNotEmpty()
                .allMatch(one -> one.reason() == Reason.NO_CHANGE || one.reason() == Reason.INC_NOISY)
                .allMatch(one -> Boolean.TRUE.equals(one.met()));
        assertThat(verdict.met()).isNull();
    }

    @Test
    void the_whole_is_regressed_before_anything_else() {
        Verdict verdict = Story.told()
                .judge(Endpoint.DB_CALLS, Intent.KEEP)
                .before(seeded(1).calls(11))
                .after(seeded(2).calls(14).median(50))
                .verdict();
        assertThat(Story.of(verdict, Endpoint.P50).reason()).isEqualTo(Reason.IMPROVED);
        assertThat(verdict.word()).isEqualTo(VerdictWord.REGRESSED);
        assertThat(verdict.sentence()).startsWith("Of 4 looks 1 got worse (database calls a request), 2 improved");
    }

    @Test
    void what_is_for_information_does_not_decide_the_whole() {
        Verdict verdict = Story.told()
                .judge(Endpoint.DB_CALLS, Intent.INFORMATIONAL)
                .before(seeded(1).calls(11))
                .after(seeded(2).calls(14).median(50))
                .verdict();
        assertThat(Story.of(verdict, Endpoint.DB_CALLS).reason()).isEqualTo(Reason.REGRESSED);
        assertThat(verdict.word()).isEqualTo(VerdictWord.IMPROVED);
        assertThat(verdict.met()).isTrue();
    }

    @Test
    void a_number_that_nobody_could_measure_leaves_the_whole_open() {
        Verdict verdict = Story.told()
                .judge(Endpoint.DB_CALLS, Intent.KEEP)
                .before(seeded(1))
                .after(seeded(2))
                .verdict();
        assertThat(verdict.word()).isEqualTo(VerdictWord.INCONCLUSIVE);
        assertThat(verdict.reason()).isEqualTo(Reason.NOT_MEASURED);
        assertThat(verdict.headline()).isEqualTo("Not everything was measured.");
        assertThat(verdict.met()).isNull();
    }

    @Test
    void nothing_measured_at_all_is_not_measured() {
        assertThat(Story.told().verdict().word()).isEqualTo(VerdictWord.NOT_MEASURED);
        assertThat(Story.told().verdict().checks()).isEmpty();
        assertThat(Judge.of("judge/1")
                        .judge(new Comparison(0.05, false, false, List.of(), List.of(), null))
                        .word())
                .isEqualTo(VerdictWord.NOT_MEASURED);
    }
}
