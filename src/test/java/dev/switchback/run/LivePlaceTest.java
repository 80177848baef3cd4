package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivePlaceTest {

    @Test
    void reads_what_it_writes() {
        assertThat(LivePlace.of(new LivePlace(12, 340).toString())).isEqualTo(new LivePlace(12, 340));
    }

    @Test
    void nothing_means_the_beginning() {
        assertThat(LivePlace.of(null)).isEqualTo(new LivePlace(0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "a.b", "1.-2", "1.2.3", "."})
    void refuses_anything_else(String text) {
        assertThatThrownBy(() -> LivePlace.of(text)).isInstanceOf(ProblemException.class);
    }
}
