package dev.switchback.run;

import java.util.Locale;

/** What a person asked of a run that is being driven. */
public enum Wanted {
    PAUSE,
    ABORT,
    ROLLBACK;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Wanted of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
