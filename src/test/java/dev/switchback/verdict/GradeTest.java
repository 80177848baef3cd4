package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How strong the evidence is, by what was really carried out, and what a rollback must show. */
class GradeTest {

    private static Story.Sitting ten(long seed, double median) {
        return seeded(seed).blocks(10, 50).median(median);
    }

    @Test
    void both_versions_up_and_taking_turns_are_grade_a() {
        Verdict verdict = Story.told()
                .interleaved()
                .before(seeded(1))
                .after(seeded(2).median(60))
                .verdict();
        assertThat(verdict.grade()).isEqualTo(Grade.A);
        assertThat(verdict.grade().proves()).isTrue();
        assertThat(Story.of(verdict, Endpoint.P50).sentence()).endsWith("Evidence: side by side.");
    }

    @Test
    void blocks_that_took_turns_may_drift_together() {
        Verdict verdict = Story.told()
                .interleaved()
                .before(seeded(1).drift(0.3))
                .after(seeded(2).drift(0.3).median(40))
                .verdict();
        assertThat(Story.of(verdict, Endpoint.P50).reason()).isEqualTo(Reason.IMPROVED);
    }

    @Test
    void a_rehearsal_that_goes_forward_back_and_forward_is_grade_b() {
        Verdict verdict = Story.told()
                .before(ten(1, 80))
                .after(ten(2, 56))
                .rolledBack(ten(3, 80))
                .afterAgain(ten(4, 56))
                .verdict();
        assertThat(verdict.grade()).isEqualTo(Grade.B);
        Judgement p50 = Story.of(verdict, Endpoint.P50);
        assertThat(p50.reason()).isEqualTo(Reason.IMPROVED);
        assertThat(p50.reversal().follows()).isTrue();
        assertThat(p50.reversal().switches()).hasSize(3).allMatch(change -> change < -0.05);
        assertThat(p50.blocks())
                .extracting(LegBlocks::leg)
                .containsExactly("before", "after", "rolled back", "after again");
        assertThat(p50.remarks().get(0)).startsWith("All three switches moved the same way, and the change is ");
    }

    @Test
    void an_effect_smaller_than_one_and_a_half_gaps_did_not_follow_the_rollback() {
        Judgement p50 = Story.of(
                Story.told()
                        .before(ten(1, 90))
                        .after(ten(2, 66))
                        .rolledBack(ten(3, 70))
                        .afterAgain(ten(4, 52))
                        .verdict(),
                Endpoint.P50);
        assertThat(p50.reason()).isEqualTo(Reason.INC_REVERSAL);
        assertThat(p50.reversal().gap()).isGreaterThan(0.15);
        assertThat(p50.met()).isNull();
    }

    @Test
    void a_leg_that_was_interrupted_takes_the_grade_away() {
        Verdict verdict = Story.told()
                .before(ten(1, 80))
                .after(ten(2, 56))
                .rolledBack(ten(3, 80))
                .afterAgain(ten(4, 56).interrupted())
                .verdict();
        assertThat(verdict.grade()).isNotEqualTo(Grade.B);
    }

    @Test
    void a_quiet_baseline_a_quarter_of_an_hour_apart_is_grade_c() {
        Verdict verdict = Story.told()
                .before(seeded(1))
                .before(seeded(2).waited(15))
                .after(seeded(3).median(60))
                .verdict();
        assertThat(verdict.grade()).isEqualTo(Grade.C);
        assertThat(verdict.gradeWords()).contains("a change of load in between would look the same");
        assertThat(Story.of(verdict, Endpoint.P50).reason()).isEqualTo(Reason.IMPROVED);
    }

    @Test
    void two_sittings_right_after_each_other_prove_no_quiet_baseline() {
        assertThat(Story.told()
                        .before(seeded(1))
                        .before(seeded(2).waited(5))
                        .after(seeded(3))
                        .verdict()
                        .grade())
                .isEqualTo(Grade.D);
    }

    @Test
    void once_before_and_once_after_is_grade_d_and_only_faster_afterwards() {
        Verdict verdict =
                Story.told().before(seeded(1)).after(seeded(2).median(60)).verdict();
        assertThat(verdict.grade()).isEqualTo(Grade.D);
        assertThat(verdict.grade().proves()).isFalse();
        assertThat(Story.of(verdict, Endpoint.P50).sentence()).contains("% faster afterwards (95 % interval");
    }
}
