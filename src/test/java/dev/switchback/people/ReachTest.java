package dev.switchback.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.access.Grant;
import dev.switchback.access.HeldGrant;
import dev.switchback.access.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What grants come to, in words and by environment. */
class ReachTest {

    private static final Place STAGING = new Place("staging", "staging");
    private static final Place PRODUCTION = new Place("production", "production");
    private static final Grant READS = Grant.everywhere(Role.VIEWER);

    private static String words(Place place, Grant... held) {
        return PlaceRow.of(place, List.of(held)).words();
    }

    @Test
    void says_that_who_operates_staging_may_not_run_in_production() {
        var operates = new Grant(Role.OPERATOR, null, "staging");
        assertThat(words(STAGING, READS, operates)).isEqualTo("Reads everything; measures and rehearses; runs.");
        assertThat(words(PRODUCTION, READS, operates)).isEqualTo("Reads everything; may not run anything.");
    }

    @Test
    void says_for_which_services_only() {
        var shop = new Grant(Role.OPERATOR, "shop", null);
        assertThat(words(PRODUCTION, shop)).isEqualTo("Reads shop only; runs for shop only.");
    }

    @Test
    void says_that_who_was_granted_nothing_sees_nothing() {
        assertThat(words(STAGING)).isEqualTo("Sees nothing.");
        assertThat(words(Place.NOWHERE)).isEqualTo("Sees nothing.");
    }

    @Test
    void an_admin_of_one_environment_looks_after_no_people() {
        assertThat(words(Place.NOWHERE, new Grant(Role.ADMIN, null, "staging"))).doesNotContain("people and roles");
        assertThat(words(Place.NOWHERE, Grant.everywhere(Role.ADMIN))).contains("looks after people and roles");
    }

    @Test
    void names_each_reason_why_somebody_runs_in_production() {
        var own = new HeldGrant("ada", "Ada", new Grant(Role.OPERATOR, null, "production"), null, true);
        var team = new HeldGrant("ada", "Ada", Grant.everywhere(Role.OPERATOR), "platform", true);
        var other = new HeldGrant("bob", "Bob", new Grant(Role.OPERATOR, null, "staging"), null, true);
        var section = AccessTable.of(List.of(PRODUCTION), List.of(own, team, other))
                .sections()
                .get(0);
        var runs = section.lines().stream()
                .filter(line -> line.title().equals("Runs"))
                .findFirst()
                .orElseThrow();
        assertThat(runs.people()).singleElement().satisfies(who -> {
            assertThat(who.name()).isEqualTo("ada");
            assertThat(who.why()).containsExactly("operator in “production”", "operator, through platform");
        });
    }
}
