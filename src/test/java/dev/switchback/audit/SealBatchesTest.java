package dev.switchback.audit;

import static dev.switchback.audit.TrailDatabase.NOW;
import static dev.switchback.audit.TrailDatabase.run;
import static dev.switchback.audit.TrailDatabase.verify;
import static dev.switchback.audit.TrailDatabase.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a batch may hold, and when. */
class SealBatchesTest {

    @RegisterExtension
    static final TrailDatabase DATABASE = new TrailDatabase();

    private final SealBatches sealer = new SealBatches(Optional.empty());

    @Test
    void seals_what_was_written_and_nothing_twice() throws SQLException {
        try (Connection connection = DATABASE.connect(DATABASE.fresh())) {
            write(connection, "ann", "run.start", "1");
            write(connection, "ann", "run.pause", "1");
            assertThat(sealer.seal(connection, NOW)).isEqualTo(2);
            assertThat(sealer.seal(connection, NOW)).isZero();
            write(connection, "bob", "run.resume", "1");
            assertThat(sealer.seal(connection, NOW)).isEqualTo(1);
            assertThat(batches(connection)).isEqualTo("1:1-2 2:3-3");
            assertThat(verify(connection).sentence()).isEqualTo("Chain whole, 3 entries");
        }
    }

    /** The lower number commits later: what was sealed before it would not know it. */
    @Test
    void waits_for_who_took_a_lower_number_and_has_not_finished() throws SQLException {
        String name = DATABASE.fresh();
        try (Connection slow = DATABASE.connect(name);
                Connection fast = DATABASE.connect(name);
                Connection sealing = DATABASE.connect(name)) {
            slow.setAutoCommit(false);
            write(slow, "slow", "run.start", "1");
            write(fast, "fast", "run.start", "2");
            assertThat(sealer.seal(sealing, NOW)).isZero();
            assertThat(verify(sealing).unsealed()).isEqualTo(1);
            slow.commit();
            assertThat(sealer.seal(sealing, NOW)).isEqualTo(2);
            assertThat(batches(sealing)).isEqualTo("1:1-2");
            assertThat(verify(sealing).whole()).isTrue();
        }
    }

    /** It has an older number as a transaction but takes its entry's number late, and again the higher one is visible first. */
    @Test
    void waits_for_who_wrote_something_else_before_its_entry() throws SQLException {
        String name = DATABASE.fresh();
        try (Connection early = DATABASE.connect(name);
                Connection slow = DATABASE.connect(name);
                Connection sealing = DATABASE.connect(name)) {
            early.setAutoCommit(false);
            slow.setAutoCommit(false);
            run(early, "SELECT pg_current_xact_id()");
            write(slow, "slow", "run.start", "1");
            write(early, "early", "run.start", "2");
            early.commit();
            assertThat(sealer.seal(sealing, NOW)).isZero();
            slow.commit();
            assertThat(sealer.seal(sealing, NOW)).isEqualTo(2);
            assertThat(verify(sealing).whole()).isTrue();
        }
    }

    @Test
    void leaves_out_what_was_rolled_back() throws SQLException {
        String name = DATABASE.fresh();
        try (Connection connection = DATABASE.connect(name);
                Connection failing = DATABASE.connect(name)) {
            failing.setAutoCommit(false);
            write(failing, "ann", "run.start", "1");
            write(connection, "bob", "run.start", "2");
            failing.rollback();
            assertThat(sealer.seal(connection, NOW)).isEqualTo(1);
            assertThat(batches(connection)).isEqualTo("1:2-2");
            assertThat(sealer.seal(connection, NOW)).isZero();
        }
    }

    @Test
    void two_instances_make_one_chain() throws SQLException {
        String name = DATABASE.fresh();
        var other = new SealBatches(Optional.empty());
        try (Connection one = DATABASE.connect(name);
                Connection two = DATABASE.connect(name)) {
            int sealed = 0;
            for (int i = 0; i < 20; i++) {
                write(one, "ann", "run.start", "" + i);
                sealed += i % 2 == 0 ? sealer.seal(one, NOW) : other.seal(two, NOW);
            }
            sealed += sealer.seal(one, NOW) + other.seal(two, NOW);
            assertThat(sealed).isEqualTo(20);
            assertThat(verify(one).sentence()).isEqualTo("Chain whole, 20 entries");
        }
    }

    @Test
    void writing_waits_for_nobody_who_seals() throws SQLException {
        String name = DATABASE.fresh();
        try (Connection sealing = DATABASE.connect(name);
                Connection writing = DATABASE.connect(name)) {
            write(writing, "ann", "run.start", "1");
            sealing.setAutoCommit(false);
            run(sealing, "SELECT * FROM audit_head FOR UPDATE");
            run(writing, "SET lock_timeout = '1s'");
            write(writing, "ann", "run.pause", "1");
            sealing.rollback();
        }
    }

    @Test
    void many_entries_become_several_batches() throws SQLException {
        try (Connection connection = DATABASE.connect(DATABASE.fresh())) {
            run(
                    connection,
                    "INSERT INTO audit_entry (actor, means, instance, action, kind, object) SELECT 'ann', 'token',"
                            + " 'one', 'run.start', 'run', n::text FROM generate_series(1, 2500) n");
            assertThat(sealer.seal(connection, NOW)).isEqualTo(2_500);
            assertThat(batches(connection)).isEqualTo("1:1-1000 2:1001-2000 3:2001-2500");
            assertThat(verify(connection).sentence()).isEqualTo("Chain whole, 2,500 entries");
        }
    }

    private static String batches(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT string_agg(number || ':' || first_entry || '-' || last_entry,"
                                + " ' ' ORDER BY number) FROM audit_batch")) {
            row.next();
            return row.getString(1);
        }
    }
}
