package dev.switchback.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a log in which a text stands, capital or small letters alike, as pages show them. One search reads a
 * bounded stretch; it says where it stopped. Immutable.
 *
 * @param words what was searched for
 * @param hits the lines, in order
 * @param through the number of the last line that was looked at
 * @param isOver whether that was the end of the log
 */
public record LogSearch(String words, List<LogRow> hits, long through, boolean isOver) {

    /** So many lines at most are shown at once. */
    static final int HITS = 200;

    /** In characters: what one request reads at most, within about a second. */
    private static final long STRETCH = 32L * 1024 * 1024;

    public LogSearch {
        hits = List.copyOf(hits);
    }

    /** What a line must contain. */
    static Pattern pattern(String words) {
        return Pattern.compile(Pattern.quote(words), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Searches from a line on. */
    static LogSearch in(RunLog log, RunLog.Part part, String words, long after) {
        Pattern wanted = pattern(words);
        var hits = new ArrayList<LogRow>();
        long through = after;
        long read = 0;
        while (read < STRETCH) {
            List<LogLine> lines = log.chunksAfter(part, through);
            if (lines.isEmpty()) {
                return new LogSearch(words, hits, through, true);
            }
            for (LogLine line : lines) {
                through = line.no();
                read += line.text().length() + 1;
                if (wanted.matcher(LogRow.plain(line.text())).find()) {
                    hits.add(LogRow.of(line));
                    if (hits.size() == HITS) {
                        return new LogSearch(words, hits, through, false);
                    }
                }
            }
        }
        return new LogSearch(words, hits, through, false);
    }
}
