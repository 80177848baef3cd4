package dev.switchback.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.RunsDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Samples are kept for their time; what names them stays. */
class RemoveSamplesTest {

    private static RunsDatabase database;

    /** Three measurements: 6 years, 5 years but a day, and a minute old; the first with 250 parts. */
    @BeforeAll
    static void start() throws Exception {
        database = new RunsDatabase();
        database.execute("""
            INSERT INTO measurement (migration_id, revision_id, environment_id, environment_content, service, moment,
                amount, state, requested_by, parameters, created_at, ended_at)
            SELECT 1, 1, 1, '{}', 's', 'before', 'imported', 'complete', 'a', '{}', now() - age, now() - interval '9 years'
            FROM (VALUES (interval '6 years'), (interval '1825 days'), (interval '1 minute')) a (age)
            """);
        database.execute("""
            INSERT INTO measurement_metric (measurement_id, position, name, source, class, spec, spec_hash, declared_at,
                state) SELECT id, 0, 'm', 'import', 'any', '{}', 'x', now(), 'complete' FROM measurement ORDER BY id
            """);
        database.execute("""
            INSERT INTO measurement_samples (metric_id, part, schema_no, sha256, samples)
            SELECT m.id, i, 1, 'hash', '\\x00' FROM measurement_metric m,
                generate_series(1, CASE WHEN m.id = 1 THEN 250 ELSE 1 END) i
            """);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void removes_the_samples_that_were_stored_long_enough_ago_and_keeps_their_hashes() throws Exception {
        Duration fiveYears = Duration.ofDays(1826);
        assertThat(new RemoveSamples(database.database).remove(fiveYears)).isEqualTo(250);
        assertThat(database.number("SELECT count(*) FROM measurement_samples WHERE metric_id = 1 AND samples IS NULL"
                        + " AND removed_at IS NOT NULL AND sha256 = 'hash'"))
                .isEqualTo(250);
        assertThat(database.number("SELECT count(*) FROM measurement_samples WHERE samples IS NOT NULL"))
                .isEqualTo(2);
        assertThat(new RemoveSamples(database.database).remove(fiveYears)).isZero();
    }

    @Test
    void leaves_it_to_the_instance_that_is_at_it_already() throws Exception {
        try (var other = database.database.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT pg_advisory_xact_lock(" + RemoveOld.LOCK + ")");
            assertThat(new RemoveSamples(database.database).remove(Duration.ZERO))
                    .isZero();
            other.rollback();
        }
    }
}
