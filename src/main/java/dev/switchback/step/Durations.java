package dev.switchback.step;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as runbook files write them: a whole number and one of {@code ms, s, m, h}, without a space:
 * {@code 250ms}, {@code 20s}, {@code 5m}, {@code 2h}. From 0 to {@link #LONGEST}. Stateless.
 */
public final class Durations {

    /** The longest duration a file may ask for. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with a sentence for people when the text is anything else or too long
     */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a duration: expected a whole number and one of"
                    + " ms, s, m, h, such as 250ms, 20s, 5m or 2h");
        }
        Duration read = of(Long.parseLong(form.group(1)), form.group(2));
        if (read.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is too long: at most " + format(LONGEST) + " are allowed");
        }
        return read;
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** The shortest text that {@link #parse} reads as the same duration; below a millisecond it is cut off. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 != 0 ? seconds / 60 + "m" : seconds / 3600 + "h";
    }

    /** For sentences, rounded to what a reader cares about: {@code 87 ms}, {@code 1.4 s}, {@code 20 s}, {@code 3 min 5 s}. */
    public static String words(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        long tenths = Math.round(millis / 100.0);
        if (tenths < 100 && tenths % 10 != 0) {
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? joined(seconds / 60, " min", seconds % 60, " s")
                : joined(seconds / 3600, " h", seconds % 3600 / 60, " min");
    }

    private static String joined(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
