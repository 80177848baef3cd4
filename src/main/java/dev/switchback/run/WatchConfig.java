package dev.switchback.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs that are under way are watched: what must stay true, and what their way back needs. */
@ConfigMapping(prefix = "switchback.watch")
public interface WatchConfig {

    /** How often everything is asked; before each step what must stay true is asked besides. */
    @WithDefault("10s")
    Duration every();

    /** How long a silent instance keeps the watching of a run; then another one goes on with it. */
    @WithDefault("30s")
    Duration lease();
}
