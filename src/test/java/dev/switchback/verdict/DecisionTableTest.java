package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each of the sixteen rows, told as it happens to people. */
class DecisionTableTest {

    private static void decided(Judgement judgement, Reason reason) {
        assertThat(judgement.reason()).as(judgement.sentence()).isEqualTo(reason);
    }

    @Test
    void row_1_nobody_measured_before_the_change() {
        Judgement p50 =
                Story.told().before(seeded(1).blocks(0, 0)).after(seeded(2)).of(Endpoint.P50);
        decided(p50, Reason.NOT_MEASURED);
        assertThat(p50.met()).isNull();
        assertThat(p50.sentence()).isEqualTo("Not measured. Nothing was measured before the change.");
    }

    @Test
    void row_1_a_measurement_that_a_crash_interrupted_is_never_judged() {
        Judgement p50 =
                Story.told().before(seeded(1).interrupted()).after(seeded(2)).of(Endpoint.P50);
        decided(p50, Reason.NOT_MEASURED);
        assertThat(p50.sentence()).contains("interrupted (before) and is not judged");
    }

    @Test
    void row_1_no_answer_told_its_database_calls() {
        Judgement calls = Story.told()
                .judge(Endpoint.DB_CALLS, Intent.KEEP)
                .before(seeded(1))
                .after(seeded(2))
                .of(Endpoint.DB_CALLS);
        decided(calls, Reason.NOT_MEASURED);
        assertThat(calls.sentence()).contains("dbCallsHeader");
    }

    @Test
    void row_2_the_two_sides_were_not_the_same_place() {
        Judgement p50 = Story.told()
                .before(seeded(1).condition("target", "http://a"))
                .after(seeded(2).condition("target", "http://b"))
                .of(Endpoint.P50);
        decided(p50, Reason.NC_TARGET);
        assertThat(p50.sentence()).contains("target was http://a and is http://b");
    }

    @Test
    void row_2_a_setting_that_is_not_part_of_the_migration_differs() {
        Judgement p50 = Story.told()
                .unexpected("cache.ttl was 60, is 300")
                .before(seeded(1))
                .after(seeded(2))
                .of(Endpoint.P50);
        decided(p50, Reason.NC_TARGET);
        assertThat(p50.sentence()).contains("cache.ttl was 60, is 300");
    }

    @Test
    void row_3_somebody_deployed_while_it_was_measured() {
        Judgement errors = Story.told()
                .before(seeded(1))
                .after(seeded(2).failing(0.5).change("run 48 on checkout at 22:04"))
                .of(Endpoint.ERRORS);
        decided(errors, Reason.NC_OTHER_CHANGE);
        assertThat(errors.sentence()).contains("run 48 on checkout");
    }

    @Test
    void row_4_our_own_side_was_too_slow() {
        decided(Story.told().before(seeded(1)).after(seeded(2).late(0.10)).of(Endpoint.P50), Reason.NC_PROBER);
        decided(Story.told().before(seeded(1)).after(seeded(2).achieved(9)).of(Endpoint.P50), Reason.NC_PROBER);
    }

    @Test
    void row_5_others_asked_twice_as_much_afterwards() {
        Judgement p50 = Story.told()
                .before(seeded(1).load(Load.traffic(40)))
                .after(seeded(2).load(Load.traffic(80)))
                .of(Endpoint.P50);
        decided(p50, Reason.NC_LOAD);
        decided(
                Story.told()
                        .before(seeded(1).load(Load.cpu(0.40)))
                        .after(seeded(2).load(Load.cpu(0.60)))
                        .of(Endpoint.P50),
                Reason.NC_LOAD);
    }

    @Test
    void row_5_is_not_stirred_by_a_machine_that_idles_a_little_less() {
        decided(
                Story.told()
                        .before(seeded(1).load(Load.cpu(0.02)).load(Load.traffic(41)))
                        .after(seeded(2).load(Load.cpu(0.04)).load(Load.traffic(43)))
                        .of(Endpoint.P50),
                Reason.NO_CHANGE);
    }

    @Test
    void row_6_the_answers_tell_nothing_but_fall_into_two_groups() {
        decided(
                Story.told()
                        .before(seeded(1).untoldHits(0.5, 8))
                        .after(seeded(2).untoldHits(0.5, 8))
                        .of(Endpoint.P50),
                Reason.NC_MIXED);
    }

