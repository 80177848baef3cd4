package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is called longer than usual. */
class LatenessTest {

    @ParameterizedTest
    @CsvSource({
        "40, 12, true",
        "12, 12, false",
        "18, 12, false", // exactly half as long again
        "19, 12, true",
        "6, 2, false", // three times as long, but four seconds only
        "7, 2, true",
        "3605, 3600, false", // five seconds more, but of an hour
        "0, 12, false",
    })
    void half_as_long_again_and_five_seconds_more(long took, long usually, boolean late) {
        assertThat(Lateness.isLate(Duration.ofSeconds(took), Duration.ofSeconds(usually)))
                .isEqualTo(late);
    }

    @Test
    void says_so_in_words_and_nothing_when_nobody_knows() {
        assertThat(Lateness.words(Duration.ofMillis(40_200), Duration.ofMillis(11_900)))
                .contains("Longer than usual: 40 s, usually 12 s");
        assertThat(Lateness.words(Duration.ofHours(1), null)).isEmpty();
        assertThat(Lateness.words(null, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void markdown_cannot_be_smuggled_in() {
        assertThat(ReportMarkdown.cell("a | b\n# c [x](y) <b>")).isEqualTo("a \\| b \\# c \\[x\\](y) \\<b\\>");
    }

    @Test
    void an_objective_that_was_missed_is_called_so() {
        assertThat(new WayBackTime(44, Duration.ofSeconds(118), Duration.ofMinutes(5)).words())
                .isEqualTo("Way back: 1 min 58 s in run 44, objective 5 min: kept");
        assertThat(new WayBackTime(44, Duration.ofSeconds(301), Duration.ofMinutes(5)).words())
                .endsWith("missed");
        assertThat(new WayBackTime(44, Duration.ofSeconds(301), null).words()).endsWith("no objective is declared");
    }
}
