package dev.switchback.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** What is stored is what was said, digit for digit. */
class VerdictJsonTest {

    private final Told told = new Told().leg("before", "before", 100).leg("after", "after", 75);

    @Test
    void a_verdict_that_was_stored_and_read_again_is_the_same() {
        Verdict said = told.verdict();

        Verdict read = VerdictJson.verdict(Json.object(Json.text(VerdictJson.tree(said))));

        assertThat(read).isEqualTo(said);
        assertThat(VerdictJson.text(VerdictView.of(read, told.input())))
                .isEqualTo(VerdictJson.text(VerdictView.of(said, told.input())));
    }

    @Test
    void the_name_of_the_input_does_not_change_when_it_is_stored() {
        var read =
                new JudgeInput((ObjectNode) Json.object(Json.text(told.input().tree())));

        assertThat(read.hash()).isEqualTo(told.input().hash());
    }

    @Test
    void another_sample_is_another_input() {
        var other = new Told().leg("before", "before", 100).leg("after", "after", 76);

        assertThat(other.input().hash()).isNotEqualTo(told.input().hash());
    }

    @Test
    void says_what_the_contract_promises() {
        VerdictView view = VerdictView.of(told.verdict(), told.input());

        assertThat(view.verdict()).isEqualTo("improved");
        assertThat(view.grade()).isEqualTo("D");
        assertThat(view.remarks()).containsExactly("Measured with the quick preset.");
        VerdictView.MetricView p50 = view.metrics().get(0);
        assertThat(p50.endpoint()).isEqualTo("p50");
        assertThat(p50.change()).isBetween(-0.32, -0.18);
        assertThat(p50.row()).isEqualTo(13);
        assertThat(p50.met()).isTrue();
    }

    @Test
    void four_legs_in_turn_are_grade_b() {
        told.leg("rolled back", "before", 100).leg("after again", "after", 75);

        assertThat(VerdictView.of(told.verdict(), told.input()).grade()).isEqualTo("B");
    }
}
