package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.platform.Json;
import dev.switchback.spool.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunLogTest {

    private static final int LONG_RUN = 9;
    private static final int CHUNKS = 20_000;

    private static LogDatabase database;
    private static RunLog log;

    @BeforeAll
    static void start() throws Exception {
        database = new LogDatabase();
        log = database.log;
        database.execute("""
            INSERT INTO run_log_chunk (run_id, first_no, last_no, leg_no, step_id, attempt, part, lines)
            SELECT %d, i * 3 - 2, i * 3, 1, CASE WHEN i %% 2 = 0 THEN 'even' ELSE 'odd' END, 1, i,
                convert_to(repeat('1700000000000 oline' || chr(10), 3), 'UTF8')
            FROM generate_series(1, %d) i
            """.formatted(LONG_RUN, CHUNKS));
        database.execute("UPDATE run SET last_line_no = %d WHERE id = %d".formatted(CHUNKS * 3, LONG_RUN));
        database.execute("VACUUM ANALYZE");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void numbers_lines_without_gaps_over_all_steps_of_a_run() throws Exception {
        assertThat(log.store(LogDatabase.batch(1, "one", "a", "b"))).isEqualTo(2);
        assertThat(log.store(LogDatabase.batch(1, "two", "c"))).isEqualTo(3);
        assertThat(texts(log.after(RunLog.Part.whole(1), 0, 10))).containsExactly("1 a", "2 b", "3 c");
        assertThat(texts(log.after(RunLog.Part.step(1, "two"), 0, 10))).containsExactly("3 c");
    }

    @Test
    void a_batch_that_is_sent_again_changes_nothing_and_answers_the_same() throws Exception {
        Batch batch = LogDatabase.batch(2, "one", "a", "b");
        assertThat(log.store(batch)).isEqualTo(2);
        log.store(LogDatabase.batch(2, "one", "c"));
        assertThat(log.store(batch)).isEqualTo(2);
        assertThat(texts(log.after(RunLog.Part.whole(2), 0, 10))).containsExactly("1 a", "2 b", "3 c");
    }

    @Test
    void the_same_batch_sent_twice_at_once_is_stored_once() throws Exception {
        Batch batch = LogDatabase.batch(3, "one", "a", "b");
        List<Thread> senders = IntStream.range(0, 6)
                .mapToObj(i -> new Thread(() -> sendUntilStored(batch)))
                .toList();
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(texts(log.after(RunLog.Part.whole(3), 0, 10))).containsExactly("1 a", "2 b");
        assertThat(database.number("SELECT last_line_no FROM run WHERE id = 3")).isEqualTo(2);
    }

    private static void sendUntilStored(Batch batch) {
        while (true) {
            try {
                log.store(batch);
                return;
            } catch (java.sql.SQLException again) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void an_old_fence_writes_nothing_unless_the_lines_are_late_and_a_fence_of_the_future_never_does() throws Exception {
        database.execute("UPDATE run SET fence = 5 WHERE id = 4");
        Batch old = LogDatabase.batch(4, "one", "a");
        assertThatThrownBy(() -> log.store(old)).isInstanceOf(RunLog.LostLeaseException.class);
        assertThat(log.newest(RunLog.Part.whole(4), 10)).isEmpty();
        assertThat(log.storeLate(old)).isEqualTo(1);
        database.execute("UPDATE run SET fence = 3 WHERE id = 4");
        assertThatThrownBy(() -> log.storeLate(LogDatabase.batch(4, "one", "b")))
                .isInstanceOf(RunLog.LostLeaseException.class);
    }

    @Test
    void reads_from_any_line_forward_and_back() {
        RunLog.Part whole = RunLog.Part.whole(LONG_RUN);
        assertThat(numbers(log.after(whole, 0, 4))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(numbers(log.after(whole, 4, 4))).containsExactly(5L, 6L, 7L, 8L);
        assertThat(numbers(log.after(whole, 59_998, 4))).containsExactly(59_999L, 60_000L);
        assertThat(numbers(log.after(whole, 60_000, 4))).isEmpty();
        assertThat(numbers(log.before(whole, 9, 4))).containsExactly(5L, 6L, 7L, 8L);
        assertThat(numbers(log.before(whole, 3, 10))).containsExactly(1L, 2L);
        assertThat(numbers(log.newest(whole, 2))).containsExactly(59_999L, 60_000L);
        var even = new RunLog.Part(LONG_RUN, "even", OptionalInt.of(1));
        assertThat(numbers(log.after(even, 0, 4))).containsExactly(4L, 5L, 6L, 10L);
        assertThat(numbers(log.before(even, 11, 4))).containsExactly(4L, 5L, 6L, 10L);
        assertThat(numbers(log.chunksAfter(even, 5))).startsWith(6L, 10L, 11L, 12L, 16L);
    }

    @Test
    void no_reading_looks_at_more_than_it_answers_however_long_the_log_is() throws Exception {
        for (var part : List.of(RunLog.Part.whole(LONG_RUN), new RunLog.Part(LONG_RUN, "even", OptionalInt.of(1)))) {
            for (long no : new long[] {0, 30_001, 59_999}) {
                assertThat(visited(LogStatements.after(part, no, 50))).isLessThan(130);
                assertThat(visited(LogStatements.before(part, no, 50))).isLessThan(130);
                assertThat(visited(LogStatements.chunksAfter(part, no))).isLessThan(20);
            }
            assertThat(visited(LogStatements.before(part, Long.MAX_VALUE, 50))).isLessThan(130);
        }
    }

    private static long visited(LogStatements.Query query) throws Exception {
        try (Connection connection = database.database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("EXPLAIN (ANALYZE, FORMAT JSON) " + query.sql())) {
            query.bind(statement);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rowsOf(Json.object("{\"plans\":" + rows.getString(1) + "}")
                        .path("plans")
                        .path(0)
                        .path("Plan"));
            }
        }
    }

    private static long rowsOf(com.fasterxml.jackson.databind.JsonNode node) {
        long rows = node.path("Node Type").asText().matches("(Index|Seq|Bitmap).*Scan")
                ? node.path("Actual Rows").asLong()
                        + node.path("Rows Removed by Filter").asLong()
                : 0;
        for (var below : node.path("Plans")) {
            rows += rowsOf(below);
        }
        return rows;
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(line -> line.no() + " " + line.text()).toList();
    }

    private static List<Long> numbers(List<LogLine> lines) {
        return new ArrayList<>(lines.stream().map(LogLine::no).toList());
    }
}
