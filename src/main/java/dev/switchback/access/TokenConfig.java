package dev.switchback.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How long keys for programs last. */
@ConfigMapping(prefix = "switchback.token")
public interface TokenConfig {

    /** How long a token lasts when nobody says; zero for until it is revoked. */
    @WithDefault("90d")
    @WithName("lifetime")
    Duration lifetime();
}
