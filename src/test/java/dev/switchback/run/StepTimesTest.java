package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTimesTest {

    private final StepTimes times =
            new StepTimes(Map.of(), Map.of("copy", Duration.ofSeconds(8), "switch", Duration.ofSeconds(3)));

    @Test
    void adds_up_what_is_known() {
        assertThat(times.undoing(List.of("copy", "switch"))).contains(Duration.ofSeconds(11));
    }

    @Test
    void promises_nothing_when_one_was_never_undone() {
        assertThat(times.undoing(List.of("copy", "deploy"))).isEmpty();
    }
}