    @Test
    void row_6_declared_warm_but_every_third_answer_was_a_miss() {
        Judgement p50 = Story.told()
                .warm()
                .before(seeded(1).hits(0.66, 4))
                .after(seeded(2).hits(0.66, 4))
                .of(Endpoint.P50);
        decided(p50, Reason.NC_MIXED);
        assertThat(p50.sentence()).contains("declared warm");
    }

    @Test
    void row_6_declared_cold_but_everything_came_from_the_cache() {
        decided(
                Story.told()
                        .cold()
                        .before(seeded(1).hits(1, 4))
                        .after(seeded(2).hits(1, 4))
                        .of(Endpoint.P50),
                Reason.NC_MIXED);
    }

    @Test
    void row_7_the_faster_average_comes_from_the_cache() {
        Verdict verdict = Story.told()
                .before(seeded(1).hits(0.62, 8))
                .after(seeded(2).hits(0.91, 8))
                .verdict();
        decided(Story.of(verdict, Endpoint.P50), Reason.NC_CACHE);
        assertThat(verdict.reason()).isEqualTo(Reason.NC_CACHE);
        assertThat(verdict.sentence()).contains("What looks faster comes from the cache. Compare cold with cold.");
    }

    @Test
    void row_7_a_change_that_does_nothing_measured_cold_before_and_warm_after() {
        Verdict verdict = Story.told()
                .cold()
                .before(seeded(1).hits(0, 8))
                .after(seeded(2).hits(1, 8))
                .verdict();
        decided(Story.of(verdict, Endpoint.P50), Reason.NC_CACHE);
        assertThat(verdict.word()).isEqualTo(VerdictWord.NOT_COMPARABLE);
        assertThat(verdict.reason().words()).isEqualTo("Not comparable: cache state differs");
        assertThat(verdict.met()).isNull();
    }

    @Test
    void row_8_fast_failures_make_times_look_fast() {
        Verdict verdict = Story.told()
                .before(seeded(1).failing(0.06))
                .after(seeded(2).failing(0.06))
                .verdict();
        decided(Story.of(verdict, Endpoint.P50), Reason.NC_ERRORS);
        assertThat(Story.of(verdict, Endpoint.ERRORS).reason()).isNotEqualTo(Reason.NC_ERRORS);
    }

    @Test
    void row_9_the_service_was_still_warming_up() {
        Judgement p50 =
                Story.told().before(seeded(1).drift(0.5)).after(seeded(2)).of(Endpoint.P50);
        decided(p50, Reason.NC_UNSTABLE);
        assertThat(p50.sentence()).contains("in the leg before the last 5 blocks differ from the first 5");
    }

    @Test
    void row_9_the_state_before_measured_twice_moved_by_itself() {
        Story story = Story.told()
                .before(seeded(1))
                .before(seeded(2).median(100).waited(20))
                .after(seeded(3));
        decided(story.of(Endpoint.P50), Reason.NC_UNSTABLE);
        assertThat(story.verdict().grade()).isEqualTo(Grade.C);
        assertThat(story.of(Endpoint.P50).sentence()).containsPattern("this probe cannot see changes below \\d+ %\\.");
    }

    @Test
    void row_10_five_blocks_are_too_few() {
        Judgement p50 = Story.told()
                .before(seeded(1).blocks(5, 20))
                .after(seeded(2).blocks(5, 20))
                .of(Endpoint.P50);
        decided(p50, Reason.INC_FEW);
        assertThat(p50.sentence())
                .isEqualTo(
                        "Inconclusive: too few samples. There are 5 blocks and 100 successful requests on the smaller"
                                + " side; 5 more blocks and 100 more successful requests a side are needed.");
    }

    @Test
    void row_11_it_stayed_fast_after_the_rollback() {
        Verdict verdict = Story.told()
                .before(seeded(1).blocks(10, 50).median(100))
                .after(seeded(2).blocks(10, 50).median(70))
                .rolledBack(seeded(3).blocks(10, 50).median(70))
                .afterAgain(seeded(4).blocks(10, 50).median(50))
                .verdict();
        decided(Story.of(verdict, Endpoint.P50), Reason.INC_REVERSAL);
        assertThat(verdict.grade()).isEqualTo(Grade.B);
        assertThat(Story.of(verdict, Endpoint.P50).sentence()).contains("did not move the same way");
    }

