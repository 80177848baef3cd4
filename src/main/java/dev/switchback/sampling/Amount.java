package dev.switchback.sampling;

import java.util.Locale;

/** How much is taken of each metric. */
public enum Amount {
    /** What the metric says, or its defaults. */
    FULL,
    /** At most 10 blocks of 30 requests, 10 numbers: to have a look, never a proof. */
    QUICK,
    /** At least 20 blocks of 100 requests, for the tail of the response times; numbers as the metric says. */
    THOROUGH;

    /** As the API spells it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
