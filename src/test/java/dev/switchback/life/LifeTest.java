package dev.switchback.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.MigrationState;
import dev.switchback.migration.RunsOfMigration.UnderWay;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state and everything that can be decided from it. */
class LifeTest {

    private static Life never(MigrationState state) {
        return new Life(state, false, false, false, Optional.empty());
    }

    private static Life ran(MigrationState state) {
        return new Life(state, false, false, true, Optional.empty());
    }

    private static String offers(Life life) {
        return Arrays.stream(LifeVerb.values())
                .filter(life::allows)
                .map(LifeVerb::word)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT,       done abandon hand-over duplicate archive delete",
        "READY,       done abandon hand-over duplicate archive delete",
        "REHEARSED,   done abandon hand-over duplicate archive",
        "LIVE,        done abandon hand-over duplicate archive",
        "ROLLED_BACK, done abandon hand-over duplicate archive",
        "DONE,        reopen hand-over duplicate archive",
        "ABANDONED,   reopen hand-over duplicate archive"
    })
    void what_can_be_decided_in_each_state_before_anything_ran(MigrationState state, String expected) {
        assertThat(offers(never(state))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(MigrationState.class)
    void what_ran_is_never_deleted(MigrationState state) {
        assertThat(ran(state).refusal(LifeVerb.DELETE).orElseThrow().expected()).contains("archive");
    }

    @ParameterizedTest
    @EnumSource(MigrationState.class)
    void what_is_archived_can_only_be_taken_out_or_copied(MigrationState state) {
        assertThat(offers(new Life(state, true, true, false, Optional.empty()))).isEqualTo("duplicate unarchive");
    }

    @ParameterizedTest
    @EnumSource(MigrationState.class)
    void while_a_run_is_under_way_nobody_says_the_last_word_and_is_told_which_run(MigrationState state) {
        Life busy = new Life(state, false, false, true, Optional.of(new UnderWay(Optional.of(7L))));
        for (LifeVerb verb : new LifeVerb[] {LifeVerb.DONE, LifeVerb.ABANDON, LifeVerb.ARCHIVE}) {
            Life.Refusal refusal = busy.refusal(verb).orElseThrow();
            if (verb == LifeVerb.ARCHIVE || !state.isLastWord()) {
                assertThat(refusal.run()).contains(7L);
                assertThat(refusal.why()).contains("run 7");
            }
        }
        assertThat(busy.allows(LifeVerb.HAND_OVER)).isTrue();
    }

    @Test
    void a_run_that_may_not_be_seen_is_in_the_way_all_the_same_and_has_no_number() {
        Life busy = new Life(MigrationState.LIVE, false, false, true, Optional.of(new UnderWay(Optional.empty())));
        Life.Refusal refusal = busy.refusal(LifeVerb.ARCHIVE).orElseThrow();
        assertThat(refusal.run()).isEmpty();
        assertThat(refusal.why()).isEqualTo("has a run that you may not see under way");
    }

    @Test
    void only_what_nobody_has_read_can_be_reviewed() {
        assertThat(offers(new Life(MigrationState.DRAFT, false, true, false, Optional.empty())))
                .startsWith("review ");
        assertThat(never(MigrationState.DRAFT).allows(LifeVerb.REVIEW)).isFalse();
    }
}
