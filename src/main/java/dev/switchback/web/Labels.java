package dev.switchback.web;

import dev.switchback.step.Durations;
import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How templates write times, durations and numbers. One clock for the whole installation: UTC. */
@TemplateExtension
public final class Labels {

    private static final DateTimeFormatter SECONDS = utc("HH:mm:ss");
    private static final DateTimeFormatter MINUTES = utc("HH:mm");
    private static final DateTimeFormatter DAY = utc("d MMM HH:mm");
    private static final DateTimeFormatter YEAR = utc("d MMM yyyy HH:mm");
    private static final DateTimeFormatter FULL = utc("yyyy-MM-dd HH:mm:ss 'UTC'");

    private Labels() {}

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** For the {@code datetime} attribute. */
    public static String iso(Instant at) {
        return at.toString();
    }

    /** Date, time and zone. */
    public static String full(Instant at) {
        return FULL.format(at);
    }

    /** Only the time of day, with seconds. */
    public static String seconds(Instant at) {
        return SECONDS.format(at);
    }

    /** As short as it stays clear from now: the time today, else the day too, else the year too. */
    public static String shortly(Instant at, Instant now) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (day.equals(today)) {
            return MINUTES.format(at);
        }
        return day.getYear() == today.getYear() ? DAY.format(at) : YEAR.format(at);
    }

    /** {@code 87 ms}, {@code 1.4 s}, {@code 6 min 42 s}. */
    public static String words(Duration duration) {
        return Durations.words(duration);
    }

    /** For what is only usual or expected, after "about": {@code 1 s}, {@code 8 s}, {@code 6 min 42 s}. */
    public static String roughly(Duration duration) {
        return Durations.words(Duration.ofSeconds(Math.max(1, Math.round(duration.toMillis() / 1000.0))));
    }

    /** As a stop watch shows it: {@code 0.2 s} below a second, {@code 0:23}, {@code 12:40}, {@code 1:02:03}. */
    public static String clock(Duration duration) {
        if (!duration.isNegative() && duration.toMillis() < 1000) {
            return "0.%d s".formatted(Math.min(9, Math.max(1, Math.round(duration.toMillis() / 100.0))));
        }
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds % 3600 / 60, seconds % 60);
    }

    /** With commas between the thousands. */
    public static String grouped(Number number) {
        return "%,d".formatted(number.longValue());
    }

    /** {@code {steps.size.counted('step')}}: {@code 1 step}, {@code 12 steps}. */
    public static String counted(Number number, String one) {
        return Words.count(number.longValue(), one);
    }

    /** The same for nouns with a plural of their own. */
    public static String counted(Number number, String one, String many) {
        return Words.count(number.longValue(), one, many);
    }

    /** For a query string. */
    public static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether a link of a file may become a link of a page: never {@code javascript:}. */
    public static boolean isSafeLink(String url) {
        return url.startsWith("https://") || url.startsWith("http://");
    }

    /** The class of an environment's chip by its tier. */
    public static String tierClass(String tier) {
        return tier.equals("production") ? "prod" : "stag";
    }
}
