package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.problem.ProblemException;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogViewTest {

    private static final LogView.Place PLACE = new LogView.Place("/runs/1/steps/one", 1);

    private static LogDatabase database;
    private static LogView.Reader reader;

    /** A thousand lines in chunks of three; every fiftieth says Error, in colour. */
    @BeforeAll
    static void start() throws Exception {
        database = new LogDatabase();
        for (int i = 1; i <= 1000; i += 3) {
            database.log.store(LogDatabase.batch(
                    1,
                    "one",
                    IntStream.range(i, Math.min(i + 3, 1001))
                            .mapToObj(no -> no % 50 == 0 ? "an \u001b[31mErr\u001b[0mor at " + no : "line " + no)
                            .toArray(String[]::new)));
        }
        var part = new RunLog.Part(1, "one", OptionalInt.of(1));
        reader = new LogView.Reader(database.log, part, "forward", PLACE);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static LogWish lines(String range) {
        return LogWish.of(null, null, range, null, null);
    }

    private static LogWish search(String words, Long after) {
        return LogWish.of(null, null, null, words, after);
    }

    @Test
    void shows_the_newest_lines_and_the_way_to_older_ones() {
        LogView newest = reader.at(LogWish.NEWEST);
        assertThat(newest.first()).isEqualTo(501);
        assertThat(newest.last()).isEqualTo(1000);
        assertThat(newest.older()).isEqualTo("/runs/1/steps/one?leg=1&before=501");
        assertThat(newest.newer()).isNull();

        LogView older = reader.at(LogWish.of(501L, null, null, null, null));
        assertThat(older.first()).isEqualTo(1);
        assertThat(older.older()).isNull();
        assertThat(older.newer()).isEqualTo("/runs/1/steps/one?leg=1&line=501#L501");
    }

    @Test
    void a_link_to_a_line_or_a_range_shows_it_marked_among_its_neighbours() {
        LogView range = reader.at(lines("300-302"));
        assertThat(range.first()).isEqualTo(200);
        assertThat(range.rows().stream().filter(row -> row.css().equals("hit")))
                .extracting(LogRow::no)
                .containsExactly(300L, 301L, 302L);

        LogView one = reader.at(LogWish.of(null, 2L, null, null, null));
        assertThat(one.rows().stream().filter(row -> row.css().equals("hit")))
                .extracting(LogRow::no)
                .containsExactly(2L);
        assertThat(reader.at(lines("302-300")).first()).isEqualTo(200);
        assertThatThrownBy(() -> lines("here")).isInstanceOf(ProblemException.class);
    }

    @Test
    void finds_a_text_in_small_or_capital_letters_also_across_colours() {
        LogView found = reader.at(search("error AT", null));
        assertThat(found.rows()).hasSize(20);
        assertThat(found.rows().get(0).text()).isEqualTo("an Error at 50");
        assertThat(found.around(found.rows().get(0))).isEqualTo("/runs/1/steps/one?leg=1&line=50#L50");
        assertThat(found.newer()).isNull();
        assertThat(reader.at(search("nowhere", null)).rows()).isEmpty();
    }

    @Test
    void a_search_stops_after_enough_hits_and_can_look_further() {
        LogView first = reader.at(search("line", null));
        assertThat(first.rows()).hasSize(LogSearch.HITS);
        long through = first.search().through();
        assertThat(first.newer()).isEqualTo("/runs/1/steps/one?leg=1&q=line&after=" + through);
        LogView second = reader.at(search("line", through));
        assertThat(second.first()).isGreaterThan(through);
    }

    @Test
    void a_log_that_was_removed_says_when_and_how_long_it_was_kept() throws SQLException {
        database.execute("UPDATE run SET log_kept = '90 days', log_removed_at = '2026-11-22T10:00:00Z' WHERE id = 2");
        LogView view = new LogView.Reader(
                        database.log, RunLog.Part.whole(2), "", new LogView.Place("/runs/2/log", null))
                .at(LogWish.NEWEST);
        assertThat(view.removed())
                .startsWith("The log was removed on 2026-11-22")
                .endsWith("(kept for 90 days).");
        assertThat(reader.at(LogWish.NEWEST).removed()).isNull();
    }
}
