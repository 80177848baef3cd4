package dev.switchback.readiness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long evidence counts. */
@ConfigMapping(prefix = "switchback.readiness")
public interface ReadinessConfig {

    /** How old the rehearsal may be when a live run starts. */
    @WithDefault("14d")
    Duration rehearsalAge();

    /** How old the baseline may be that a place demands. */
    @WithDefault("14d")
    Duration baselineAge();

    /** Whether a rehearsal with another version of Switchback counts no more. */
    @WithDefault("true")
    boolean sameVersion();
}
