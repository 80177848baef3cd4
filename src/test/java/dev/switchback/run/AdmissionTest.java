package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On which terms a run may be made. */
class AdmissionTest {

    private static final GateRow OPEN = row("freeze", true, true);
    private static final GateRow CHECKLIST = row("checklist", false, true);
    private static final GateRow REHEARSED = row("rehearsed", false, true);
    private static final GateRow APPROVALS = row("approvals", false, true);
    private static final GateRow LOCK = row("lock", false, true);
    private static final GateRow NOT_DEMANDED = row("probe", false, false);

    private static GateRow row(String key, boolean holds, boolean required) {
        return new GateRow(
                key, "Title of " + key, holds, required, "detail of " + key, "expected", "remedy", null, null);
    }

    private static Admission admit(boolean breaks, List<String> named, int needed, GateRow... rows) {
        return Admission.of(new GateTable(List.of(rows), needed), breaks, named, "shop in prod");
    }

    private static List<String> refused(boolean breaks, List<String> named, GateRow... rows) {
        try {
            admit(breaks, named, 1, rows);
            return List.of();
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(409);
            @SuppressWarnings("unchecked")
            var gates = (List<GateRow>) e.problem().more().get("gates");
            return gates.stream().map(GateRow::key).toList();
        }
    }

    @Test
    void starts_by_itself_when_every_demanded_gate_holds() {
        assertThat(admit(false, null, 0, OPEN, NOT_DEMANDED)).isEqualTo(new Admission(0, List.of()));
    }

    @Test
    void names_every_closed_gate_and_says_that_a_person_may_go_ahead() {
        assertThat(refused(false, null, OPEN, CHECKLIST, REHEARSED, APPROVALS))
                .containsExactly("checklist", "rehearsed");
        assertThatThrownBy(() -> admit(false, null, 0, CHECKLIST, REHEARSED))
                .hasMessageContaining("2 gates are closed: detail of checklist; detail of rehearsed");
    }

    @Test
    void waits_for_people_when_only_their_yes_is_missing() {
        assertThat(admit(false, null, 2, OPEN, APPROVALS)).isEqualTo(new Admission(2, List.of()));
    }

    @Test
    void goes_ahead_against_everything_that_is_closed_when_no_gate_is_named() {
        assertThat(admit(true, null, 1, CHECKLIST, APPROVALS).brokenKeys()).containsExactly("checklist", "approvals");
        assertThat(admit(true, null, 1, CHECKLIST, APPROVALS).approvalsNeeded()).isZero();
    }

    @Test
    void goes_ahead_against_the_named_gates_only() {
        assertThat(refused(true, List.of("checklist"), CHECKLIST, REHEARSED)).containsExactly("rehearsed");
        var admission = admit(true, List.of("checklist"), 2, CHECKLIST, APPROVALS);
        assertThat(admission.brokenKeys()).containsExactly("checklist");
        assertThat(admission.approvalsNeeded()).isEqualTo(2);
    }

    @Test
    void nobody_breaks_the_lock() {
        assertThat(refused(true, null, LOCK, CHECKLIST)).containsExactly("lock");
    }

    @Test
    void the_run_that_is_in_the_way_is_told_by_its_address() {
        var lock = new GateRow(
                "lock", "Nobody else", false, true, "Run 9 is running", "one at a time", "Wait", "/runs/9", null);
        assertThatThrownBy(() -> admit(false, null, 0, lock))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().more()).containsEntry("run", "/api/v1/runs/9"));
    }

    @Test
    void a_gate_that_is_none_is_a_mistake() {
        assertThatThrownBy(() -> admit(true, List.of("weather"), 0, CHECKLIST)).hasMessageContaining("weather");
    }
}
