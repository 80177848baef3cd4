package dev.switchback.step;

import java.util.Locale;

/**
 * What a target says about one statement before it is carried out. Immutable.
 *
 * @param statement as it is written
 * @param kind whether a number is known, and if not, why
 * @param rows about how many rows it changes, or reads when it changes none; 0 when not known
 * @param changes whether these are rows that it changes
 * @param words the same as a sentence, without a full stop
 */
public record Foreseen(String statement, Kind kind, long rows, boolean changes, String words) {

    /** Whether a number is known. */
    public enum Kind {
        /** The database estimates it. */
        ESTIMATED,
        /** It is a kind of statement about which nobody can say it, or it depends on an earlier step. */
        NOT_KNOWN,
        /** The target did not answer. */
        COULD_NOT_ASK;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** An estimate. */
    public static Foreseen estimated(String statement, long rows, boolean changes) {
        String count = String.format(Locale.ROOT, "about %,d %s, by EXPLAIN", rows, rows == 1 ? "row" : "rows");
        return new Foreseen(statement, Kind.ESTIMATED, rows, changes, (changes ? "changes " : "reads ") + count);
    }

    public static Foreseen notKnown(String statement, String why) {
        return new Foreseen(statement, Kind.NOT_KNOWN, 0, false, "cannot be known before: " + why);
    }

    public static Foreseen couldNotAsk(String statement, String why) {
        return new Foreseen(statement, Kind.COULD_NOT_ASK, 0, false, "could not ask: " + why);
    }

    /** The same with its sentence changed. */
    public Foreseen with(java.util.function.UnaryOperator<String> each) {
        return new Foreseen(each.apply(statement), kind, rows, changes, each.apply(words));
    }
}
