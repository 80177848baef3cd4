package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was declared in advance, and whether it came out. */
class IntentTest {

    private static Boolean met(Intent intent, double after) {
        return Story.told()
                .judge(Endpoint.P50, intent)
                .before(seeded(1).noise(0))
                .after(seeded(1).noise(0).median(after))
                .of(Endpoint.P50)
                .met();
    }

    @ParameterizedTest
    @CsvSource({"60,true", "80,true", "110,false"})
    void keep_is_met_by_improved_and_by_no_change(double after, boolean met) {
        assertThat(met(Intent.KEEP, after)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"60,true", "64,true", "66,false", "80,false", "110,false"})
    void improve_by_20_per_cent_needs_20_per_cent(double after, boolean met) {
        assertThat(met(Intent.improve(0.20), after)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"60,true", "80,true", "92,true", "110,false"})
    void may_worsen_by_30_per_cent_is_met_while_the_worse_end_stays_inside(double after, boolean met) {
        assertThat(met(Intent.mayWorsen(0.30), after)).isEqualTo(met);
    }

    @Test
    void may_worsen_by_less_than_can_be_seen_holds() {
        assertThat(met(Intent.mayWorsen(0.001), 80)).isNull();
    }

    @Test
    void what_is_for_information_never_blocks() {
        assertThat(met(Intent.INFORMATIONAL, 200)).isTrue();
    }

    @Test
    void what_cannot_be_told_holds() {
        assertThat(Story.told()
                        .before(seeded(1).blocks(4, 50))
                        .after(seeded(2).blocks(4, 50))
                        .of(Endpoint.P50)
                        .met())
                .isNull();
    }

    @Test
    void calls_may_worsen_by_a_share_of_what_they_were() {
        Story story = Story.told().judge(Endpoint.DB_CALLS, Intent.mayWorsen(0.10));
        assertThat(story.before(seeded(1).calls(20))
                        .after(seeded(2).calls(22))
                        .of(Endpoint.DB_CALLS)
                        .met())
                .isTrue();
        Story more = Story.told().judge(Endpoint.DB_CALLS, Intent.mayWorsen(0.05));
        assertThat(more.before(seeded(1).calls(20))
                        .after(seeded(2).calls(22))
                        .of(Endpoint.DB_CALLS)
                        .met())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "improve 20%", "may-worsen 2.5%", "informational"})
    void an_intent_is_read_and_spelled_as_in_files(String text) {
        assertThat(Intent.of(text).key()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"better", "improve", "improve 20", "may-worsen"})
    void anything_else_is_no_intent(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Intent.of(text));
    }
}
