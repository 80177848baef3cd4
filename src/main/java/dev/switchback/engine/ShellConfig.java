package dev.switchback.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether, where and as whom shell steps run on the machine of this server. */
@ConfigMapping(prefix = "switchback.shell")
public interface ShellConfig {

    /**
     * Whether they run at all; default: only with the PostgreSQL that Switchback brings along, where the server is one
     * person's own.
     */
    Optional<Boolean> enabled();

    /** Whether this is the start with the PostgreSQL that Switchback brings along; set by the start itself. */
    @WithDefault("false")
    boolean embedded();

    /** The directories in which, and below which, they run; default everywhere. */
    Optional<List<Path>> directories();

    /** The user of the system as whom they run; default the one of the server. */
    Optional<String> user();
}
