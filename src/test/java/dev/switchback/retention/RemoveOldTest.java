package dev.switchback.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.retention.RemoveOld.Records;
import dev.switchback.run.LogDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RemoveOldTest {

    private static final Duration KEPT = Duration.ofDays(90);

    private static LogDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new LogDatabase();
        for (long run = 1; run <= 9; run++) {
            database.log.store(LogDatabase.batch(run, "one", "a", "b"));
            database.execute("INSERT INTO run_event (run_id, no, at, actor, action) VALUES (%d, 1, now(), 'a', 'began')"
                    .formatted(run));
        }
        database.execute("""
            INSERT INTO run_log_chunk (run_id, first_no, last_no, leg_no, step_id, attempt, part, lines)
            SELECT 1, i, i, 1, 'one', 1, i, '' FROM generate_series(3, 502) i
            """);
        database.execute(
                "UPDATE run SET state = 'succeeded', ended_at = now() - interval '91 days' WHERE id IN (1, 2)");
        database.execute("UPDATE run SET state = 'succeeded', ended_at = now() - interval '89 days' WHERE id = 3");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static long rows(String table, String runs) throws SQLException {
        return database.number("SELECT count(*) FROM " + table + " WHERE run_id " + runs);
    }

    @Test
    void removes_the_logs_of_runs_that_ended_long_enough_ago_and_says_so() throws Exception {
        assertThat(new RemoveOld(database.database).remove(Records.LOGS, KEPT)).isEqualTo(2);

        assertThat(rows("run_log_chunk", "IN (1, 2)")).isZero();
        assertThat(rows("run_log_chunk", "= 3")).isEqualTo(1);
        assertThat(rows("run_log_chunk", "> 3")).isEqualTo(6);
        assertThat(database.number(
                        "SELECT count(*) FROM run WHERE log_removed_at IS NOT NULL AND log_kept = '90 days'"))
                .isEqualTo(2);
        assertThat(new RemoveOld(database.database).remove(Records.LOGS, KEPT)).isZero();
    }

    @Test
    void removes_the_probes_of_runs_that_have_not_been_probed_for_long_and_keeps_what_they_came_to() throws Exception {
        database.execute("""
            INSERT INTO run_probe (run_id, plan, state, began_at, over_at, tolerate, sent, result)
            SELECT i, '{}', CASE WHEN i = 9 THEN 'running' ELSE 'over' END, now() - interval '1 year',
                CASE i WHEN 4 THEN now() - interval '91 days' WHEN 5 THEN now() - interval '89 days' END, 0, 7, 'sum'
            FROM unnest(ARRAY[4, 5, 9]) i
            """);
        database.execute("""
            INSERT INTO run_probe_piece (run_id, prober, instance, fence, piece, from_at, to_at, planned, sent, failed,
                schema_no, samples) SELECT r, p, 'a', 1, i, now(), now(), 1, 1, 0, 1, '' FROM unnest(ARRAY[4, 5, 9]) r,
                unnest(ARRAY['new', 'kept']) p, generate_series(1, 300) i
            """);
        assertThat(new RemoveOld(database.database).remove(Records.PROBES, KEPT))
                .isEqualTo(1);
        assertThat(rows("run_probe_piece", "= 4")).isZero();
        assertThat(rows("run_probe_piece", "IN (5, 9)")).isEqualTo(1_200);
        assertThat(database.number("SELECT count(*) FROM run_probe WHERE run_id = 4 AND sent = 7 AND result = 'sum'"
                        + " AND pieces_removed_at IS NOT NULL AND pieces_kept = '90 days'"))
                .isEqualTo(1);
        assertThat(new RemoveOld(database.database).remove(Records.PROBES, KEPT))
                .isZero();
    }

    @Test
    void removes_events_which_nobody_else_can() throws Exception {
        assertThatThrownBy(() -> database.execute("DELETE FROM run_event WHERE run_id = 2"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> database.execute("UPDATE run_event SET actor = 'b' WHERE run_id = 2"))
                .hasMessageContaining("append-only");

        assertThat(new RemoveOld(database.database).remove(Records.EVENTS, KEPT))
                .isEqualTo(2);

        assertThat(rows("run_event", "IN (1, 2)")).isZero();
        assertThat(rows("run_event", "> 2")).isEqualTo(7);
        assertThatThrownBy(() -> database.execute("DELETE FROM run_event WHERE run_id = 3"))
                .hasMessageContaining("append-only");
    }

    @Test
    void leaves_it_to_the_instance_that_is_at_it_already() throws Exception {
        database.execute("UPDATE run SET state = 'succeeded', ended_at = now() - interval '91 days' WHERE id = 9");
        try (var other = database.database.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT pg_advisory_xact_lock(" + 0x5357_4253_0001L + ")");
            assertThat(new RemoveOld(database.database).remove(Records.LOGS, KEPT))
                    .isZero();
            assertThat(rows("run_log_chunk", "= 9")).isEqualTo(1);
            other.rollback();
        }
        database.execute("UPDATE run SET ended_at = now() WHERE id = 9");
    }

    @Test
    void says_how_long_it_was_kept_as_people_do() {
        assertThat(RemoveOld.words(Duration.ofDays(1))).isEqualTo("1 day");
        assertThat(RemoveOld.words(Duration.ofHours(36))).isEqualTo("36 hours");
        assertThat(RemoveOld.words(Duration.ofSeconds(90))).isEqualTo("90 seconds");
    }
}
