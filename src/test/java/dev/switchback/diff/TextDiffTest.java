package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.TextDiff.Kind;
import dev.switchback.diff.TextDiff.Piece;
import dev.switchback.diff.TextDiff.Row;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two texts side by side: both can be read whole, and what differs is marked. */
class TextDiffTest {

    private static String text(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    private static String marked(List<Piece> pieces) {
        return pieces.stream().filter(Piece::marked).map(Piece::text).collect(Collectors.joining("|"));
    }

    @Test
    void marks_the_words_that_differ_and_no_others() {
        Row row = TextDiff.of(
                        "p95 of the list under 120 ms, no failed request",
                        "p95 of the list under 80 ms, no failed call")
                .rows()
                .get(0);
        assertThat(marked(row.before())).isEqualTo("120|request");
        assertThat(marked(row.after())).isEqualTo("80|call");
    }

    @Test
    void marks_words_side_by_side_as_one() {
        Row row = TextDiff.of("keep the old table for thirty days", "keep the new list for thirty days")
                .rows()
                .get(0);
        assertThat(marked(row.before())).isEqualTo("old table");
        assertThat(marked(row.after())).isEqualTo("new list");
    }

    @Test
    void marks_all_of_a_sentence_that_became_another_one() {
        Row row = TextDiff.of("Set the flag back", "Restore the copy, then restart both")
                .rows()
                .get(0);
        assertThat(marked(row.before())).isEqualTo("Set the flag back");
        assertThat(marked(row.after())).isEqualTo("Restore the copy, then restart both");
    }

    @Test
    void takes_words_with_nothing_in_common_but_signs_for_others() {
        Row row = TextDiff.of("on-call-platform", "night-shift-two").rows().get(0);
        assertThat(marked(row.before())).isEqualTo("on-call-platform");
    }

    @Test
    void leaves_out_equal_lines_far_from_a_change_and_says_how_many() {
        String before = IntStream.range(0, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        TextDiff diff = TextDiff.of(before, before.replace("line 10", "line ten"));
        assertThat(diff.rows())
                .extracting(Row::kind)
                .containsExactly(Kind.SKIPPED, Kind.SAME, Kind.SAME, Kind.CHANGED, Kind.SAME, Kind.SAME, Kind.SKIPPED);
        assertThat(diff.rows().get(0).skipped()).isEqualTo(8);
        assertThat(diff.rows().get(6).skipped()).isEqualTo(7);
    }

    @Test
    void keeps_each_side_whole_whatever_differs() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String before = text(random);
            String after = text(random);
            List<Row> rows = TextDiff.of(before, after).rows();
            if (rows.stream().anyMatch(row -> row.kind() == Kind.SKIPPED)) {
                continue;
            }
            assertThat(side(rows, true)).isEqualTo(before);
            assertThat(side(rows, false)).isEqualTo(after);
        }
    }

    private static String side(List<Row> rows, boolean before) {
        return rows.stream()
                .filter(row -> row.kind() != (before ? Kind.ADDED : Kind.REMOVED))
                .map(row -> text(before ? row.before() : row.after()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Random random) {
        List<String> words = List.of("a", "b", "ü", " ", "  ", ",", "\n", "c d", "");
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> words.get(random.nextInt(words.size())))
                .collect(Collectors.joining());
    }
}
