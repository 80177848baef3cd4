package dev.switchback.probe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs are probed. */
@ConfigMapping(prefix = "switchback.probe")
public interface ProbeConfig {

    /** How long it is probed after the last step; the run stays running meanwhile. */
    @WithDefault("10s")
    Duration tail();

    /** How often what was sent is written down; a first failure is written at once. */
    @WithDefault("2s")
    Duration write();

    /** How long a silent instance keeps the probing of a run; then another one goes on with it. */
    @WithDefault("12s")
    Duration lease();
}
