package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.environment.EnvironmentContent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EasyWayBackTest {

    private static final Instant END = Instant.parse("2026-11-23T10:00:00Z");
    private static final String STEP = "  - {id: one, title: One, phase: verify, wait: {for: 1s}, noRollback: waits}\n";

    @ParameterizedTest
    @CsvSource({"30m, PT30M", "12h, PT12H", "7d, P7D", "365d, P365D"})
    void reads_how_long_after_its_end_a_run_can_be_taken_back(String text, Duration expected) {
        assertThat(Samples.runbook(STEP + "rollbackFor: " + text + "\n").rollbackFor())
                .contains(expected);
    }

    @Test
    void has_no_limit_unless_one_is_declared() {
        assertThat(Samples.runbook(STEP).rollbackFor()).isEmpty();
    }

    @Test
    void the_last_moment_is_still_in_time() {
        var limit = new EasyWayBack(Duration.ofDays(7), END.plus(Duration.ofDays(7)));

        assertThat(limit.isOver(END.plus(Duration.ofDays(7)))).isFalse();
        assertThat(limit.isOver(END.plus(Duration.ofDays(7)).plusMillis(1))).isTrue();
    }

    @Test
    void says_since_when_it_is_too_late_and_what_was_declared() {
        var limit = new EasyWayBack(Duration.ofDays(7), END.plus(Duration.ofDays(7)));

        assertThat(limit.ended(END.plus(Duration.ofDays(9))))
                .isEqualTo("The easy way back ended 2 days ago (declared: 7 days after the end of the run)");
        assertThat(limit.ended(END.plus(Duration.ofDays(7)).plusSeconds(90)))
                .isEqualTo("The easy way back ended 1 min 30 s ago (declared: 7 days after the end of the run)");
    }

    private static EnvironmentContent environment(String more) {
        return EnvironmentContent.of("{\"key\": \"staging\", " + more + "}");
    }

    @Test
    void names_what_of_the_environment_is_another_one_than_the_copy() {
        var pinned = environment("\"variables\": {\"a\": \"1\", \"b\": \"2\"}, \"targets\": {\"db\": {\"url\": \"x\"}},"
                + " \"identity\": [{\"is\": 1}]");
        var today = environment("\"variables\": {\"a\": \"1\", \"b\": \"3\"}, \"targets\": {\"db\": {\"url\": \"y\"},"
                + " \"web\": {}}, \"identity\": [{\"is\": 2}], \"freezes\": []");

        assertThat(PinnedApart.of(pinned, today)).containsExactly("target db", "target web", "variable b", "identity");
        assertThat(PinnedApart.of(pinned, pinned)).isEmpty();
    }
}
