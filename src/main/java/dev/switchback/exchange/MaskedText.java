package dev.switchback.exchange;

import dev.switchback.shape.PlainSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what looks like a secret in the text of a file before the text is shown. It works on text, not on a tree, because
 * a file that cannot be read is exactly one that has to be shown. References ({@code secret:NAME}) stay readable.
 */
final class MaskedText {

    private static final String DOTS = "••••••••";
    private static final Pattern MEMBER = Pattern.compile(
            "(?i)([\\w-]*(?:password|passwd|passphrase|privatekey|private-key|token|api-?key|access-?key|authorization|cookie"
                    + "|credential|client-?secret)[\\w-]*[\"']?\\s*:\\s+)(\"(?:[^\"\\\\]|\\\\.)*\"?|'[^']*'?|[^\\s,{}\\[\\]#][^,}#]*)");
    private static final Pattern IN_URL = Pattern.compile("(//[^/\\s:@\"']*:)([^@/\\s\"']+)(@)");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)([?&;](?:password|passwd|pwd|token|api_?key|secret)=)([^&;\\s\"']+)");
    private static final Pattern BLOCK = Pattern.compile("[|>][-+0-9]*\\s*");

    private MaskedText() {}

    /** The text, line by line, safe to show. */
    static List<String> lines(String text) {
        var shown = new ArrayList<String>();
        int hiddenBelow = -1;
        for (String line : split(text)) {
            if (hiddenBelow >= 0 && (line.isBlank() || indent(line) > hiddenBelow)) {
                shown.add(line.isBlank() ? line : " ".repeat(indent(line)) + DOTS);
                continue;
            }
            hiddenBelow = opensSecretBlock(line) ? indent(line) : -1;
            shown.add(hiddenBelow >= 0 ? line : mask(line));
        }
        return shown;
    }

    /** The lines of a text, whatever ends them. */
    static List<String> split(String text) {
        return List.of(text.split("\r\n|\r|\n", -1));
    }

    /** Whether a whole line was hidden. */
    static boolean isHidden(String line) {
        return line.strip().equals(DOTS);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static boolean opensSecretBlock(String line) {
        Matcher member = MEMBER.matcher(line);
        return member.find() && BLOCK.matcher(member.group(2)).matches();
    }

    private static String mask(String line) {
        String masked = MEMBER.matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) + (isHarmless(found.group(2)) ? found.group(2) : "\"" + DOTS + "\"")));
        masked = IN_URL.matcher(masked).replaceAll("$1" + DOTS + "$3");
        return PARAMETER.matcher(masked).replaceAll("$1" + DOTS);
    }

    private static boolean isHarmless(String value) {
        String bare = value.strip().replaceAll("^[\"']|[\"']$", "");
        return bare.isEmpty() || PlainSecrets.isReference(bare);
    }
}
