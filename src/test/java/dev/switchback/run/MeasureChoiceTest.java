package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasureChoiceTest {

    private static final Optional<Duration> NOT_KNOWN = Optional.empty();

    private static List<JsonNode> metrics() throws Exception {
        return List.of(new ObjectMapper()
                .readTree("{\"name\": \"list\", \"http\": {\"target\": \"web\", \"request\": \"GET /\", \"rate\": 10,"
                        + " \"blocks\": 20, \"perBlock\": 50, \"pause\": \"5s\", \"warmUp\": \"5s\"}}"));
    }

    private static MeasureChoice.Place place(boolean rehearsal, boolean live, boolean hasBaseline) {
        return new MeasureChoice.Place(
                rehearsal,
                live,
                hasBaseline,
                rehearsal ? Optional.of(Duration.ofSeconds(40)) : NOT_KNOWN,
                Optional.of(Duration.ofSeconds(15)));
    }

    @Test
    void says_how_long_a_rehearsal_and_a_live_run_take_with_all_their_sittings() throws Exception {
        List<MeasureChoice> choices = MeasureChoice.of(metrics(), place(true, true, false));
        assertThat(choices).extracting(MeasureChoice::key).containsExactly("full", "quick", "none");
        assertThat(choices.get(0).sitting()).isEqualTo("about 3 min 25 s, 1,000 requests a sitting");
        assertThat(choices.get(0).whole())
                .containsExactly(
                        "Rehearsal: 4 sittings, about 14 min 20 s with the steps",
                        "Live run: 2 sittings, about 7 min 5 s with the steps");
        assertThat(choices.get(1).sitting()).contains("300 requests");
        assertThat(choices.get(1).proves()).contains("never a proof");
        assertThat(choices.get(2).whole())
                .containsExactly("Rehearsal: about 40 s with the steps", "Live run: about 15 s with the steps");
    }

    @Test
    void a_live_run_with_a_fresh_baseline_measures_only_after_the_change() throws Exception {
        assertThat(MeasureChoice.of(metrics(), place(false, true, true)).get(0).whole())
                .containsExactly("Live run: 1 sitting (the baseline is fresh), about 3 min 40 s with the steps");
    }

    @Test
    void says_that_the_time_of_the_steps_is_not_known_before_the_first_run() throws Exception {
        var place = new MeasureChoice.Place(true, false, false, NOT_KNOWN, NOT_KNOWN);
        List<MeasureChoice> choices = MeasureChoice.of(metrics(), place);
        assertThat(choices.get(0).whole())
                .containsExactly("Rehearsal: 4 sittings, about 13 min 40 s and the steps, whose time is not known yet");
        assertThat(choices.get(2).whole()).containsExactly("Rehearsal: the steps, whose time is not known yet");
    }

    @Test
    void offers_nothing_where_no_metrics_are_declared() {
        assertThat(MeasureChoice.of(List.of(), place(true, true, false))).isEmpty();
    }
}
