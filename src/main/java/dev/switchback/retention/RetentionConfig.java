package dev.switchback.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How long the records and probes of ended runs, and the samples of measurements, are kept. */
@ConfigMapping(prefix = "switchback.retention")
public interface RetentionConfig {

    /** How long after its end a run keeps its log; default for ever. */
    Optional<Duration> logs();

    /** How long after its end a run keeps its events, which are its history; default for ever. */
    Optional<Duration> events();

    /** How long the samples of a measurement are kept after they were stored; their hashes stay for ever. */
    @WithDefault("1826d")
    Duration samples();

    /** How long after its end a run keeps the probes that were sent; what they came to stays for ever. */
    @WithDefault("1826d")
    Duration probes();

    /** How long the audit trail is kept, at least 90 days; default for ever. */
    Optional<Duration> audit();

    /** How often it is looked for what has been kept long enough. */
    @WithDefault("1h")
    Duration every();
}
