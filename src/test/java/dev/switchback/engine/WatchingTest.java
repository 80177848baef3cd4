package dev.switchback.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchingTest {

    private static final Answer YES = new Answer(Answer.State.HOLDS, Optional.of("0"), "0", "was 0");
    private static final Answer NO = new Answer(Answer.State.DOES_NOT_HOLD, Optional.of("3"), "0", "was 3");
    private static final Answer NONE = new Answer(Answer.State.COULD_NOT_ASK, Optional.empty(), "0", "refused");

    private final Map<Integer, Integer> misses = new HashMap<>();

    private boolean counts(Answer answer) {
        return Watching.counts(misses, 1, answer);
    }

    @Test
    void an_answer_counts_at_once() {
        assertThat(counts(YES)).isTrue();
        assertThat(counts(NO)).isTrue();
    }

    @Test
    void none_counts_only_the_third_time_in_a_row() {
        assertThat(counts(NONE)).isFalse();
        assertThat(counts(NONE)).isFalse();
        assertThat(counts(NONE)).isTrue();
    }

    @Test
    void an_answer_in_between_begins_the_count_anew() {
        counts(NONE);
        counts(NONE);
        counts(YES);

        assertThat(counts(NONE)).isFalse();
    }
}
