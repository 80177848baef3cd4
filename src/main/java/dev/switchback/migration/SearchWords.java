package dev.switchback.migration;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How text becomes words, for what is kept and for what is asked. A compound ({@code shop-settings-v2}, {@code
 * /api/products}, {@code readFrom}) is cut into its parts, and is kept from each part on, joined without a sign:
 * {@code shopsettingsv2}, {@code settingsv2}, {@code v2}. A word is asked for by its beginning, so a compound is found
 * whole, by its end, by a part, and however its parts are joined. Case and accents do not count.
 *
 * <p>A part is kept by itself, too: of words that many hold the database knows how many hold them, and it would not see
 * that {@code order} is common where every runbook speaks of an {@code order17} of its own.
 */
final class SearchWords {

    /** Grows when text is cut in another way: what an older reading kept is then read again at the start. */
    static final int READING = 1;

    /** More words than these do not narrow a search any further. */
    static final int ASKED_AT_MOST = 32;

    private static final int PARTS = 8;
    private static final int LENGTH = 64;
    private static final String JOINS = "-_./:@";

    private SearchWords() {}

    /** A part of a compound, and where it stands in the text. */
    private record Part(String text, int start, int end, int compound) {}

    /**
     * What somebody looks for.
     *
     * @param words each must be there, as the beginning of a word; none when the text holds neither letter nor digit
     * @param isCut whether there were more of them
     */
    record Asked(List<String> words, boolean isCut) {

        /** For {@code CAST(… AS tsquery)}; safe by itself, because a word has letters and digits only. */
        String query() {
            return String.join(
                    " & ", words.stream().map(word -> "'" + word + "':*").toList());
        }
    }

    /** Where a word stands in a text. */
    record Hit(int start, int end) {}

    /** Adds the words of a text. */
    static void collect(String text, Set<String> into) {
        List<Part> parts = parts(text);
        for (int i = 0; i < parts.size(); i++) {
            into.add(joined(parts, i, PARTS));
            if (Character.isLetter(parts.get(i).text().codePointAt(0))) {
                into.add(joined(parts, i, 1));
            }
        }
    }

    /** Reads what somebody typed. */
    static Asked asked(String text) {
        List<Part> parts = parts(text);
        var words = new LinkedHashSet<String>();
        int first = 0;
        for (int i = 1; i <= parts.size(); i++) {
            if (i == parts.size() || parts.get(i).compound() != parts.get(first).compound()) {
                ask(parts.subList(first, i), words);
                first = i;
            }
        }
        return new Asked(words.stream().limit(ASKED_AT_MOST).toList(), words.size() > ASKED_AT_MOST);
    }

    private static void ask(List<Part> compound, Set<String> words) {
        for (int i = 0; i == 0 || i + PARTS <= compound.size(); i++) {
            words.add(joined(compound, i, PARTS));
        }
    }

    /** The first place in the text where the asked word begins. */
    static Optional<Hit> find(String text, String word) {
        return find(parts(text), word);
    }

    /** The first of these words that begins nowhere in the text. */
    static Optional<String> firstMissing(String text, List<String> words) {
        List<Part> parts = words.isEmpty() ? List.of() : parts(text);
        return words.stream().filter(word -> find(parts, word).isEmpty()).findFirst();
    }

    private static Optional<Hit> find(List<Part> parts, String word) {
        for (int i = 0; i < parts.size(); i++) {
            // Most parts are told apart by their first letter, before anything is joined.
            String text = parts.get(i).text();
            if ((text.isEmpty() || text.charAt(0) == word.charAt(0))
                    && joined(parts, i, PARTS).startsWith(word)) {
                return Optional.of(new Hit(parts.get(i).start(), end(parts, i, word.length())));
            }
        }
        return Optional.empty();
    }

    private static int end(List<Part> parts, int from, int length) {
        int i = from;
        int covered = parts.get(i).text().length();
        while (covered < length && i + 1 < parts.size()) {
            i++;
            covered += parts.get(i).text().length();
        }
        return parts.get(i).end();
    }

    private static String joined(List<Part> parts, int from, int most) {
        var joined = new StringBuilder(parts.get(from).text());
        for (int i = from + 1; i < parts.size() && i < from + most && joined.length() < LENGTH; i++) {
            if (parts.get(i).compound() != parts.get(from).compound()) {
                break;
            }
            joined.append(parts.get(i).text());
        }
        if (joined.length() > LENGTH) {
            joined.setLength(Character.isHighSurrogate(joined.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH);
        }
        return joined.toString();
    }

    private static List<Part> parts(String text) {
        var parts = new ArrayList<Part>();
        var part = new StringBuilder();
        int compound = 0;
        int start = 0;
        int before = ' ';
        int i = 0;
        while (i < text.length()) {
            int sign = text.codePointAt(i);
            int next = i + Character.charCount(sign);
            if (isMark(sign) && !part.isEmpty()) {
                i = next;
                continue;
            }
            boolean belongs = Character.isLetterOrDigit(sign);
            if (!part.isEmpty() && (!belongs || begins(before, sign, after(text, next)))) {
                parts.add(new Part(part.toString(), start, i, compound));
                part.setLength(0);
            }
            if (belongs) {
                start = part.isEmpty() ? i : start;
                part.append(plain(sign));
            } else if (JOINS.indexOf(sign) < 0) {
                compound++;
            }
            before = sign;
            i = next;
        }
        if (!part.isEmpty()) {
            parts.add(new Part(part.toString(), start, text.length(), compound));
        }
        return parts;
    }

    private static int after(String text, int i) {
        return i < text.length() ? text.codePointAt(i) : ' ';
    }

    /** Whether a part begins here: readFrom, HTTPServer, order17, and every ideograph. */
    private static boolean begins(int before, int sign, int after) {
        if (Character.isIdeographic(before) || Character.isIdeographic(sign)) {
            return true;
        }
        if (Character.isDigit(before) != Character.isDigit(sign)) {
            return true;
        }
        return Character.isUpperCase(sign)
                && (Character.isLowerCase(before) || Character.isUpperCase(before) && Character.isLowerCase(after));
    }

    private static boolean isMark(int sign) {
        return sign > 0x7f && Character.getType(sign) == Character.NON_SPACING_MARK;
    }

    private static String plain(int sign) {
        if (sign < 0x80) {
            return String.valueOf((char) Character.toLowerCase(sign));
        }
        var plain = new StringBuilder();
        Normalizer.normalize(Character.toString(sign), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
