package dev.switchback.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"250ms, 250", "20s, 20000", "5m, 300000", "2h, 7200000", "0s, 0", "168h, 604800000"})
    void reads_what_the_file_may_say_and_writes_it_back(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "5", "5 s", "1.5s", "-1s", "5S", "5d", "1h30m", "s", "99999999999s"})
    void refuses_everything_else_and_says_what_is_right(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("such as 250ms, 20s, 5m or 2h");
    }

    @Test
    void refuses_more_than_a_week() {
        assertThatThrownBy(() -> Durations.parse("169h")).hasMessage("\"169h\" is too long: at most 168h are allowed");
    }

    @ParameterizedTest
    @CsvSource({"87, 87 ms", "1400, 1.4 s", "2000, 2 s", "20040, 20 s", "185000, 3 min 5 s", "7200000, 2 h"})
    void says_it_in_words(long millis, String words) {
        assertThat(Durations.words(Duration.ofMillis(millis))).isEqualTo(words);
    }
}
