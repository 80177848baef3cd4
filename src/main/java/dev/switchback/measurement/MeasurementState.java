package dev.switchback.measurement;

import java.util.Locale;

/** How a measurement, or one of its metrics, stands. Only a complete one is ever judged. */
public enum MeasurementState {

    /** Of a metric: its turn has not come. */
    PENDING,
    RUNNING,
    COMPLETE,

    /** A person ended it. */
    STOPPED,

    /** A crash, a shutdown or a lost lease ended it. */
    INTERRUPTED,

    /** What was to be asked could not be asked. */
    FAILED;

    /** What outside calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this word. */
    public static MeasurementState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing changes any more. */
    public boolean isFinal() {
        return this != PENDING && this != RUNNING;
    }
}
