package dev.switchback.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How long a sign-in lasts. */
@ConfigMapping(prefix = "switchback.session")
public interface AccessConfig {

    /** A browser that was silent for so long must sign in again. */
    @WithDefault("PT12H")
    @WithName("idle")
    Duration idle();

    /** After so long everybody must sign in again. */
    @WithDefault("P7D")
    @WithName("absolute")
    Duration absolute();
}
