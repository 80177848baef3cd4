package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.verdict.CacheState;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TempoTest {

    private static final Tempo TEN_A_SECOND =
            Tempo.of(Samples.plan("{name: a, class: cold, http: {target: web, request: GET /, rate: 10}}"));

    private static List<Taken> answersAfter(long millis) {
        return Collections.nCopies(
                20,
                new Taken(
                        -1,
                        0,
                        -1,
                        0,
                        0,
                        0,
                        millis * 1000,
                        200,
                        null,
                        0,
                        true,
                        null,
                        CacheState.MISS,
                        "X",
                        null,
                        null,
                        null,
                        null,
                        true,
                        false,
                        null));
    }

    @Test
    void a_slot_is_as_long_as_the_rate_says() {
        assertThat(TEN_A_SECOND.slotUs()).isEqualTo(100_000);
        assertThat(TEN_A_SECOND.rate()).isEqualTo(10);
        assertThat(TEN_A_SECOND.seconds(50)).isEqualTo(5);
    }

    @Test
    void keeps_the_rate_when_purging_and_the_answer_before_fit_into_half_a_slot() {
        Tempo tempo = TEN_A_SECOND.withRoom(10_000_000, answersAfter(20));
        assertThat(tempo.rate()).isEqualTo(10);
        assertThat(tempo.roomUs()).isEqualTo(34_000);
    }

    @Test
    void makes_slots_longer_by_whole_times_when_they_do_not_fit() {
        Tempo tempo = TEN_A_SECOND.withRoom(10_000_000, answersAfter(100));
        assertThat(tempo.slotUs()).isEqualTo(300_000);
        assertThat(tempo.roomUs()).isEqualTo(130_000);
    }

    @Test
    void a_service_that_answers_nothing_does_not_make_it_last_for_ever() {
        assertThat(TEN_A_SECOND.withRoom(10_000_000, answersAfter(60_000)).slotUs())
                .isEqualTo(2_000_000);
        assertThat(TEN_A_SECOND.withRoom(10_000_000, List.of()).rate()).isEqualTo(10);
    }
}
