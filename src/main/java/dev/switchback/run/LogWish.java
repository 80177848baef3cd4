package dev.switchback.run;

import dev.switchback.problem.Problem;
import dev.switchback.web.Query;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which stretch of a log an address asks for. Immutable.
 *
 * @param before the lines before this one; null when not asked
 * @param from the first line that is pointed at; 0 when none is
 * @param to the last line that is pointed at
 * @param words what is searched for; empty when nothing is
 * @param after search behind this line
 */
record LogWish(Long before, long from, long to, String words, long after) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");
    private static final int WORDS_AT_MOST = 1_000;

    /** Nothing but the newest lines. */
    static final LogWish NEWEST = new LogWish(null, 0, 0, "", 0);

    /**
     * Reads the parameters of an address; each may be null.
     *
     * @throws dev.switchback.problem.ProblemException 400 when {@code lines} is no range
     */
    static LogWish of(Long before, Long line, String lines, String q, Long after) {
        long from = line == null ? 0 : line;
        long to = from;
        Optional<String> range = Query.filled(lines);
        if (range.isPresent()) {
            Matcher found = RANGE.matcher(range.get());
            if (!found.matches()) {
                throw Problem.syntax("\"" + range.get() + "\" names no lines", "two numbers such as 120-140")
                        .toException();
            }
            from = Long.parseLong(found.group(1));
            to = found.group(2) == null ? from : Long.parseLong(found.group(2));
        }
        String words = q == null ? "" : q.length() > WORDS_AT_MOST ? q.substring(0, WORDS_AT_MOST) : q;
        return new LogWish(
                before,
                Math.min(from, to),
                Math.max(from, to),
                words.isBlank() ? "" : words,
                after == null ? 0 : after);
    }

    /** Whether a line is wanted, as far as its number and its text say. */
    Predicate<LogLine> wanted() {
        Predicate<LogLine> inRange = line -> to == 0 || line.no() >= from && line.no() <= to;
        if (words.isEmpty()) {
            return inRange;
        }
        Pattern pattern = LogSearch.pattern(words);
        return inRange.and(line -> pattern.matcher(LogRow.plain(line.text())).find());
    }

    /** Whether the page shows what is newest, and may go on by itself. */
    boolean isNewest() {
        return before == null && from == 0 && words.isEmpty();
    }
}
