package dev.switchback.measurement;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When a measurement is taken, seen from the change. */
public enum Moment {
    BEFORE,
    AFTER,
    ADHOC;

    /** What outside calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The moment with this word. */
    public static Optional<Moment> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
