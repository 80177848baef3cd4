package dev.switchback.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.platform.ProcessMark;
import dev.switchback.platform.StartRefused;
import dev.switchback.run.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may drive which run, and when another one may; by the clock of the database. */
class LeasesTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(1);

    private static EngineDatabase here;

    @BeforeAll
    static void start() throws Exception {
        here = new EngineDatabase();
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    @BeforeEach
    void nobodyDrives() throws SQLException {
        here.execute("UPDATE run SET state = 'running', start_at = NULL, instance = NULL, lease_until = NULL,"
                + " wanted = NULL");
        here.execute("DELETE FROM scheduled_tasks");
        here.execute("DELETE FROM instance");
    }

    private static Optional<Lease> take(long run, String instance, Duration lease) {
        return here.leases.take(run, instance, lease, true);
    }

    @Test
    void two_instances_never_hold_the_same_run() {
        assertThat(take(1, "alpha", LONG)).isPresent();
        assertThat(take(1, "beta", LONG)).isEmpty();
        assertThat(take(1, "alpha", LONG)).isEmpty();
    }

    @Test
    void a_driver_that_froze_while_it_wrote_a_run_does_not_keep_it() throws SQLException {
        try (Connection frozen = here.database.getConnection()) {
            frozen.setAutoCommit(false);
            frozen.createStatement().executeUpdate("UPDATE run SET last_event_no = last_event_no + 1 WHERE id = 7");
            assertThat(here.leases.endFrozen(7, LONG)).as("it may be at work").isFalse();
            assertThat(here.leases.endFrozen(8, Duration.ZERO))
                    .as("of another run")
                    .isFalse();
            assertThat(frozen.isValid(1)).isTrue();

            assertThat(here.leases.endFrozen(7, Duration.ZERO)).isTrue();

            assertThat(take(7, "beta", LONG)).isPresent();
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void every_lease_has_a_higher_fence_than_those_before() throws SQLException {
        Lease first = take(1, "alpha", LONG).orElseThrow();
        here.execute("UPDATE run SET lease_until = NULL WHERE id = 1");
        assertThat(take(1, "beta", LONG).orElseThrow().fence()).isGreaterThan(first.fence());
    }

    @Test
    void a_lease_that_ran_out_goes_to_another_instance_unless_the_database_was_away() throws SQLException {
        take(2, "alpha", SHORT);
        here.execute("SELECT pg_sleep(0.01)");
        assertThat(here.leases.take(2, "beta", SHORT, false)).isEmpty();
        assertThat(here.leases.take(2, "beta", LONG, true))
                .as("the server was started within one such lease")
                .isEmpty();
        assertThat(here.leases.take(2, "beta", SHORT, true)).isPresent();
    }

    @Test
    void who_gave_it_back_keeps_nobody_waiting() throws SQLException {
        Lease lease = take(3, "alpha", LONG).orElseThrow();
        here.queue.fill();
        here.queue.done(3, 1, lease, Duration.ZERO);
        assertThat(here.leases.take(3, "beta", LONG, false)).isPresent();
    }

    @Test
    void a_run_is_not_taken_before_its_time() throws SQLException {
        here.execute("UPDATE run SET state = 'queued', start_at = now() + interval '1 hour' WHERE id = 4");
        assertThat(take(4, "alpha", LONG)).isEmpty();
        here.execute("UPDATE run SET state = 'queued', start_at = now() - interval '1 second' WHERE id = 4");
        assertThat(take(4, "alpha", LONG)).isPresent();
    }

    @Test
    void all_leases_are_renewed_at_once_and_a_lost_one_does_not_come_back() throws SQLException {
        Lease mine = take(5, "alpha", LONG).orElseThrow();
        Lease lost = take(6, "alpha", LONG).orElseThrow();
        here.execute("UPDATE run SET fence = fence + 1 WHERE id = 6");
        here.execute("UPDATE run SET wanted = 'abort', wanted_by = 'p' WHERE id = 5");
        try (Connection connection = here.database.getConnection()) {
            var renewed = Leases.renew(connection, List.of(mine, lost), LONG);
            assertThat(renewed).containsOnlyKeys(mine);
            assertThat(renewed.get(mine)).isEqualTo(new Leases.Beat(Optional.of(Wanted.ABORT), true));
        }
    }

    @Test
    void a_row_that_somebody_holds_keeps_no_other_lease_from_being_renewed() throws SQLException {
        Lease locked = take(7, "alpha", SHORT).orElseThrow();
        Lease free = take(8, "alpha", SHORT).orElseThrow();
        try (Connection somebody = here.database.getConnection();
                Connection heart = here.database.getConnection()) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT 1 FROM run WHERE id = 7 FOR UPDATE");
            heart.createStatement().execute("SET lock_timeout = 50");
            var renewed = Leases.renew(heart, List.of(locked, free), LONG);
            assertThat(renewed.get(locked).renewed()).isFalse();
            assertThat(renewed.get(free).renewed()).isTrue();
            somebody.rollback();
        }
    }

    @Test
    void a_run_that_needs_no_driver_any_more_leaves_the_queue() throws SQLException {
        here.queue.fill();
        here.execute("UPDATE run SET state = 'waiting' WHERE id = 9");
        here.queue.done(9, 1, null, Duration.ZERO);
        assertThat(here.text("SELECT 'there' FROM scheduled_tasks WHERE task_instance = '9'"))
                .isEqualTo("no row");
        here.execute("UPDATE run SET state = 'running' WHERE id = 9");
        assertThat(here.queue.fill()).as("a person answered").isEqualTo(1);
    }

    @Test
    void a_wish_that_came_at_the_last_moment_is_not_lost() throws SQLException {
        here.queue.fill();
        here.queue.done(9, 1, null, Duration.ZERO);
        assertThat(here.text("SELECT picked || ' ' || version FROM scheduled_tasks WHERE task_instance = '9'"))
                .isEqualTo("false 2");
    }

    @Test
    void who_woke_up_late_touches_nothing_in_the_queue() throws SQLException {
        here.queue.fill();
        here.execute("UPDATE run SET state = 'waiting' WHERE id = 9");
        here.queue.done(9, 0, null, Duration.ZERO);
        assertThat(here.text("SELECT 'there' FROM scheduled_tasks WHERE task_instance = '9'"))
                .isEqualTo("there");
    }

    @Test
    void a_second_living_process_of_the_same_name_is_refused() {
        ProcessMark parent = ProcessMark.of(ProcessHandle.current().parent().orElseThrow());
        Instance me = Instance.here("alpha", "1");
        here.presence.claim(new Instance("alpha", me.machine(), parent.pid() + " " + parent.since(), "1"), LONG);
        assertThatThrownBy(() -> here.presence.claim(me, LONG))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("alpha")
                .hasMessageContaining("" + parent.pid());
    }

    @Test
    void a_name_whose_process_has_ended_is_free_at_once() {
        Instance here = Instance.here("alpha", "1");
        ProcessMark gone = new ProcessMark(ProcessHandle.current().pid(), java.time.Instant.EPOCH);
        LeasesTest.here.presence.claim(
                new Instance("alpha", here.machine(), gone.pid() + " " + gone.since(), "1"), LONG);
        LeasesTest.here.presence.claim(here, LONG);
    }

    @Test
    void a_silent_name_of_another_machine_is_free_after_one_lease() throws SQLException {
        here.presence.claim(new Instance("alpha", "other", "7 2026-01-01T00:00:00Z", "1"), LONG);
        here.presence.claim(Instance.here("alpha", "1"), Duration.ofMillis(300));
        assertThat(here.text("SELECT version FROM instance WHERE machine <> 'other'"))
                .isEqualTo("1");
    }
}
