package dev.switchback.shape;

import dev.switchback.step.Durations;
import dev.switchback.step.Variables;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small shapes that everything else in {@link RunbookShapes} is made of. */
final class Atoms {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,62}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern COMPARISON = Pattern.compile("(<=?|>=?|!=)\\s*\\S[\\s\\S]*");

    static final Shape LINE = TextShape.line();
    static final Shape TEXT = TextShape.text();
    static final Shape FLAG = new FlagShape();
    static final Shape VALUE = ScalarShape.value();
    static final Shape ANY = new AnyShape(true);
    static final Shape EXPECTED_JSON = new AnyShape(false);
    static final Shape FREE = new FreeShape();
    static final Shape LINES = ListShape.of(LINE);

    static final TextShape KEY = TextShape.matching(
            "small letters, digits and hyphens, at most 63, beginning with a letter or digit",
            Limits.KEY,
            "[a-z0-9][a-z0-9-]{0,62}");

    /** A key that stands in addresses, where {@code new} is the form of something new. */
    static final TextShape DOCUMENT_KEY = TextShape.matching(
            KEY.expected() + "; not “new”, which is the address of the form", Limits.KEY, "(?!new$)" + KEY.pattern());

    static final Shape DURATION = duration(Duration.ZERO);
    static final Shape POSITIVE_DURATION = duration(Duration.ofMillis(1));
    /** How long the way back is the easy one: {@code 30m}, {@code 12h}, {@code 7d}. */
    static final Shape REACH = TextShape.matching(
            "how long after the end of a run it can be rolled back: 1m to 9999m, 1h to 9999h or 1d to 365d, such as 7d",
            5,
            "[1-9][0-9]{0,3}[mh]|([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-5])d");

    static final Shape PER_CENT = TextShape.matching("a percentage such as 10%", 20, "[0-9]{1,4}(\\.[0-9]{1,3})?%");
    static final Shape INTENT = TextShape.matching(
            "keep, improve 20%, may-worsen 5% or informational",
            40, "keep|informational|(improve|may-worsen) [0-9]{1,4}(\\.[0-9]{1,3})?%");
    static final Shape TIME = TextShape.matching(
                    "a time in UTC such as 2026-12-20T00:00:00Z", 40, "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,20}Z")
            .accepting(Atoms::isTime);
    static final Shape CLOCK =
            TextShape.matching("a time of day such as \"20:00\"", 5, "([01][0-9]|2[0-3]):[0-5][0-9]");

    /** When something ends: also the end of the day. */
    static final Shape CLOCK_END = TextShape.matching(
            "a time of day such as \"23:00\", or \"24:00\"", 5, "([01][0-9]|2[0-3]):[0-5][0-9]|24:00");

    static final Shape ZONE = TextShape.matching("a time zone such as Europe/Berlin", 60, "[A-Za-z0-9_+/-]{1,60}")
            .accepting(Atoms::isZone);
    static final Shape REQUEST = TextShape.matching(
                    "a method and a path, such as GET /health?full={name}",
                    Limits.ADDRESS,
                    "(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /[^\\s]*")
            .accepting(Atoms::hasGoodPlaceholders);
    static final Shape LINK =
            TextShape.matching("an address with http:// or https://", Limits.ADDRESS, "https?://[^\\s]+");
    static final Shape HEADER_NAME = TextShape.matching(
            "a header name: letters, digits and hyphens", Limits.TITLE, "[A-Za-z0-9!#$&'*+.^_`|~-]{1,200}");

    private static final Shape STATUS_NUMBER = NumberShape.whole(100, 599);
    private static final String STATUS_WORDS = "an HTTP status such as 200, a range such as 200-299, or a list of them";
    private static final Shape STATUS_RANGE = TextShape.matching(STATUS_WORDS, 7, "[1-5][0-9]{2}-[1-5][0-9]{2}");
    static final Shape STATUS = EitherShape.of(
            STATUS_WORDS,
            STATUS_NUMBER,
            STATUS_RANGE,
            ListShape.of(EitherShape.of("a status or a range", STATUS_NUMBER, STATUS_RANGE))
                    .atLeast(1));

    private static final Shape EXIT_NUMBER = NumberShape.whole(0, 255);
    static final Shape EXIT = EitherShape.of(
            "an exit status from 0 to 255, or a list of them",
            EXIT_NUMBER,
            ListShape.of(EXIT_NUMBER).atLeast(1));

    static final Shape IS = new ScalarShape(
            "a value, or <, <=, >, >=, != and a value, such as \"< 0.01\"", Limits.TEXT, Atoms::isComparison);

    static final Shape VARIABLES = MapShape.of(variableName(), VALUE);
    static final Shape PARAMETERS = MapShape.of(TextShape.matching("a parameter name", Limits.KEY, NAME), VALUE);
    static final Shape HEADERS = MapShape.of(
                    (TextShape) HEADER_NAME,
                    TextShape.matching("one line of text", Limits.TEXT, "[^\\n\\r]*")
                            .asConfidential())
            .with(PlainSecrets::checkHeaders);

    private Atoms() {}

    private static TextShape variableName() {
        return TextShape.matching(
                        "letters, digits and _, not beginning with a digit; not PATH, LD_*, BASH*, PYTHON* and"
                                + " other names that change how programs run",
                        Limits.KEY,
                        NAME)
                .accepting(name -> Variables.refusal(name).isEmpty());
    }

    private static TextShape duration(Duration least) {
        String atLeast = least.isZero() ? "" : ", more than nothing";
        return TextShape.matching(
                        "a duration such as 250ms, 20s, 5m or 2h" + atLeast + ", at most " + Limits.DURATION_HOURS
                                + "h",
                        20,
                        "[0-9]{1,9}(ms|s|m|h)")
                .accepting(text -> isDuration(text, least));
    }

    private static boolean isDuration(String text, Duration least) {
        try {
            Duration duration = Durations.parse(text);
            return duration.compareTo(least) >= 0;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException refused) {
            return false;
        }
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException refused) {
            return false;
        }
    }

    private static boolean isComparison(String text) {
        String trimmed = text.strip();
        boolean operator = trimmed.startsWith("<") || trimmed.startsWith(">") || trimmed.startsWith("!=");
        return operator ? COMPARISON.matcher(trimmed).matches() : !trimmed.startsWith("==");
    }

    /** Every brace belongs to a {@code {name}}. */
    private static boolean hasGoodPlaceholders(String text) {
        Matcher placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            if (!placeholders.group(1).matches(NAME)) {
                return false;
            }
        }
        String rest = placeholders.replaceAll("");
        return rest.indexOf('{') < 0 && rest.indexOf('}') < 0;
    }

    /** A mapping of fixed words to one shape. */
    static Map<String, Shape> each(List<String> names, Shape shape) {
        var members = new java.util.LinkedHashMap<String, Shape>();
        names.forEach(name -> members.put(name, shape));
        return members;
    }
}
