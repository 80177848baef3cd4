package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.FullDatabase;
import dev.switchback.access.Seen;
import dev.switchback.platform.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With 20,000 measurements, one migration having half of them, no list looks at many more rows than it shows. */
class MeasurementPlansTest {

    private static FullDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = FullDatabase.start();
        database.execute("""
            INSERT INTO measurement (migration_id, revision_id, environment_id, environment_content, service, moment,
                amount, state, requested_by, parameters, created_at, started_at, ended_at)
            SELECT CASE WHEN i % 2 = 0 THEN 1 ELSE 1 + i % 2000 END, 1, 1 + i % 3, '{}', 's' || i % 40,
                (ARRAY['before', 'after', 'adhoc'])[1 + i % 3], 'full', 'complete', 'a', '{}', now(), now(), now()
            FROM generate_series(1, 20000) i
            """);
        database.execute("""
            INSERT INTO measurement_metric (measurement_id, position, name, source, class, spec, spec_hash, declared_at,
                state) SELECT id, 0, 'm', 'http', 'any', '{}', 'x', now(), 'complete' FROM measurement ORDER BY id
            """);
        database.execute("""
            INSERT INTO measurement_samples (metric_id, part, schema_no, sha256, samples)
            SELECT m.id, i, 1, 'hash', '\\x00' FROM measurement_metric m, generate_series(1, 5) i
            """);
        database.execute("ANALYZE measurement, measurement_metric, measurement_samples");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static Statement list(long migration, Optional<Long> environment, Optional<Moment> moment, long before) {
        return Measurements.list(migration, environment, moment, before, 51, Seen.ALL);
    }

    /** Of the migration that has half of all, every second row is another's. */
    private static final long A_PAGE = 4 * 51;

    @Test
    void a_page_looks_at_few_more_rows_than_it_shows() throws Exception {
        for (long migration : new long[] {1, 2, 1999, 20_000}) {
            for (long before : new long[] {Long.MAX_VALUE, 9_000}) {
                assertThat(database.planOf(list(migration, Optional.empty(), Optional.empty(), before))
                                .rowsVisited())
                        .isLessThanOrEqualTo(A_PAGE);
                assertThat(database.planOf(list(migration, Optional.of(2L), Optional.empty(), before))
                                .rowsVisited())
                        .isLessThanOrEqualTo(2 * A_PAGE);
            }
        }
    }

    @Test
    void reading_samples_walks_from_part_to_part() throws Exception {
        assertThat(database.planOf(SamplesOf.next(777, 2)).rowsVisited()).isLessThanOrEqualTo(1);
    }

    @Test
    void what_retention_looks_for_stands_at_the_beginning_of_its_index() throws Exception {
        var oldest = new Statement(
                "SELECT metric_id, part FROM measurement_samples WHERE samples IS NOT NULL ORDER BY metric_id LIMIT"
                        + " 100",
                Map.of());
        assertThat(database.planOf(oldest).rowsVisited()).isLessThanOrEqualTo(100);
    }
}
