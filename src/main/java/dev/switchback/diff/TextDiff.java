package dev.switchback.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Two texts side by side: first which lines differ, then which words in them. Pure, safe for use by several threads.
 *
 * @param rows from top to bottom
 */
public record TextDiff(List<Row> rows) {

    private static final int AROUND = 2;
    /** Above these numbers the search, which is quadratic, is not done: all of it then counts as changed. */
    private static final int LINES = 1_200;

    private static final int WORDS = 1_200;
    private static final double ALIKE = 0.4;
    private static final Pattern WORD = Pattern.compile("(?<=\\W)|(?=\\W)", Pattern.UNICODE_CHARACTER_CLASS);

    /** What a row says. */
    public enum Kind {
        SAME,
        ADDED,
        REMOVED,
        CHANGED,
        SKIPPED
    }

    /**
     * A piece of a text.
     *
     * @param marked whether it is only on its side
     */
    public record Piece(String text, boolean marked) {}

    /**
     * Lines that stand for each other.
     *
     * @param skipped how many equal lines are left out here
     */
    public record Row(Kind kind, List<Piece> before, List<Piece> after, int skipped) {
        /** Whether both sides say it. */
        public boolean isSame() {
            return kind == Kind.SAME;
        }

        /** Whether each side differs as a whole. */
        public boolean isWhole() {
            return before.size() <= 1
                    && after.size() <= 1
                    && before.stream().allMatch(Piece::marked)
                    && after.stream().allMatch(Piece::marked);
        }

        static Row same(String line) {
            List<Piece> piece = List.of(new Piece(line, false));
            return new Row(Kind.SAME, piece, piece, 0);
        }
    }

    /** Compares two texts; null stands for a text that is not there. */
    public static TextDiff of(String before, String after) {
        if (before == null || after == null) {
            return new TextDiff(List.of(row(before, after)));
        }
        List<String> was = Arrays.asList(before.split("\n", -1));
        List<String> is = Arrays.asList(after.split("\n", -1));
        return was.size() + is.size() > LINES
                ? new TextDiff(List.of(changed(before, after)))
                : new TextDiff(rows(was, is));
    }

    private static List<Row> rows(List<String> was, List<String> is) {
        var rows = new ArrayList<Row>();
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(was, is).getDeltas()) {
            same(was.subList(at, delta.getSource().getPosition()), at == 0, false, rows);
            rows.add(row(
                    delta.getType() == DeltaType.INSERT
                            ? null
                            : String.join("\n", delta.getSource().getLines()),
                    delta.getType() == DeltaType.DELETE
                            ? null
                            : String.join("\n", delta.getTarget().getLines())));
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        same(was.subList(at, was.size()), at == 0, true, rows);
        return List.copyOf(rows);
    }

    /** Equal lines: two beside each change are enough. */
    private static void same(List<String> lines, boolean first, boolean last, List<Row> rows) {
        int head = first ? 0 : Math.min(AROUND, lines.size());
        int tail = last ? 0 : Math.min(AROUND, lines.size() - head);
        int skipped = lines.size() - head - tail;
        lines.subList(0, head).forEach(line -> rows.add(Row.same(line)));
        if (skipped == 1) {
            rows.add(Row.same(lines.get(head)));
        } else if (skipped > 1) {
            rows.add(new Row(Kind.SKIPPED, List.of(), List.of(), skipped));
        }
        lines.subList(lines.size() - tail, lines.size()).forEach(line -> rows.add(Row.same(line)));
    }

    private static Row row(String before, String after) {
        if (before == null) {
            return new Row(Kind.ADDED, List.of(), List.of(new Piece(after, true)), 0);
        }
        return after == null
                ? new Row(Kind.REMOVED, List.of(new Piece(before, true)), List.of(), 0)
                : changed(before, after);
    }

    private static Row changed(String before, String after) {
        String[] was = WORD.split(before);
        String[] is = WORD.split(after);
        if (was.length + is.length > WORDS || !areAlike(was, is)) {
            return new Row(Kind.CHANGED, List.of(new Piece(before, true)), List.of(new Piece(after, true)), 0);
        }
        var left = new Side();
        var right = new Side();
        int at = 0;
        for (AbstractDelta<String> delta :
                DiffUtils.diff(Arrays.asList(was), Arrays.asList(is)).getDeltas()) {
            String common = String.join(
                    "", Arrays.asList(was).subList(at, delta.getSource().getPosition()));
            left.add(common, false);
            right.add(common, false);
            left.add(String.join("", delta.getSource().getLines()), true);
            right.add(String.join("", delta.getTarget().getLines()), true);
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        String rest = String.join("", Arrays.asList(was).subList(at, was.length));
        left.add(rest, false);
        right.add(rest, false);
        return new Row(Kind.CHANGED, left.pieces(), right.pieces(), 0);
    }

    /** Whether one text is the other, changed, and not another one in its place. */
    static boolean areAlike(String before, String after) {
        return areAlike(WORD.split(before), WORD.split(after));
    }

    /** By the words that both have; marking single words in texts that share few would be confetti. */
    private static boolean areAlike(String[] was, String[] is) {
        var left = new ArrayList<>(words(was));
        List<String> right = words(is);
        int most = Math.max(left.size(), right.size());
        long common = right.stream().filter(left::remove).count();
        return most == 0 || common >= ALIKE * most;
    }

    private static List<String> words(String[] tokens) {
        return Arrays.stream(tokens)
                .limit(WORDS)
                .filter(token -> token.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    /** The pieces of one side; small talk between two marked pieces is marked with them. */
    private static final class Side {
        private final List<Piece> pieces = new ArrayList<>();

        void add(String text, boolean marked) {
            if (text.isEmpty()) {
                return;
            }
            int last = pieces.size() - 1;
            if (last >= 0 && pieces.get(last).marked() == marked) {
                pieces.set(last, new Piece(pieces.get(last).text() + text, marked));
            } else if (marked && last >= 1 && pieces.get(last).text().isBlank()) {
                String blank = pieces.remove(last).text();
                pieces.set(last - 1, new Piece(pieces.get(last - 1).text() + blank + text, true));
            } else {
                pieces.add(new Piece(text, marked));
            }
        }

        List<Piece> pieces() {
            return List.copyOf(pieces);
        }
    }
}
