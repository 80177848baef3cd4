package dev.switchback.run;

import java.util.Locale;

/** A stretch of a run: there, back, and there again. */
public enum Leg {
    FORWARD, BACK, AGAIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Leg of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
