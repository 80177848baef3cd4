package dev.switchback.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs behave. */
@ConfigMapping(prefix = "switchback.run")
public interface RunConfig {

    /** How late a planned start may be; a run that would start later asks a person instead. */
    @WithDefault("2m")
    Duration startTolerance();
}
