package dev.switchback.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces secrets by {@value #MASK} in text that leaves the process: the value itself, each line of a value with
 * several lines, and the forms in which values usually travel: URL-encoded, base64 (also in the middle of something
 * longer, such as {@code user:password}), JSON-escaped, quoted for a shell or for SQL.
 *
 * <p>Values shorter than {@value #SHORTEST} characters are not masked: they would hide ordinary text everywhere.
 *
 * <p>One pass over the text whatever the number of secrets, and the same instance back when nothing was found, so it
 * may stand in the path of every log line. Immutable, safe for use by several threads.
 */
public final class Masker {

    /** What stands in the place of a secret. */
    public static final String MASK = "••••••••";

    /** The shortest value that is masked, in characters. */
    public static final int SHORTEST = 4;

    /** Base64 fragments shorter than this would hide ordinary words. */
    private static final int SHORTEST_FRAGMENT = 6;

    private static final int HASHES = 1 << 16;

    private final boolean[] mayEndPrefix = new boolean[HASHES];
    private final Map<Integer, List<String>> byPrefix = new HashMap<>();
    private int longest;

    private Masker(Set<String> forms) {
        forms.forEach(this::add);
        byPrefix.values()
                .forEach(list ->
                        list.sort(Comparator.comparingInt(String::length).reversed()));
    }

    /** A masker of these values in all their forms. */
    public static Masker of(Collection<String> values) {
        var forms = new LinkedHashSet<String>();
        for (String value : values) {
            addForms(value, forms);
            if (value.indexOf('\n') >= 0) {
                value.lines().map(String::strip).forEach(line -> addForms(line, forms));
            }
        }
        return new Masker(forms);
    }

    private static void addForms(String value, Set<String> forms) {
        if (value.length() < SHORTEST) {
            return;
        }
        String urlEncoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String percentEncoded =
                urlEncoded.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        forms.addAll(Arrays.asList(
                value, urlEncoded, percentEncoded, lowerCaseHex(urlEncoded), lowerCaseHex(percentEncoded)));
        forms.addAll(Arrays.asList(
                jsonEscaped(value),
                jsonEscaped(value).replace("/", "\\/"),
                value.replace("'", "'\\''"),
                value.replace("'", "''"),
                value.replaceAll("([\\\\\"$`])", "\\\\$1"),
                value.replaceAll("([^A-Za-z0-9_./:=@%+,-])", "\\\\$1"),
                value.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")));
        addBase64(value.getBytes(StandardCharsets.UTF_8), forms);
    }

    private static String lowerCaseHex(String encoded) {
        var text = new StringBuilder(encoded);
        for (int i = 0; i + 2 < text.length(); i++) {
            if (text.charAt(i) == '%') {
                text.setCharAt(i + 1, Character.toLowerCase(text.charAt(i + 1)));
                text.setCharAt(i + 2, Character.toLowerCase(text.charAt(i + 2)));
            }
        }
        return text.toString();
    }

    private static String jsonEscaped(String value) {
        var text = new StringBuilder(value.length() + 8);
        for (char c : value.toCharArray()) {
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        return text.toString();
    }

    /** The value alone, and the characters that it decides at each of the three places where it can begin. */
    private static void addBase64(byte[] value, Set<String> forms) {
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            String alone = encoder.encodeToString(value);
            if (alone.length() >= SHORTEST_FRAGMENT) {
                forms.add(alone);
            }
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + value.length];
                System.arraycopy(value, 0, shifted, before, value.length);
                String encoded = encoder.withoutPadding().encodeToString(shifted);
                int from = (before * 8 + 5) / 6;
                int to = shifted.length * 8 / 6;
                if (to - from >= SHORTEST_FRAGMENT) {
                    forms.add(encoded.substring(from, to));
                }
            }
        }
    }

    private void add(String form) {
        int hash = 0;
        for (int i = 0; i < SHORTEST; i++) {
            hash = roll(hash, form.charAt(i));
        }
        mayEndPrefix[hash] = true;
        longest = Math.max(longest, form.length());
        byPrefix.computeIfAbsent(hash, any -> new ArrayList<>()).add(form);
    }

    /** Depends on the last four characters only: older ones are shifted out of the sixteen bits. */
    private static int roll(int hash, char next) {
        return ((hash << 4) ^ next) & (HASHES - 1);
    }

    /** The text with every secret replaced; the same instance when there is none in it. */
    public String mask(String text) {
        if (byPrefix.isEmpty() || text.length() < SHORTEST) {
            return text;
        }
        StringBuilder masked = null;
        int kept = 0;
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = roll(hash, text.charAt(i));
            int start = i - SHORTEST + 1;
            if (start < kept || !mayEndPrefix[hash]) {
                continue;
            }
            int length = lengthOfSecretAt(text, start, hash);
            if (length > 0) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, kept, start).append(MASK);
                kept = start + length;
            }
        }
        return masked == null ? text : masked.append(text, kept, text.length()).toString();
    }

    /**
     * How many characters at the beginning of a text can be masked by themselves, although more text follows: no secret
     * that goes on behind the end of the text begins in them, and none is cut by their end.
     */
    public int settled(String text) {
        int settled = Math.max(0, text.length() - Math.max(0, longest - 1));
        int hash = 0;
        int end = 0;
        for (int i = 0; i < text.length() && i - SHORTEST + 1 < settled && !byPrefix.isEmpty(); i++) {
            hash = roll(hash, text.charAt(i));
            int start = i - SHORTEST + 1;
            if (start >= end && mayEndPrefix[hash]) {
                end = Math.max(end, start + lengthOfSecretAt(text, start, hash));
            }
        }
        return Math.max(settled, end);
    }

    private int lengthOfSecretAt(String text, int start, int hash) {
        for (String form : byPrefix.get(hash)) {
            if (text.startsWith(form, start)) {
                return form.length();
            }
        }
        return 0;
    }
}
