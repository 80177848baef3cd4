package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DriverTest {

    private static final Instant UNTIL = Instant.parse("2026-11-22T14:03:12Z");

    private static Driver heard(int secondsAgo, boolean draining, boolean leased) {
        return new Driver("alpha", Duration.ofSeconds(secondsAgo), draining, UNTIL, leased);
    }

    @Test
    void a_driver_that_was_heard_just_now_is_named_with_that() {
        assertThat(heard(1, false, true).words()).isEqualTo("alpha, heard 1 s ago");
    }

    @Test
    void a_silent_driver_is_named_with_the_moment_at_which_another_takes_over() {
        assertThat(heard(9, false, true).words())
                .isEqualTo(
                        "alpha, last heard 9 s ago; if it stays silent, another instance takes over at 14:03:12 UTC");
    }

    @Test
    void a_driver_that_is_being_stopped_says_that_another_goes_on() {
        assertThat(heard(1, true, true).words())
                .isEqualTo("alpha, which is being stopped; another instance goes on after this step");
    }

    @Test
    void a_driver_whose_lease_is_over_drives_no_more() {
        assertThat(heard(20, false, false).words())
                .isEqualTo("nobody just now; alpha was last heard 20 s ago, the next free instance takes it");
    }

    @Test
    void a_run_without_a_driver_waits_for_the_next_free_instance() {
        assertThat(new Driver(null, null, false, null, false).words())
                .isEqualTo("nobody just now; the next free instance takes it");
        assertThat(new Driver("alpha", Duration.ofSeconds(1), false, null, false).words())
                .isEqualTo("nobody just now; the next free instance takes it");
    }

    @Test
    void a_driver_of_an_older_version_that_says_nothing_about_itself_is_named() {
        assertThat(new Driver("alpha", null, false, UNTIL, true).words()).isEqualTo("alpha");
    }
}
