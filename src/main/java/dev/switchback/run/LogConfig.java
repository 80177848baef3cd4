package dev.switchback.run;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much steps may print, and where it waits when the database is away. Sizes are written {@code 512M} or {@code 2G}. */
@ConfigMapping(prefix = "switchback.log")
public interface LogConfig {

    /** What one attempt of a step may print; then its output pauses and a person is asked. */
    @WithDefault("1G")
    MemorySize limit();

    /** What may wait on disk while the database is away; when that is full, the steps wait. */
    @WithDefault("256M")
    MemorySize spool();

    /** With less room than this in the data directory, steps that print wait until there is room again. */
    @WithDefault("1G")
    MemorySize freeDisk();
}
