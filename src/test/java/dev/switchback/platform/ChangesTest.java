package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.RunsDatabase;
import dev.switchback.platform.Changes.Picture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {

    private static final String MOVE = "UPDATE run SET last_event_no = last_event_no + 1 WHERE id = ";

    private static RunsDatabase database;

    private Changes changes;

    @BeforeAll
    static void open() throws Exception {
        database = new RunsDatabase();
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    @BeforeEach
    void begin() {
        changes = new Changes(database.database);
    }

    private Picture now() {
        return changes.since(Picture.NONE).now();
    }

    private boolean isSameSince(Picture earlier) {
        return changes.since(earlier).isSame();
    }

    private static void execute(String sql) throws SQLException {
        database.execute(sql);
    }

    @Test
    void nothing_has_changed_until_something_does() throws SQLException {
        assertThat(isSameSince(Picture.NONE)).isFalse();
        Picture before = now();
        assertThat(isSameSince(before)).isTrue();
        execute(MOVE + 1);
        assertThat(isSameSince(before)).isFalse();
        assertThat(isSameSince(now())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE migration SET title = title || '!'",
                "UPDATE migration SET state = 'rehearsed'",
                "UPDATE environment SET name = name || '!'",
                "UPDATE run SET state = 'paused' WHERE id = 2",
                "UPDATE run SET ended_at = now() WHERE id = 3",
                "INSERT INTO migration_search SELECT id, 1, '', 'x' FROM migration",
                "DELETE FROM migration_search",
                "DELETE FROM run WHERE id = 9"
            })
    void what_a_list_shows_is_a_change(String sql) throws SQLException {
        Picture before = now();
        execute(sql);
        assertThat(isSameSince(before)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE run SET lease_until = now(), fence = fence + 1",
                "UPDATE run SET last_line_no = last_line_no + 5",
                "UPDATE person SET display_name = 'Somebody'"
            })
    void what_no_list_shows_is_none(String sql) throws SQLException {
        Picture before = now();
        execute(sql);
        assertThat(isSameSince(before)).isTrue();
    }

    @Test
    void who_begins_first_and_commits_last_is_seen() throws SQLException {
        try (Connection slow = database.database.getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute(MOVE + 1);
            Picture before = now();
            execute(MOVE + 2);
            assertThat(isSameSince(before)).isFalse();
            Picture between = now();
            assertThat(isSameSince(between)).isTrue();
            slow.commit();
            assertThat(isSameSince(between)).isFalse();
        }
    }

    @Test
    void what_is_taken_back_changes_nothing() throws SQLException {
        Picture before = now();
        try (Connection other = database.database.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute(MOVE + 1);
            other.rollback();
        }
        assertThat(isSameSince(before)).isTrue();
    }

    @Test
    void a_picture_counts_as_old_after_half_a_minute() {
        Picture before = now();
        assertThat(isSameSince(new Picture(before.snapshot(), before.second() - 31)))
                .isFalse();
    }

    @Test
    void forgetting_removes_only_what_everybody_has_seen() throws SQLException {
        execute(MOVE + 1);
        Picture seen = now();
        changes.forgetUpTo(seen);
        assertThat(count()).as("somebody may still ask").isPositive();

        execute(MOVE + 2);
        changes.forgetUpTo(new Picture(seen.snapshot(), seen.second() - 61));
        assertThat(count()).isEqualTo(1);
        assertThat(isSameSince(seen)).isFalse();
    }

    @Test
    void numbers_of_another_database_are_forgotten() throws SQLException {
        execute("INSERT INTO list_change VALUES ('99999999999')");
        assertThat(isSameSince(now())).isFalse();
        changes.forgetUpTo(Picture.NONE);
        assertThat(isSameSince(now())).isTrue();
    }

    private static long count() throws SQLException {
        return database.number("SELECT count(*) FROM list_change");
    }

    @Test
    void no_change_is_missed_among_many_writers() throws Exception {
        var end = new AtomicBoolean();
        List<CompletableFuture<Void>> noise = IntStream.range(4, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> again(end, MOVE + i)))
                .toList();
        try (Connection own = database.database.getConnection()) {
            var missed = new ArrayList<Integer>();
            for (int i = 0; i < 50; i++) {
                Picture before = now();
                own.createStatement().execute(MOVE + 1);
                if (isSameSince(before)) {
                    missed.add(i);
                }
            }
            assertThat(missed).isEmpty();
        } finally {
            end.set(true);
            noise.forEach(CompletableFuture::join);
        }
    }

    private static void again(AtomicBoolean end, String sql) {
        try (Connection connection = database.database.getConnection()) {
            while (!end.get()) {
                connection.createStatement().execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
