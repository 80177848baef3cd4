package dev.switchback.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.FullDatabase;
import dev.switchback.access.Seen;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With 20,000 comparisons, one migration having half of them, no list looks at many more rows than it shows. */
class ComparisonPlansTest {

    private static FullDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = FullDatabase.start();
        database.execute("""
            INSERT INTO measurement (migration_id, revision_id, environment_id, environment_content, service, moment,
                amount, state, requested_by, parameters, created_at, started_at, ended_at)
            VALUES (1, 1, 1, '{}', 's1', 'before', 'full', 'complete', 'a', '{}', now(), now(), now()),
                (1, 1, 1, '{}', 's1', 'after', 'full', 'complete', 'a', '{}', now(), now(), now())
            """);
        database.execute("""
            INSERT INTO comparison (migration_id, environment_id, before_id, after_id, method, input_hash, grade, verdict,
                sentence, result, created_at, created_by)
            SELECT CASE WHEN i % 2 = 0 THEN 1 ELSE 1 + i % 2000 END, 1 + i % 3, 1, 2, 'judge/1', 'hash' || i, 'D',
                'no-change', 'Nothing changed.', '{}', now(), 'a'
            FROM generate_series(1, 20000) i
            """);
        database.execute("ANALYZE measurement, comparison");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @Test
    void a_page_looks_at_about_the_rows_that_it_shows() throws Exception {
        for (long before : new long[] {Long.MAX_VALUE, 9_000}) {
            assertThat(database.planOf(Comparisons.list(1, Optional.empty(), before, 51, Seen.ALL))
                            .rowsVisited())
                    .isLessThanOrEqualTo(150);
            assertThat(database.planOf(Comparisons.list(1, Optional.of(2L), before, 51, Seen.ALL))
                            .rowsVisited())
                    .isLessThanOrEqualTo(400);
        }
    }

    @Test
    void those_of_a_run_are_found_by_its_number() throws Exception {
        assertThat(database.planOf(Comparisons.byRun(7)).rowsVisited()).isLessThanOrEqualTo(20);
    }

    @Test
    void what_else_moved_is_found_without_reading_every_run() throws Exception {
        Instant now = Instant.now();
        assertThat(database.planOf(OtherChanges.acting(1, "s1", 1, now.minusSeconds(600), now, true))
                        .rowsVisited())
                .isLessThanOrEqualTo(2_000);
    }

    @Test
    void what_was_deployed_is_found_by_its_place_and_time() throws Exception {
        database.execute("""
            INSERT INTO deploy (service, environment_id, version, at, announced_by, announced_at)
            SELECT 's' || i % 10, 1 + i % 3, i, now() - i * interval '1 minute', 'ci', now() FROM generate_series(1, 20000) i
            """);
        database.execute("ANALYZE deploy");
        Instant now = Instant.now();
        assertThat(database.planOf(OtherChanges.deployed(1, "s1", now.minusSeconds(86_400), now, Instant.EPOCH))
                        .rowsVisited())
                .isLessThanOrEqualTo(200);
    }
}
