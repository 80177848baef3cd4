package dev.switchback.migration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a search hit, when the row of the list does not show it by itself.
 *
 * @param where {@code step create-table}
 * @param before the text before the hit
 * @param hit what was found
 * @param after the text after it
 */
public record SearchHit(String where, String before, String hit, String after) {

    private static final int BEFORE = 30;
    private static final int AFTER = 70;

    /**
     * Looks for the first word that the row does not show.
     *
     * @param words what was asked for
     * @param shown what the row shows by itself
     * @param places as they are kept: a line each, its name, a tab, its text
     */
    static Optional<SearchHit> of(List<String> words, String shown, String places) {
        return SearchWords.firstMissing(shown, words).flatMap(word -> in(places, word));
    }

    /** The lines with the very letters first: cutting all of them into words takes its time. */
    private static Optional<SearchHit> in(String places, String word) {
        String plain = places.toLowerCase(Locale.ROOT);
        int at = plain.length() == places.length() ? plain.indexOf(word) : -1;
        while (at >= 0) {
            int end = places.indexOf('\n', at);
            int last = end < 0 ? places.length() : end;
            Optional<SearchHit> hit = hit(places.substring(places.lastIndexOf('\n', at) + 1, last), word);
            if (hit.isPresent()) {
                return hit;
            }
            at = plain.indexOf(word, last);
        }
        return places.lines()
                .map(line -> hit(line, word))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<SearchHit> hit(String line, String word) {
        int tab = line.indexOf('\t');
        String text = line.substring(tab + 1);
        return SearchWords.find(text, word)
                .map(hit -> new SearchHit(
                        line.substring(0, Math.max(0, tab)),
                        before(text, hit.start()),
                        text.substring(hit.start(), hit.end()),
                        after(text, hit.end())));
    }

    private static String before(String text, int start) {
        if (start <= BEFORE) {
            return text.substring(0, start);
        }
        int space = text.indexOf(' ', start - BEFORE);
        return "…" + text.substring(space < 0 || space >= start ? start : space, start);
    }

    private static String after(String text, int end) {
        if (text.length() - end <= AFTER) {
            return text.substring(end);
        }
        int space = text.lastIndexOf(' ', end + AFTER);
        return text.substring(end, space <= end ? whole(text, end + AFTER) : space) + "…";
    }

    /** Never between the two halves of one sign. */
    private static int whole(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
