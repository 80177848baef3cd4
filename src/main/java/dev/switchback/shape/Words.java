package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The words that violations are made of. */
public final class Words {
    private static final int SHOWN = 60;

    private Words() {}

    /** At most sixty characters, in one line. */
    public static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        if (line.length() <= SHOWN) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return line.substring(0, end) + "…";
    }

    public static String quoted(String text) {
        return "“" + cut(text) + "”";
    }

    /** What kind of value this is, with the value where that is short: {@code a number (2026)}. */
    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case STRING -> "text";
            case NUMBER -> "a number (" + cut(value.asText()) + ")";
            case BOOLEAN -> "a truth value (" + value.asText() + ")";
            default -> "nothing";
        };
    }

    /** The known word that the writer probably meant. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String wanted = bare(word);
        return known.stream()
                .filter(candidate -> distance(wanted, bare(candidate)) <= Math.min(2, (candidate.length() - 1) / 3))
                .min(Comparator.comparingInt(candidate -> distance(wanted, bare(candidate))));
    }

    private static String bare(String word) {
        return cut(word).replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters must be changed, added, left out or swapped with their neighbour. */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(left, right, i, j, steps);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int cheapest(String left, String right, int i, int j, int[][] steps) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int cheapest = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cheapest, steps[i - 2][j - 2] + 1) : cheapest;
    }
}
