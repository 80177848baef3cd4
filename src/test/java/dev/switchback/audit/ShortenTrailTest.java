package dev.switchback.audit;

import static dev.switchback.audit.TrailDatabase.NOW;
import static dev.switchback.audit.TrailDatabase.behindItsBack;
import static dev.switchback.audit.TrailDatabase.run;
import static dev.switchback.audit.TrailDatabase.verify;
import static dev.switchback.audit.TrailDatabase.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** What retention may remove, and what it leaves behind. */
class ShortenTrailTest {

    @RegisterExtension
    static final TrailDatabase DATABASE = new TrailDatabase();

    /** Sealed so many days ago, an entry in each batch; made by the owner, because nobody else can choose a time. */
    private static void batches(Connection connection, int... daysAgo) throws SQLException {
        String previous = previous(connection);
        long number = 0;
        for (int days : daysAgo) {
            Instant then = Instant.now().minus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
            write(connection, "ann", "run.start", "" + days);
            number++;
            behindItsBack(connection, "UPDATE audit_entry SET at = '" + then + "' WHERE id = " + number);
            Batch batch = Batch.of(number, previous, entries(connection, number), then, null);
            run(
                    connection,
                    "INSERT INTO audit_batch VALUES (" + number + ", " + number + ", " + number + ", 1, '"
                            + batch.leaves() + "', '" + previous + "', '" + batch.hash() + "', NULL, NULL, '" + then
                            + "')");
            previous = batch.hash();
        }
    }

    private static String previous(Connection connection) throws SQLException {
        return SealBatches.end(connection).hash();
    }

    private static List<TrailEntry> entries(Connection connection, long id) throws SQLException {
        var entries = new ArrayList<TrailEntry>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT " + TrailEntry.COLUMNS + " FROM audit_entry e WHERE e.id = " + id)) {
            while (row.next()) {
                entries.add(TrailEntry.read(row));
            }
        }
        return entries;
    }

    private static PGSimpleDataSource source(Connection connection) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(connection.getMetaData().getURL());
        source.setUser(connection.getMetaData().getUserName());
        source.setPassword(DATABASE.password());
        return source;
    }

    @Test
    void removes_whole_batches_that_are_old_enough_and_the_chain_still_holds() throws SQLException {
        try (Connection connection = DATABASE.connect(DATABASE.fresh())) {
            batches(connection, 400, 300, 200, 10);
            assertThat(new ShortenTrail(source(connection)).remove(Duration.ofDays(250)))
                    .isEqualTo(2);
            new SealBatches(Optional.empty()).seal(connection, NOW);
            ChainReport report = verify(connection);
            assertThat(report.findings()).isEmpty();
            assertThat(report.sentence())
                    .matches("Chain whole, 3 entries; older entries were removed by retention on \\d{4}-\\d{2}-\\d{2}");
            assertThat(report.removed().entries()).isEqualTo(2);
            assertThat(new ShortenTrail(source(connection)).remove(Duration.ofDays(250)))
                    .isZero();
        }
    }

    @Test
    void never_removes_what_is_younger_than_ninety_days_nor_the_last_batch() throws SQLException {
        try (Connection connection = DATABASE.connect(DATABASE.fresh())) {
            batches(connection, 400, 80, 400);
            var shorten = new ShortenTrail(source(connection));
            assertThatThrownBy(() -> shorten.remove(Duration.ofDays(89)))
                    .hasMessageContaining("expected at least 90 days");
            assertThatThrownBy(() -> run(connection, "SELECT audit_remove(2)"))
                    .hasMessageContaining("the audit trail keeps every entry for 90 days at least; batch 2 is younger");
            assertThatThrownBy(() -> run(connection, "SELECT audit_remove(3)"))
                    .hasMessageContaining("batch 3 of the audit trail cannot be removed");
            assertThat(shorten.remove(Duration.ofDays(90))).isEqualTo(1);
            assertThat(verify(connection).findings()).isEmpty();
        }
    }

    @Test
    void what_a_checkpoint_does_not_cover_cannot_be_removed() throws SQLException {
        try (Connection connection = DATABASE.connect(DATABASE.fresh())) {
            batches(connection, 400, 300, 200);
            new ShortenTrail(source(connection)).remove(Duration.ofDays(350));
            assertThatThrownBy(() -> run(connection, "DELETE FROM audit_entry WHERE id = 2"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> run(connection, "DELETE FROM audit_batch WHERE number = 2"))
                    .hasMessageContaining("append-only");
        }
    }
}
