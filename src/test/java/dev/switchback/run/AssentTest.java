package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.migration.MigrationRevision;
import dev.switchback.platform.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whose yes counts, and why another's does not. */
class AssentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Run run = RunFixture.run(Purpose.LIVE).run();

    private Approval said(String who, boolean yes) {
        return new Approval(run, who, yes, null, NOW, NOW.plus(Duration.ofHours(72)));
    }

    private Assent at(Instant moment, Approval... said) {
        run.needsApprovals(2);
        return today(moment, run.revision(), person -> true, said);
    }

    private Assent today(Instant now, MigrationRevision present, Predicate<String> may, Approval... said) {
        return Assent.today(run, List.of(said), new Assent.Today(present, run.pinnedEnvironment(), may, now));
    }

    private MigrationRevision revision(int number, Instant createdAt) {
        return new MigrationRevision(
                run.migration(), number, Json.object("{}"), "other", "work", "source", null, createdAt, "author");
    }

    @Test
    void two_people_are_two() {
        Assent assent = at(NOW, said("ann", true), said("bob", true));
        assertThat(assent.given()).isEqualTo(2);
        assertThat(assent.isEnough()).isTrue();
    }

    @Test
    void a_yes_counts_until_it_expires_and_not_at_that_moment() {
        Approval yes = said("ann", true);
        assertThat(at(NOW.plus(Duration.ofHours(72)).minusMillis(1), yes).given())
                .isEqualTo(1);
        Assent late = at(NOW.plus(Duration.ofHours(72)), yes);
        assertThat(late.given()).isZero();
        assertThat(late.rows().get(0).words()).contains("it was good until 2026-11-25 10:00:00 UTC");
    }

    @Test
    void a_no_and_what_was_taken_back_do_not_count() {
        Approval back = said("ann", true);
        back.withdraw(NOW);
        Assent assent = at(NOW, back, said("bob", false));
        assertThat(assent.given()).isZero();
        assertThat(assent.missing()).isEqualTo(2);
        assertThat(assent.rows()).extracting(Assent.Row::why).doesNotContainNull();
    }

    @Test
    void what_comes_after_the_run_has_begun_changes_nothing() {
        run.needsApprovals(1);
        Approval yes = said("ann", true);
        assertThat(Assent.asOf(run, List.of(yes), NOW.plus(Duration.ofHours(1))).isEnough())
                .isTrue();
        assertThat(Assent.asOf(run, List.of(yes), NOW.plus(Duration.ofHours(73)))
                        .isEnough())
                .isFalse();
    }

    @Test
    void who_may_approve_no_more_does_not_count() {
        run.needsApprovals(2);
        Assent assent = today(NOW, run.revision(), "bob"::equals, said("ann", true), said("bob", true));
        assertThat(assent.given()).isEqualTo(1);
        assertThat(assent.rows().get(0).words()).contains("ann may not approve it by now");
    }

    @Test
    void a_later_revision_overtakes_it_whatever_the_clocks_say() {
        run.needsApprovals(1);
        run.askedAt(run.revision());
        Assent assent = today(NOW, revision(2, NOW.minusSeconds(30)), person -> true, said("ann", true));
        assertThat(assent.rows().get(0).why()).contains("revision 2 was written since");
    }

    @Test
    void a_run_of_an_older_revision_is_overtaken_only_by_what_was_written_since() {
        run.needsApprovals(1);
        run.askedAt(revision(4, NOW));
        assertThat(today(NOW, revision(4, NOW.plusSeconds(30)), person -> true, said("ann", true))
                        .isEnough())
                .isTrue();
        assertThat(today(NOW, revision(5, NOW), person -> true, said("ann", true))
                        .isEnough())
                .isFalse();
    }

    @Test
    void a_yes_to_what_is_planned_for_later_does_not_run_out_before_it_may_begin() {
        Duration expires = Duration.ofHours(72);
        Duration tolerance = Duration.ofMinutes(2);
        Instant inTenDays = NOW.plus(Duration.ofDays(10));
        assertThat(DecideApproval.goodUntil(inTenDays, NOW, expires, tolerance)).isEqualTo(inTenDays.plus(tolerance));
        assertThat(DecideApproval.goodUntil(NOW.plusSeconds(60), NOW, expires, tolerance))
                .isEqualTo(NOW.plus(expires));
        assertThat(DecideApproval.goodUntil(null, NOW, expires, tolerance)).isEqualTo(NOW.plus(expires));
    }
}
