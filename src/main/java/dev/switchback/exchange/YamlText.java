package dev.switchback.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a text is written in YAML, so that every reader of YAML, 1.1 included, reads the same text. */
final class YamlText {
    private static final Pattern PLAIN = plain("");
    private static final Pattern PLAIN_ON_ITS_OWN_LINE = plain(",{}\\[\\]*&!|\"$~");
    private static final Pattern PLAIN_BEGINNING_WITH_DIGIT = Pattern.compile(
            "[0-9]+(ms|s|m|h|%)|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9]{3}-[0-9]{3}|[0-9]+(\\.[0-9]+){3}");
    private static final Set<String> MEANING_SOMETHING_ELSE =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n", "");

    private static final int LONGEST_PLAIN = 300;

    private YamlText() {}

    private static Pattern plain(String more) {
        String next = "[\\p{L}\\p{N}_./@%+=()<>;?'" + more + "-]";
        return Pattern.compile("[\\p{L}/_](?: |" + next + "|:(?=" + next + "))*");
    }

    /** In one line, inside {@code []} or {@code {}} or as a key: bare where nobody can misread it, else in quotes. */
    static String inline(String text) {
        return written(text, PLAIN);
    }

    /** In one line, up to its end: bare where nobody can misread it, else in quotes. */
    static String untilLineEnd(String text) {
        return written(text, PLAIN_ON_ITS_OWN_LINE);
    }

    private static String written(String text, Pattern bare) {
        return isPlain(text, bare)
                ? text
                : JsonNodeFactory.instance.textNode(text).toString();
    }

    private static boolean isPlain(String text, Pattern bare) {
        if (text.length() > LONGEST_PLAIN) {
            return false;
        }
        boolean form = bare.matcher(text).matches()
                || PLAIN_BEGINNING_WITH_DIGIT.matcher(text).matches();
        return form
                && !text.endsWith(" ")
                && !text.endsWith(":")
                && !MEANING_SOMETHING_ELSE.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether a text of several lines can stand as it is, behind {@code |}. */
    static boolean canBeBlock(String text) {
        return text.indexOf('\n') > 0
                && !text.endsWith("\n\n")
                && !Character.isWhitespace(text.charAt(0))
                && text.indexOf('\r') < 0
                && text.indexOf('\u2028') < 0
                && text.indexOf('\u2029') < 0
                && text.lines().noneMatch(line -> !line.isEmpty() && line.isBlank());
    }
}
