package dev.switchback.probe;

import dev.switchback.FullDatabase;
import dev.switchback.platform.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With 40,000 probed runs, one of them for a night, no statement looks at the probes of other runs, or at all of them. */
class ProbePlansTest {

    private static final String NOW = "clock_timestamp()";

    /** Run 7 was probed for twelve hours and failed all the time; runs 1 to 9 are still probed. */
    private static final List<String> ROWS = List.of("""
        INSERT INTO run_probe (run_id, plan, state, began_at, lease_until, over_at, tolerate, result)
        SELECT id, '{}', CASE WHEN id < 10 THEN 'running' ELSE 'over' END, now() - interval '12 hours',
            CASE WHEN id < 5 THEN now() + interval '1 hour' END, CASE WHEN id >= 10 THEN now() END, 0, '{}' FROM run
        """, """
        INSERT INTO run_probe_piece (run_id, prober, instance, fence, piece, from_at, to_at, planned, sent, failed, p50_ms,
            p95_ms, schema_no, samples)
        SELECT id, p, 'a', 1, i, now() - interval '12 hours' + i * interval '2 seconds', now() - interval '12 hours'
            + i * interval '2 seconds', 20, 20, 0, 1, 2, 1, decode(repeat('00', 200), 'hex')
        FROM run, unnest(ARRAY['new', 'kept']) p, generate_series(1, CASE WHEN id = 7 THEN 21600 ELSE 1 END) i
        """, """
        INSERT INTO run_probe_failure (run_id, prober, fence, no, at, took_ms, kind, message, probes)
        SELECT id, 'new', 1, i, now() - interval '12 hours' + i * interval '2 seconds', 1, 'refused', '', 20
        FROM run, generate_series(1, CASE WHEN id = 7 THEN 21600 ELSE 1 END) i
        """, "VACUUM ANALYZE");

    private static FullDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = FullDatabase.start();
        for (String rows : ROWS) {
            database.execute(rows);
        }
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    /** @param values what stands for the question marks, in SQL */
    private static FullDatabase.Plan plan(String sql, String... values) throws Exception {
        String all = sql;
        for (String value : values) {
            all = all.replaceFirst("\\?", value);
        }
        return database.planOf(new Statement(all, Map.of()));
    }

    @Test
    void who_looks_for_runs_to_be_probed_looks_at_those_that_are() throws Exception {
        plan(ProbeStore.FREE).looksAtNoMoreThan(9);
        plan(ProbeStore.TAKE, "'here'", "1000", "8").looksAtNoMoreThan(1);
    }

    @Test
    void what_a_page_draws_of_a_run_is_read_from_its_own_pieces() throws Exception {
        plan(ProbeStore.STRETCHES, NOW, "432000", "12").looksAtNoMoreThan(2);
        plan(ProbeStore.STRETCHES, NOW, "432000", "7").looksAtNoMoreThan(43_200);
    }

    @Test
    void what_failed_during_a_step_is_asked_of_that_time_only() throws Exception {
        plan(ProbeStore.KINDS, "7", "now() - interval '1 minute'").looksAtNoMoreThan(40);
        plan(ProbeStore.SENT_AFTER, "7", "now() - interval '1 minute'").looksAtNoMoreThan(80);
        plan(ProbeStore.SENT_AROUND, "7", "now() - interval '6 hours'").looksAtNoMoreThan(8);
    }

    @Test
    void the_sums_of_a_list_of_runs_are_fetched_straight() throws Exception {
        plan(ProbeStore.RESULTS, "ARRAY[11, 12, 13]").looksAtNoMoreThan(3);
    }

    @Test
    void what_failed_is_stored_without_a_look_at_what_failed_before() throws Exception {
        String[] values = {
            "7",
            "2",
            "(now() - interval \'12 hours\')",
            "ARRAY['new', 'kept']",
            "ARRAY[1, 1]",
            "ARRAY[5, 6]",
            "ARRAY[1, 2]",
            "ARRAY['refused', 'reset']",
            "ARRAY[0, 0]",
            "ARRAY['a', 'b']",
            "7",
            "true",
            "7",
            "7"
        };
        plan(ProbeStore.FAILURES, values).looksAtNoMoreThan(30);
    }
}
