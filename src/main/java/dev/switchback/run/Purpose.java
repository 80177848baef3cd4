package dev.switchback.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run is for. */
public enum Purpose {
    /** Forward, back, and forward again. */
    REHEARSAL,
    /** Forward, for good. */
    LIVE,
    /** Back, after a run that is over. */
    ROLLBACK;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Purpose> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }
}
