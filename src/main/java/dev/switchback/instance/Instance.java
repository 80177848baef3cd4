package dev.switchback.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;

/**
 * One Switchback on this database, as the database knows it. Immutable.
 *
 * @param name what it is called: the same after a restart, and nobody else's
 * @param machine the host it runs on
 * @param version of the program
 * @param startedAt when it was started
 * @param heardAt when it last said that it lives, by the clock of the database
 * @param silentMs how long ago that was
 * @param draining whether it is being stopped: it takes no new run
 * @param drives how many runs it drives that the one who asks may see
 */
public record Instance(
        String name,
        String machine,
        String version,
        Instant startedAt,
        Instant heardAt,
        long silentMs,
        boolean draining,
        long drives) {

    /** An instance says that it lives every second; so long without a word makes one wonder. */
    private static final Duration USUAL = Duration.ofSeconds(3);

    /** How long it has not been heard of. */
    public Duration silent() {
        return Duration.ofMillis(silentMs);
    }

    /** {@code alive}, {@code stopping} or {@code silent}. */
    @JsonProperty
    public String state() {
        if (silent().compareTo(USUAL) > 0) {
            return "silent";
        }
        return draining ? "stopping" : "alive";
    }
}
