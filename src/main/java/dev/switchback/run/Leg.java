package dev.switchback.run;

import java.util.Locale;

/** A stretch of a run: there, back, and there again. */
public enum Leg {
    FORWARD,
    BACK,
    AGAIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The leg with this number in a run of this purpose: there, back, there again, back again. */
    static Leg of(Purpose purpose, int number) {
        if (purpose == Purpose.ROLLBACK || number % 2 == 0) {
            return BACK;
        }
        return number == 1 ? FORWARD : AGAIN;
    }

    public static Leg of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
