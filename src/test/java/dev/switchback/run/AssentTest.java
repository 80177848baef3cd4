package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        return Assent.of(run, List.of(said), run.revision(), run.pinnedEnvironment(), moment);
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
}
