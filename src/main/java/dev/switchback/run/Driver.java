package dev.switchback.run;

import dev.switchback.web.Labels;
import java.time.Duration;
import java.time.Instant;

/**
 * Which instance drives a run, by the clock of the database. Immutable.
 *
 * @param instance its name; null while none does
 * @param silent how long it has not been heard of; null when nothing is known of it
 * @param isDraining whether it is being stopped and hands the run over
 * @param leaseUntil until when it may drive without being heard of; null when it has let go
 * @param isLeased whether that is still to come
 */
public record Driver(String instance, Duration silent, boolean isDraining, Instant leaseUntil, boolean isLeased) {

    /** So long an instance may be silent before anybody wonders. */
    private static final Duration USUAL = Duration.ofSeconds(3);

    /** The rest of a sentence that begins with "Driven by". */
    public String words() {
        if (instance == null || leaseUntil == null) {
            return "nobody just now; the next free instance takes it";
        }
        if (!isLeased) {
            return "nobody just now; " + instance + " was last heard " + ago() + ", the next free instance takes it";
        }
        if (silent != null && silent.compareTo(USUAL) > 0) {
            return instance + ", last heard " + ago() + "; if it stays silent, another instance takes over at "
                    + Labels.seconds(leaseUntil) + " UTC";
        }
        if (isDraining) {
            return instance + ", which is being stopped; another instance goes on after this step";
        }
        return silent == null ? instance : instance + ", heard " + ago();
    }

    private String ago() {
        return silent == null ? "some time ago" : Labels.roughly(silent) + " ago";
    }
}
