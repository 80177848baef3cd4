package dev.switchback.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How this instance drives runs. */
@ConfigMapping(prefix = "switchback.engine")
public interface EngineConfig {

    /**
     * The name of this instance; default the host's name and the port. After a restart it finds its own runs by this
     * name, so it must be the same again and nobody else's.
     */
    Optional<String> instance();

    /**
     * How long a lease lasts when its driver is silent; another instance takes the run over then. With the default it
     * has done so within 15 seconds.
     */
    @WithDefault("12s")
    Duration lease();

    /** How often the engine looks for due runs by itself; it is also told of every change at once. */
    @WithDefault("500ms")
    Duration look();

    /** How many runs this instance drives at once. */
    @WithDefault("16")
    int runs();

    /** How long a step may still take when the instance is told to stop; then it is ended. */
    @WithDefault("30s")
    Duration drain();
}
