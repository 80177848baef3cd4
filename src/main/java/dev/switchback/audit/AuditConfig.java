package dev.switchback.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How the trail is sealed and looked after. */
@ConfigMapping(prefix = "switchback.audit")
public interface AuditConfig {

    /**
     * Any text that is hard to guess. Batches are sealed with it, so that who has only the database cannot make a whole
     * new chain; default none.
     */
    Optional<String> key();

    /** How often new entries are sealed. */
    @WithDefault("5s")
    Duration seal();

    /** How often the end of the chain is told in the log. */
    @WithDefault("1h")
    Duration tell();

    /** How often the whole chain is verified by itself; what is wrong is told in the log. */
    @WithDefault("1d")
    Duration verify();
}
