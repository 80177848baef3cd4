package dev.switchback.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.GateRow;
import dev.switchback.run.GateTable;
import dev.switchback.run.Purpose;
import dev.switchback.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** May this revision go to production, and exactly which proof is missing? */
class ReadinessTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private String tier = "production";
    private String more = "";
    private Purpose purpose = Purpose.LIVE;
    private boolean needsReview;
    private boolean measures = true;
    private boolean probed = true;
    private String rollbackNote = "Set it back";
    private Optional<Facts.Reached> reached = Optional.of(new Facts.Reached(NOW.minusSeconds(60), 3, List.of(), 2));
    private Optional<Facts.Baseline> baseline = Optional.of(new Facts.Baseline(7, NOW.minusSeconds(60)));
    private RunState rehearsal = RunState.SUCCEEDED;
    private boolean seen = true;
    private Duration rehearsedAgo = Duration.ofDays(1);
    private Facts.OldState oldState = Facts.OldState.SEEN;
    private Optional<Facts.Said> said = Optional.of(new Facts.Said(4, true, "Nothing got worse."));
    private Optional<Facts.Probed> probe = Optional.of(new Facts.Probed(true, "0 of 8,040 probes failed"));
    private List<String> changed = List.of();
    private List<String> openTicks = List.of();
    private Facts.Assent assent = new Facts.Assent(0, 0, List.of(), Optional.empty());
    private Facts.Needs needs = new Facts.Needs(0, Optional.empty(), List.of());
    private Optional<Facts.Neighbour> neighbour = Optional.empty();

    private GateTable table() {
        var content =
                EnvironmentContent.of("{\"key\":\"prod\",\"name\":\"Prod\",\"tier\":\"" + tier + "\"" + more + "}");
        return Readiness.of(new Facts(
                new Facts.Plan(
                        "shop-settings",
                        "shop",
                        7,
                        "team-shop",
                        "faster",
                        rollbackNote,
                        needsReview,
                        measures,
                        probed,
                        2),
                new Facts.Place(content, purpose),
                reached,
                baseline,
                Optional.ofNullable(rehearsal)
                        .map(state -> new Facts.Rehearsal(
                                47,
                                seen,
                                "staging",
                                7,
                                state,
                                NOW.minus(rehearsedAgo),
                                oldState,
                                said,
                                probe,
                                changed)),
                new Facts.Ticks(4, openTicks),
                assent,
                needs,
                neighbour,
                new Facts.When(NOW, NOW, Duration.ofDays(14), Duration.ofDays(14))));
    }

    private GateRow gate(String key) {
        return table().rows().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private List<String> closed() {
        return table().closed().stream().map(GateRow::key).toList();
    }

    @Test
    void production_opens_when_every_proof_is_there() {
        assertThat(table().isReady()).isTrue();
        assertThat(table().required()).allMatch(GateRow::holds).allMatch(row -> row.remedy() == null);
    }

    @Test
    void refuses_production_until_this_revision_was_rehearsed() {
        rehearsal = null;
        assertThat(closed()).containsExactly("rehearsed", "rollback", "compared", "probe");
        assertThat(gate("rehearsed").detail()).isEqualTo("Revision 7 was never rehearsed in a lower tier");
        assertThat(gate("rehearsed").todo()).isEqualTo("/migrations/shop-settings/start");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "ROLLED_BACK"})
    void a_later_rehearsal_that_failed_refutes_an_earlier_one(RunState ended) {
        rehearsal = ended;
        assertThat(closed()).contains("rehearsed");
        assertThat(gate("rehearsed").detail()).isEqualTo("Run 47 in staging ended " + ended.word());
    }

    @Test
    void a_rehearsal_counts_for_fourteen_days_and_not_a_second_longer() {
        rehearsedAgo = Duration.ofDays(14);
        assertThat(table().isReady()).isTrue();
        rehearsedAgo = Duration.ofDays(14).plusSeconds(1);
        assertThat(closed()).containsExactly("rehearsed");
    }

    @Test
    void what_changed_where_it_was_rehearsed_takes_the_proof_away() {
        changed = List.of("the targets, variables or identity of staging were changed");
        assertThat(closed()).containsExactly("rehearsed");
        assertThat(gate("rehearsed").detail())
                .endsWith("since then the targets, variables or identity of staging were" + " changed");
    }

    /** The gates that speak of the rehearsal, as one text. */
    private String ofRehearsal() {
        return List.of("rehearsed", "rollback", "compared", "probe").stream()
                .map(this::gate)
                .map(row -> row.detail() + row.remedy() + row.evidence())
                .collect(Collectors.joining("; "));
    }

    @Test
    void a_rehearsal_that_may_not_be_seen_proves_as_much_and_tells_nothing() {
        seen = false;
        rehearsedAgo = Duration.ofMinutes(200);
        assertThat(table().isReady()).isTrue();
        assertThat(gate("rehearsed").detail()).isEqualTo("Rehearsed in an environment that you do not see, 3 h ago");
        assertThat(gate("compared").detail())
                .isEqualTo("Judged by the rehearsal in an environment that you do not see, 3 h ago");
        assertThat(ofRehearsal()).doesNotContain("47", "staging", "got worse", "probes", "2 steps");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whether_a_rehearsal_is_enough_does_not_depend_on_who_asks(boolean asked) {
        seen = asked;
        rehearsedAgo = Duration.ofDays(15);
        changed = List.of("the targets, variables or identity of staging were changed");
        oldState = Facts.OldState.NOT_LOOKED;
        said = Optional.of(new Facts.Said(4, false, "p95 got worse."));
        probe = Optional.of(new Facts.Probed(false, "5 of 1,259 probes failed"));
        assertThat(closed()).containsExactly("rehearsed", "rollback", "compared", "probe");
        assertThat(ofRehearsal().contains("got worse")).isEqualTo(asked);
        assertThat(ofRehearsal().contains("1,259")).isEqualTo(asked);
        assertThat(gate("rehearsed").detail().contains("you do not see, 15 days ago, and that is not enough"))
                .isNotEqualTo(asked);
        rehearsedAgo = Duration.ofDays(1);
        assertThat(gate("rehearsed").detail().contains("staging")).isEqualTo(asked);
        rehearsal = RunState.FAILED;
        assertThat(closed()).containsExactly("rehearsed", "rollback", "compared", "probe");
        assertThat(gate("rehearsed").detail().contains("failed")).isEqualTo(asked);
    }

    @Test
    void a_way_back_that_nobody_looked_at_proves_nothing() {
        oldState = Facts.OldState.NOT_LOOKED;
        assertThat(closed()).containsExactly("rollback");
    }

    @Test
    void where_nothing_says_how_to_see_the_old_state_it_is_said_and_blocks_nobody() {
        oldState = Facts.OldState.NOBODY_CAN_TELL;
        assertThat(table().isReady()).isTrue();
        assertThat(gate("rollback").detail()).contains("nobody can tell");
    }

    @Test
    void an_intent_that_was_missed_or_cannot_be_told_keeps_production_shut() {
        said = Optional.of(new Facts.Said(4, false, "p95 got worse."));
        assertThat(gate("compared").remedy()).isEqualTo("Mend what got worse, and rehearse again");
        assertThat(closed()).containsExactly("compared");
        said = Optional.of(new Facts.Said(4, null, "It cannot be told yet."));
        assertThat(closed()).containsExactly("compared");
        said = Optional.empty();
        assertThat(closed()).containsExactly("compared");
    }

    @Test
    void a_probe_that_failed_on_any_leg_keeps_production_shut() {
        probe = Optional.of(new Facts.Probed(false, "5 of 1,259 probes failed"));
        assertThat(closed()).containsExactly("probe");
    }

    @Test
    void what_a_runbook_does_not_declare_is_not_asked_for() {
        measures = false;
        probed = false;
        said = Optional.empty();
        probe = Optional.empty();
        baseline = Optional.empty();
        assertThat(table().isReady()).isTrue();
        assertThat(table().rows()).extracting(GateRow::key).doesNotContain("baseline", "compared", "probe", "needs");
    }

    @Test
    void a_place_that_did_not_answer_is_not_ready_and_one_never_asked_is_asked_at_the_start() {
        reached = Optional.of(new Facts.Reached(NOW, 3, List.of("this is not prod: it is staging"), 1));
        assertThat(gate("identity").detail()).startsWith("this is not prod: it is staging");
        assertThat(closed()).containsExactly("identity");
        reached = Optional.empty();
        assertThat(table().isReady()).isTrue();
        assertThat(gate("identity").detail()).contains("never asked", "asked when a run starts");
    }

    @Test
    void what_nobody_read_or_wrote_down_is_not_ready() {
        needsReview = true;
        rollbackNote = " ";
        assertThat(closed()).containsExactly("written", "reviewed");
        assertThat(gate("written").detail()).isEqualTo("Revision 7 does not say the rollback note");
    }

    @Test
    void names_what_is_open_on_the_checklist() {
        openTicks = List.of("Plans", "Data", "Tell support", "Backup");
        assertThat(gate("checklist").detail()).isEqualTo("0 of 4; open: Plans, Data, Tell support and 1 more");
        assertThat(closed()).containsExactly("checklist");
    }

    @Test
    void only_approvals_missing_is_told_apart_from_the_rest() {
        assent = new Facts.Assent(2, 1, List.of("reviewer"), Optional.of(48L));
        assertThat(table().onlyApprovalsMissing()).isTrue();
        assertThat(gate("approvals").detail()).isEqualTo("1 of 2: reviewer; run 48 waits for them");
        assertThat(gate("approvals").todo()).isEqualTo("/migrations/shop-settings/approve?run=48");
        openTicks = List.of("Plans");
        assertThat(table().onlyApprovalsMissing()).isFalse();
        assent = new Facts.Assent(2, 2, List.of("reviewer", "lead"), Optional.of(48L));
        assertThat(closed()).containsExactly("checklist");
    }

    @Test
    void a_start_outside_the_maintenance_windows_waits_for_the_next_one() {
        // The 23rd of November 2026 is a Monday.
        more = ",\"windows\":[{\"days\":[\"mon\"],\"from\":\"20:00\",\"to\":\"23:00\",\"zone\":\"UTC\"}]";
        assertThat(closed()).containsExactly("window");
        assertThat(gate("window").detail())
                .isEqualTo("2026-11-23 12:00:00 UTC is outside; the next one opens 2026-11-23 20:00:00 UTC");
        more = ",\"windows\":[{\"days\":[\"mon\"],\"from\":\"11:00\",\"to\":\"23:00\",\"zone\":\"UTC\"}]";
        assertThat(table().isReady()).isTrue();
        tier = "staging";
        more = ",\"windows\":[{\"days\":[\"tue\"],\"from\":\"20:00\",\"to\":\"23:00\",\"zone\":\"UTC\"}]";
        assertThat(table().isReady()).isTrue();
    }

    @Test
    void needs_of_the_way_back_are_told_as_asked_or_not_asked_yet() {
        needs = new Facts.Needs(2, Optional.empty(), List.of());
        assertThat(gate("needs").detail()).isEqualTo("2 conditions, asked when it starts");
        needs = new Facts.Needs(
                2, Optional.of(List.of("the way back of step one needs what is not there: 0")), List.of());
        assertThat(closed()).containsExactly("needs");
        needs = new Facts.Needs(2, Optional.of(List.of()), List.of("the way back of step two needs the copy"));
        assertThat(table().isReady()).isTrue();
        assertThat(gate("needs").detail())
                .isEqualTo(
                        "Asked now: 1 of 2 conditions; a step may still make the rest: the way back of step two needs"
                                + " the copy");
    }

    @Test
    void a_freeze_shuts_every_place_and_another_run_too() {
        more =
                ",\"freezes\":[{\"from\":\"2026-11-20T00:00:00Z\",\"to\":\"2026-12-01T00:00:00Z\",\"reason\":\"holidays\"}]";
        for (String each : List.of("development", "staging", "production")) {
            tier = each;
            assertThat(closed()).containsExactly("freeze");
        }
        assertThat(gate("freeze").detail()).contains("holidays");
        neighbour = Optional.of(new Facts.Neighbour(9, false, RunState.RUNNING));
        assertThat(closed()).containsExactly("freeze", "lock");
        assertThat(gate("lock").evidence()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging"})
    void below_production_nothing_is_demanded_but_the_lock_and_freezes(String lower) {
        tier = lower;
        rehearsal = null;
        reached = Optional.empty();
        openTicks = List.of("Plans");
        assertThat(table().isReady()).isTrue();
        assertThat(table().required()).extracting(GateRow::key).containsExactly("freeze", "lock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void what_nobody_has_read_runs_live_nowhere(String anywhere) {
        tier = anywhere;
        needsReview = true;
        assertThat(closed()).containsExactly("reviewed");
    }

    @Test
    void an_environment_says_itself_which_gates_it_demands() {
        tier = "staging";
        more = ",\"gates\":{\"checklist\":true}";
        openTicks = List.of("Plans");
        assertThat(closed()).containsExactly("checklist");
        tier = "production";
        more = ",\"gates\":{\"checklist\":false,\"rehearsed\":false}";
        assertThat(table().isReady()).isTrue();
        assertThat(gate("checklist").holds()).isFalse();
        assertThat(gate("checklist").required()).isFalse();
    }

    @Test
    void a_rehearsal_is_never_asked_for_what_only_a_rehearsal_brings() {
        tier = "staging";
        purpose = Purpose.REHEARSAL;
        rehearsal = null;
        more = ",\"gates\":{\"rehearsed\":true,\"rollback\":true,\"compared\":true,\"probe\":true,\"baseline\":true}";
        assertThat(table().isReady()).isTrue();
        baseline = Optional.empty();
        assertThat(closed()).containsExactly("baseline");
    }

    @Test
    void the_way_back_is_asked_for_nothing_but_the_lock() {
        purpose = Purpose.ROLLBACK;
        rehearsal = null;
        reached = Optional.empty();
        more = ",\"freezes\":[{\"from\":\"2026-11-20T00:00:00Z\",\"to\":\"2026-12-01T00:00:00Z\"}]";
        assertThat(table().required()).extracting(GateRow::key).containsExactly("lock");
    }

    @Test
    void the_number_of_approvals_is_the_larger_of_migration_and_environment() {
        var runbook = dev.switchback.runbook.Runbook.of(
                dev.switchback.platform.Json.object("{\"key\":\"a\",\"approvals\":2}"));
        var one = EnvironmentContent.of("{\"tier\":\"production\",\"gates\":{\"approvals\":1}}");
        var three = EnvironmentContent.of("{\"tier\":\"production\",\"gates\":{\"approvals\":3}}");
        var staging = EnvironmentContent.of("{\"tier\":\"staging\"}");
        assertThat(Demands.approvals(one, runbook, Purpose.LIVE)).isEqualTo(2);
        assertThat(Demands.approvals(three, runbook, Purpose.LIVE)).isEqualTo(3);
        assertThat(Demands.approvals(staging, runbook, Purpose.LIVE)).isZero();
        assertThat(Demands.approvals(three, runbook, Purpose.REHEARSAL)).isZero();
    }

    @Test
    void every_gate_has_a_name_of_its_own_that_a_file_may_switch() {
        List<String> keys = Readiness.GATES.stream().map(Gate::key).toList();
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(dev.switchback.shape.RunbookShapes.GATES)
                .containsAll(keys.stream()
                        .filter(key -> !List.of("written", "needs", "approvals", "lock")
                                .contains(key))
                        .toList());
    }
}
