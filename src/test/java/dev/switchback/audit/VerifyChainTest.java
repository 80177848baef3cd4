package dev.switchback.audit;

import static dev.switchback.audit.TrailDatabase.NOW;
import static dev.switchback.audit.TrailDatabase.behindItsBack;
import static dev.switchback.audit.TrailDatabase.run;
import static dev.switchback.audit.TrailDatabase.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.audit.ChainReport.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three batches: entries 1 to 3, 4 to 6, 7 to 9. Somebody with the rights of the owner works on them. */
class VerifyChainTest {

    private static final Optional<Chain.Key> KEY = Optional.of(new Chain.Key("a key that nobody guesses"));

    @RegisterExtension
    static final TrailDatabase DATABASE = new TrailDatabase();

    private Connection connection;

    @BeforeEach
    void three_batches() throws SQLException {
        connection = DATABASE.connect(DATABASE.fresh());
        var sealer = new SealBatches(Optional.empty());
        for (int i = 1; i <= 9; i++) {
            write(connection, i % 2 == 0 ? "ann" : "bob", "run.start", "" + i);
            if (i % 3 == 0) {
                sealer.seal(connection, NOW);
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private ChainReport verify() throws SQLException {
        return TrailDatabase.verify(connection);
    }

    private List<String> messages() throws SQLException {
        return verify().findings().stream().map(Finding::message).toList();
    }

    @Test
    void finds_nothing_where_nothing_is_wrong() throws SQLException {
        ChainReport report = verify();
        assertThat(report.whole()).isTrue();
        assertThat(report.sentence()).isEqualTo("Chain whole, 9 entries");
        assertThat(report.batches()).isEqualTo(3);
        assertThat(report.last().number()).isEqualTo(3);
        assertThat(report.last().entry()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET actor = 'eve' WHERE id = 5",
                "UPDATE audit_entry SET actor = 'eve' WHERE id = 500",
                "DELETE FROM audit_entry WHERE id = 5",
                "TRUNCATE audit_entry",
                "TRUNCATE audit_entry, audit_batch, audit_checkpoint, audit_head",
                "UPDATE audit_batch SET hash = 'x'",
                "DELETE FROM audit_batch WHERE number = 3",
                "TRUNCATE audit_batch",
                "UPDATE audit_head SET number = 1",
                "DELETE FROM audit_head",
                "INSERT INTO audit_head (one, chain, number, hash, last_entry) VALUES (true, 'x', 0, 'x', 0)",
                "INSERT INTO audit_checkpoint (number) VALUES (1)",
                "SELECT audit_remove(1)"
            })
    void even_the_owner_of_the_tables_is_refused(String statement) throws SQLException {
        assertThatThrownBy(() -> run(connection, statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the audit trail");
        run(connection, "SET session_replication_role = replica");
        assertThatThrownBy(() -> run(connection, statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the audit trail");
        assertThat(verify().sentence()).isEqualTo("Chain whole, 9 entries");
    }

    @Test
    void who_writes_chooses_neither_number_nor_time() throws SQLException {
        run(
                connection,
                "INSERT INTO audit_entry (id, at, actor, means, instance, action, kind, object)"
                        + " VALUES (2, '2020-01-01', 'eve', 'browser', 'one', 'run.start', 'run', '1')");
        new SealBatches(Optional.empty()).seal(connection, NOW);
        assertThat(verify().sentence()).isEqualTo("Chain whole, 10 entries");
        assertThat(verify().last().entry()).isEqualTo(10);
    }

    @Test
    void a_batch_that_does_not_follow_is_refused() {
        assertThatThrownBy(() -> run(
                        connection,
                        "INSERT INTO audit_batch VALUES (9, 10, 10, 1, '10 x', 'x', 'x', NULL, NULL, now())"))
                .hasMessageContaining("batch 9 of the audit trail does not follow batch 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actor = 'eve'",
                "at = at + interval '1 microsecond'",
                "means = 'token'",
                "token = ''",
                "address = '10.0.0.1'",
                "agent = 'curl'",
                "request = 'r'",
                "instance = 'two'",
                "action = 'run.abort'",
                "kind = 'step'",
                "object = '50'",
                "service = 'shop'",
                "environment = 'staging'",
                "before = 'x'",
                "after = 'x'",
                "note = ''"
            })
    void names_the_entry_that_was_changed(String change) throws SQLException {
        behindItsBack(connection, "UPDATE audit_entry SET " + change + " WHERE id = 5");
        assertThat(messages()).containsExactly("Entry 5 was changed after batch 2 sealed it");
        assertThat(verify().findings().get(0))
                .extracting("kind", "batch", "entry")
                .containsExactly("entry-changed", 2L, 5L);
        assertThat(verify().sentence())
                .isEqualTo(
                        "1 place where the trail is not what was sealed; the first: Entry 5 was changed after batch 2"
                                + " sealed it");
    }

    @Test
    void names_the_entry_that_was_removed() throws SQLException {
        behindItsBack(connection, "DELETE FROM audit_entry WHERE id = 6");
        assertThat(messages()).containsExactly("Entry 6 of batch 2 was removed");
    }

    @Test
    void names_the_entry_that_was_inserted() throws SQLException {
        behindItsBack(
                connection,
                "UPDATE audit_entry SET id = 20 WHERE id = 4",
                "UPDATE audit_entry SET id = -1 WHERE id = 20",
                "INSERT INTO audit_entry SELECT 4, at, 'eve', means, token, address, agent, request, instance, action,"
                        + " kind, object FROM audit_entry WHERE id = 3");
        assertThat(messages())
                .containsExactly(
                        "Entry -1 was inserted: what was sealed around it does not know it",
                        "Entry 4 was changed after batch 2 sealed it");
    }

    @Test
    void names_the_entries_that_changed_places() throws SQLException {
        behindItsBack(
                connection,
                "UPDATE audit_entry SET id = 100 WHERE id = 7",
                "UPDATE audit_entry SET id = 7 WHERE id = 9",
                "UPDATE audit_entry SET id = 9 WHERE id = 100");
        assertThat(messages())
                .containsExactly(
                        "Entry 7 is what was sealed as entry 9: they were put in another order",
                        "Entry 9 is what was sealed as entry 7: they were put in another order");
    }

    @Test
    void names_the_batch_that_was_changed_to_fit_a_changed_entry() throws SQLException {
        behindItsBack(connection, "UPDATE audit_entry SET actor = 'eve' WHERE id = 5");
        String leaf = entry(5).hash();
        behindItsBack(
                connection,
                "UPDATE audit_batch SET leaves = regexp_replace(leaves, '5 [0-9a-f]{64}', '5 " + leaf
                        + "') WHERE number = 2");
        assertThat(messages()).containsExactly("Batch 2 was changed: its hash is not that of what it holds");
    }

    @Test
    void names_the_batch_whose_hash_was_made_to_fit_too() throws SQLException {
        forge(2, 5);
        assertThat(messages()).containsExactly("Batch 3 does not stand on batch 2: one of the two was changed");
    }

    @Test
    void names_the_batch_that_was_removed_at_the_beginning() throws SQLException {
        behindItsBack(connection, "DELETE FROM audit_batch WHERE number = 1", "DELETE FROM audit_entry WHERE id <= 3");
        assertThat(messages()).containsExactly("Batch 1 is missing: removed, and not by retention");
    }

    @Test
    void names_the_batch_that_was_removed_in_the_middle() throws SQLException {
        behindItsBack(
                connection,
                "DELETE FROM audit_batch WHERE number = 2",
                "DELETE FROM audit_entry WHERE id BETWEEN 4 AND 6");
        assertThat(messages()).containsExactly("Batch 2 is missing: removed, and not by retention");
    }

    @Test
    void names_the_batch_that_was_removed_at_the_end() throws SQLException {
        behindItsBack(connection, "DELETE FROM audit_batch WHERE number = 3", "DELETE FROM audit_entry WHERE id > 6");
        assertThat(messages()).containsExactly("Batch 3 is missing: removed, and not by retention");
    }

    @Test
    void a_trail_that_was_emptied_is_noticed() throws SQLException {
        behindItsBack(connection, "TRUNCATE audit_batch", "TRUNCATE audit_entry");
        assertThat(messages()).containsExactly("Batches 1 to 3 are missing: removed, and not by retention");
    }

    @Test
    void an_end_that_was_removed_from_all_tables_is_known_to_the_machine() throws SQLException {
        String second = batch(2).hash();
        var seen = new Anchor.Seen(3, batch(3).hash());
        behindItsBack(
                connection,
                "DELETE FROM audit_batch WHERE number = 3",
                "DELETE FROM audit_entry WHERE id > 6",
                "UPDATE audit_head SET number = 2, last_entry = 6, hash = '" + second + "'");
        assertThat(verify().whole()).isTrue();
        ChainReport report = new VerifyChain(connection, Optional.empty(), chain -> Optional.of(seen)).verify(NOW);
        assertThat(report.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "Batch 3, which this machine saw, is missing: the end of the trail was removed, or an older"
                                + " copy of the database was restored");
    }

    @Test
    void a_chain_that_was_rewritten_to_its_end_is_known_to_the_machine() throws SQLException {
        var seen = new Anchor.Seen(3, batch(3).hash());
        forge(3, 8);
        behindItsBack(connection, "UPDATE audit_head SET hash = '" + batch(3).hash() + "'");
        assertThat(verify().whole()).isTrue();
        ChainReport report = new VerifyChain(connection, Optional.empty(), chain -> Optional.of(seen)).verify(NOW);
        assertThat(report.findings())
                .extracting(Finding::message)
                .containsExactly("Batch 3 is not the one that this machine saw: the chain was rewritten");
    }

    @Test
    void who_has_only_the_database_cannot_make_a_sealed_chain_anew() throws SQLException {
        write(connection, "ann", "run.start", "10");
        new SealBatches(KEY).seal(connection, NOW);
        ChainReport before = new VerifyChain(connection, KEY, chain -> Optional.empty()).verify(NOW);
        assertThat(before.whole()).isTrue();
        assertThat(before.key()).isEqualTo("1 batch sealed with the key");
        forge(4, 10);
        behindItsBack(connection, "UPDATE audit_head SET hash = '" + batch(4).hash() + "'");
        ChainReport after = new VerifyChain(connection, KEY, chain -> Optional.empty()).verify(NOW);
        assertThat(after.findings())
                .extracting(Finding::message)
                .containsExactly("The seal of batch 4 was not made with the key");
        assertThat(verify().key()).isEqualTo("no key here, so 1 seal was not checked");
    }

    @Test
    void a_batch_without_a_seal_after_sealed_ones_is_noticed() throws SQLException {
        write(connection, "ann", "run.start", "10");
        new SealBatches(KEY).seal(connection, NOW);
        write(connection, "ann", "run.start", "11");
        new SealBatches(Optional.empty()).seal(connection, NOW);
        assertThat(new VerifyChain(connection, KEY, chain -> Optional.empty())
                        .verify(NOW)
                        .findings())
                .extracting(Finding::message)
                .containsExactly("Batch 5 is not sealed with a key, but one before it is");
    }

    @Test
    void another_chain_under_the_same_tables_is_noticed() throws SQLException {
        behindItsBack(connection, "UPDATE audit_head SET chain = 'mine'");
        assertThat(messages()).containsExactly("Batch 1 does not stand on batch 0: one of the two was changed");
    }

    @Test
    void what_is_too_young_to_be_sealed_is_counted_and_no_fault() throws SQLException {
        write(connection, "ann", "run.start", "10");
        ChainReport report = verify();
        assertThat(report.whole()).isTrue();
        assertThat(report.unsealed()).isEqualTo(1);
        assertThat(report.entries()).isEqualTo(10);
    }

    /** Changes an entry, and its batch so that it fits. */
    private void forge(long number, long entry) throws SQLException {
        behindItsBack(connection, "UPDATE audit_entry SET actor = 'eve' WHERE id = " + entry);
        Batch was = batch(number);
        var entries = new java.util.ArrayList<TrailEntry>();
        for (Batch.Leaf leaf : was.parts()) {
            entries.add(entry(leaf.entry()));
        }
        Batch is = Batch.of(number, was.previous(), entries, was.sealedAt(), null);
        behindItsBack(
                connection,
                "UPDATE audit_batch SET leaves = '" + is.leaves() + "', hash = '" + is.hash() + "' WHERE number = "
                        + number);
    }

    private Batch batch(long number) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT " + Batch.COLUMNS + " FROM audit_batch WHERE number = " + number)) {
            row.next();
            return Batch.read(row);
        }
    }

    private TrailEntry entry(long id) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT " + TrailEntry.COLUMNS + " FROM audit_entry e WHERE e.id = " + id)) {
            row.next();
            return TrailEntry.read(row);
        }
    }
}
