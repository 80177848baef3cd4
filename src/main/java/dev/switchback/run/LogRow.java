package dev.switchback.run;

import dev.switchback.step.StepLog.Stream;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of the log as pages show it: no control character reaches the browser.
 *
 * @param no its number within the run
 * @param at when Switchback read it
 * @param css {@code sys} for Switchback itself, {@code err} for what was written to stderr, else empty
 * @param part leg and step, so that a page of one step takes only its own lines
 * @param text the line
 */
public record LogRow(long no, Instant at, String css, String part, String text) {

    private static final int SHOWN = 4_000;

    /** Stands for a carriage return while the other control characters are taken out: Unicode gives it no meaning. */
    private static final char REWRITE = '\uFFFF';

    /** Colours, cursor movements, window titles, and what else is not text. */
    private static final Pattern CONTROL = Pattern.compile(
            "\\x1B\\[[0-?]*["
                    + " -/]*[@-~]|\\x1B\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?|\\x1B[@-Z\\\\^_]|[\\x00-\\x08\\x0A-\\x1F\\x7F\\x80-\\x9F]");

    static LogRow of(LogLine line) {
        String css = line.stream() == Stream.ENGINE ? "sys" : line.stream() == Stream.ERR ? "err" : "";
        return new LogRow(line.no(), line.at(), css, part(line.legNo(), line.stepId()), readable(line.text()));
    }

    /** The line as one that somebody pointed at. */
    LogRow marked() {
        return new LogRow(no, at, css.isEmpty() ? "hit" : css + " hit", part, text);
    }

    static List<LogRow> of(List<LogLine> lines) {
        return lines.stream().map(LogRow::of).toList();
    }

    /** How a page names the lines of one step on one leg. */
    static String part(int legNo, String stepId) {
        return legNo + "/" + stepId;
    }

    /** The text without control sequences, cut where a page would no longer be readable. */
    static String readable(String text) {
        String plain = plain(text);
        return plain.length() <= SHOWN
                ? plain
                : plain.substring(0, SHOWN) + " … (" + plain.length() + " characters; see the plain text)";
    }

    /**
     * The text as a terminal would leave it: of a progress bar that goes back to the beginning of its line, the last
     * state; without colours, cursor movements and other control characters.
     */
    static String plain(String text) {
        if (isPlain(text)) {
            return text;
        }
        String[] states =
                CONTROL.matcher(text.replace('\r', REWRITE)).replaceAll("").split(String.valueOf(REWRITE));
        for (int i = states.length - 1; i >= 0; i--) {
            if (!states[i].isBlank()) {
                return states[i];
            }
        }
        return "";
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && (c < 0x7F || c > 0x9F) || c == '\t');
    }
}
