package dev.switchback.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.problem.ProblemException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the buttons of the form do before anything is saved. */
class FormMovesTest {

    private final Fields fields = new Fields();

    @BeforeEach
    void threeSteps() {
        for (int i = 0; i < 3; i++) {
            fields.put("steps[" + i + "].id", "step-" + (char) ('a' + i));
            fields.put("steps[" + i + "]~kind", "sql");
            fields.put("steps[" + i + "].sql.statements[0]", "statement " + i);
            fields.put("steps[" + i + "].phase", "change");
        }
        fields.put("steps[1]~closed", "yes");
    }

    @Test
    void a_step_moves_up_with_everything_in_it() {
        FormMoves.apply(fields, "up steps[1]");
        assertThat(ids()).isEqualTo("step-b step-a step-c");
        assertThat(fields.text("steps[0].sql.statements[0]")).isEqualTo("statement 1");
        assertThat(fields.isClosed("steps[0]")).isTrue();
        assertThat(fields.isClosed("steps[1]")).isFalse();
    }

    @Test
    void a_step_moves_down() {
        FormMoves.apply(fields, "down steps[1]");
        assertThat(ids()).isEqualTo("step-a step-c step-b");
    }

    @Test
    void the_first_stays_first_and_the_last_stays_last() {
        FormMoves.apply(fields, "up steps[0]");
        FormMoves.apply(fields, "down steps[2]");
        assertThat(ids()).isEqualTo("step-a step-b step-c");
    }

    @Test
    void a_copy_stands_open_behind_its_original_under_a_name_of_its_own() {
        FormMoves.apply(fields, "copy steps[1]");
        assertThat(ids()).isEqualTo("step-a step-b step-b-2 step-c");
        assertThat(fields.text("steps[2].sql.statements[0]")).isEqualTo("statement 1");
        assertThat(fields.isClosed("steps[2]")).isFalse();
    }

    @Test
    void a_removed_step_is_gone_with_everything_in_it() {
        FormMoves.apply(fields, "remove steps[1]");
        assertThat(ids()).isEqualTo("step-a step-c");
        assertThat(fields.all()).noneSatisfy((name, text) -> assertThat(text).contains("statement 1"));
    }

    @Test
    void a_removed_step_leaves_a_gap_that_later_moves_step_over() {
        FormMoves.apply(fields, "remove steps[1]");
        FormMoves.apply(fields, "up steps[2]");
        assertThat(ids()).isEqualTo("step-c step-a");
    }

    @Test
    void a_new_step_begins_with_the_target_of_the_last_step_of_its_kind() {
        fields.put("steps[0].sql.target", "shop-db");
        fields.put("steps[2].sql.target", "audit-db");
        fields.put("steps~add", "sql");
        FormMoves.apply(fields, "add steps");
        assertThat(fields.text("steps[3].sql.target")).isEqualTo("audit-db");
        fields.put("steps~add", "http");
        FormMoves.apply(fields, "add steps");
        assertThat(fields.has("steps[4].http.target")).isFalse();
    }

    @Test
    void an_undo_begins_with_the_target_of_its_step_and_stays_empty_when_somebody_emptied_it() {
        fields.put("steps[0].sql.target", "shop-db");
        fields.put("steps[0].rollback~kind", "sql");
        FormMoves.apply(fields, "show steps[0].rollback~kind");
        assertThat(fields.text("steps[0].rollback.sql.target")).isEqualTo("shop-db");
        fields.put("steps[0].rollback.sql.target", "");
        FormMoves.apply(fields, "show steps[0].rollback~kind");
        assertThat(fields.text("steps[0].rollback.sql.target")).isEmpty();
    }

    @Test
    void saving_fills_nothing_in() {
        fields.put("steps[0].sql.target", "shop-db");
        fields.put("steps[0].rollback~kind", "sql");
        FormMoves.apply(fields, "save");
        assertThat(fields.has("steps[0].rollback.sql.target")).isFalse();
    }

    @Test
    void a_new_step_is_of_the_chosen_kind_and_in_the_phase_of_the_one_before() {
        fields.put("steps~add", "http");
        FormMoves.apply(fields, "add steps");
        assertThat(fields.text("steps[3]~kind")).isEqualTo("http");
        assertThat(fields.text("steps[3].phase")).isEqualTo("change");
        assertThat(fields.has("steps~add")).isFalse();
    }

    @Test
    void the_kind_of_a_step_that_was_not_added_is_forgotten_with_any_button() {
        fields.put("steps~add", "http");
        FormMoves.apply(fields, "save");
        assertThat(fields.has("steps~add")).isFalse();
    }

    @Test
    void opening_and_folding_changes_nothing_else() {
        String before = fields.folded("steps[1]");
        FormMoves.apply(fields, "open steps[1]");
        FormMoves.apply(fields, "close steps[1]");
        assertThat(fields.folded("steps[1]")).isEqualTo(before);
    }

    @Test
    void ids_left_empty_are_made_from_titles_and_differ() {
        fields.put("steps[0].id", "");
        fields.put("steps[0].title", "Créate the  Table!");
        fields.put("steps[2].id", " ");
        fields.put("steps[2].title", "create the table");
        fields.put("title", "Move it");
        FormMoves.nameTheNameless(fields, true);
        assertThat(ids()).isEqualTo("create-the-table step-b create-the-table-2");
        assertThat(fields.text("key")).isEqualTo("move-it");
    }

    @Test
    void a_key_that_is_there_is_never_made_anew() {
        fields.put("title", "Move it");
        FormMoves.nameTheNameless(fields, false);
        assertThat(fields.has("key")).isFalse();
    }

    @Test
    void a_long_title_is_cut_between_words() {
        assertThat(FormMoves.slug("a".repeat(40) + " bbbb cccccccccccccc")).isEqualTo("a".repeat(40) + "-bbbb");
        assertThat(FormMoves.slug("x".repeat(80))).hasSize(48);
    }

    @Test
    void a_button_that_somebody_made_up_is_refused_or_does_nothing() {
        var before = fields.all().toString();
        FormMoves.apply(fields, "explode steps[1]");
        FormMoves.apply(fields, "up");
        FormMoves.apply(fields, "up steps[99]");
        assertThat(fields.all().toString()).isEqualTo(before);
        assertThatThrownBy(() -> FormMoves.apply(fields, "copy title")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> FormMoves.apply(fields, "copy steps[x]")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> FormMoves.apply(fields, "up ]")).isInstanceOf(ProblemException.class);
    }

    private String ids() {
        return fields.entries("steps").stream()
                .map(number -> fields.text("steps[" + number + "].id"))
                .collect(Collectors.joining(" "));
    }
}