    @Test
    void row_12_it_got_slower() {
        Judgement p50 =
                Story.told().before(seeded(1)).after(seeded(2).median(110)).of(Endpoint.P50);
        decided(p50, Reason.REGRESSED);
        assertThat(p50.met()).isFalse();
        assertThat(p50.sentence()).contains("slower").endsWith("Regressed. Evidence: before, then after.");
    }

    @Test
    void row_13_it_got_faster_and_slow_again_and_fast_again() {
        Verdict verdict = Story.told()
                .cold()
                .judge(Endpoint.P50, Intent.improve(0.20))
                .before(seeded(1).blocks(10, 50).median(341).hits(0, 1))
                .after(seeded(2).blocks(10, 50).median(262).hits(0, 1))
                .rolledBack(seeded(3).blocks(10, 50).median(341).hits(0, 1))
                .afterAgain(seeded(4).blocks(10, 50).median(262).hits(0, 1))
                .verdict();
        Judgement p50 = Story.of(verdict, Endpoint.P50);
        decided(p50, Reason.IMPROVED);
        assertThat(verdict.grade()).isEqualTo(Grade.B);
        assertThat(p50.met()).isTrue();
        assertThat(p50.sentence())
                .startsWith("Cold p50 went from 3")
                .contains(" ms: 2")
                .contains(" % faster (95 % interval ")
                .endsWith("Improved. Evidence: reversed by rollback.");
        assertThat(verdict.word()).isEqualTo(VerdictWord.IMPROVED);
    }

    @Test
    void row_14_nothing_changed_and_that_was_shown() {
        Verdict verdict = Story.told().before(seeded(1)).after(seeded(2)).verdict();
        Judgement p50 = Story.of(verdict, Endpoint.P50);
        decided(p50, Reason.NO_CHANGE);
        assertThat(p50.met()).isTrue();
        assertThat(p50.sentence()).contains("Within the 10 % you set.").endsWith("No change.");
    }

    @Test
    void a_limit_that_is_a_floor_is_said_in_milliseconds() {
        Verdict verdict = Story.told()
                .before(seeded(1).median(1))
                .after(seeded(2).median(1))
                .verdict();
        Judgement p50 = Story.of(verdict, Endpoint.P50);
        decided(p50, Reason.NO_CHANGE);
        assertThat(p50.sentence()).contains("Within the 5 ms you set.");
    }

    @Test
    void row_15_worse_but_not_sure_enough_among_so_many_looks() {
        Judgement suspect = suspect();
        decided(suspect, Reason.INC_SUSPECT);
        assertThat(suspect.numbers().p()).isLessThanOrEqualTo(0.05);
        assertThat(suspect.numbers().adjustedP()).isGreaterThan(0.05);
        assertThat(suspect.sentence()).contains("Possibly worse");
    }

    /** Looks for a seed at which chance gives a p between 0.05/3 and 0.05 with an estimate beyond the limit. */
    private static Judgement suspect() {
        for (int seed = 0; seed < 200; seed++) {
            Judgement p50 = Story.told()
                    .before(seeded(1000 + seed).blocks(10, 50).noise(0.15))
                    .after(seeded(5000 + seed).blocks(10, 50).noise(0.15).median(92))
                    .of(Endpoint.P50);
            if (p50.reason() == Reason.INC_SUSPECT) {
                return p50;
            }
        }
        throw new AssertionError("no such seed");
    }

    @Test
    void row_16_too_noisy_to_say_and_how_many_blocks_would_settle_it() {
        Judgement p50 = Story.told()
                .before(seeded(5).noise(0.12).blocks(12, 50))
                .after(seeded(6).noise(0.12).blocks(12, 50))
                .of(Endpoint.P50);
        decided(p50, Reason.INC_NOISY);
        assertThat(p50.numbers().blocksMore()).isPositive();
        assertThat(p50.sentence()).contains("Too noisy to say; about ").endsWith("would settle it.");
    }

    @Test
    void row_16_at_the_second_look_offers_no_third() {
        Judgement p50 = Story.told()
                .before(seeded(5).noise(0.12).blocks(12, 50))
                .after(seeded(6).noise(0.12).blocks(12, 50))
                .extended()
                .of(Endpoint.P50);
        decided(p50, Reason.INC_NOISY);
        assertThat(p50.numbers().blocksMore()).isNull();
        assertThat(p50.sentence()).endsWith("there is no third: measure both sides anew, or decide with a reason.");
    }
}
