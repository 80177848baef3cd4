package dev.switchback.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** How many wrong tries are free, and how long one waits after them. */
@ConfigMapping(prefix = "switchback.signin")
public interface SignInConfig {

    /** So many wrong tries for one name from one address; then whoever is there waits. */
    @WithDefault("5")
    @WithName("tries")
    int tries();

    /** So many wrong tries from one address, whatever the names. */
    @WithDefault("50")
    @WithName("tries-per-address")
    int triesPerAddress();

    /** So many wrong tries for one name, wherever they come from. */
    @WithDefault("100")
    @WithName("tries-per-name")
    int triesPerName();

    /** The first wait; each further wrong try doubles it. */
    @WithDefault("1m")
    @WithName("first-wait")
    Duration firstWait();

    /** No wait is longer. */
    @WithDefault("15m")
    @WithName("longest-wait")
    Duration longestWait();

    /** Wrong tries are forgotten when so long none was added and nobody had to wait. */
    @WithDefault("15m")
    @WithName("window")
    Duration window();

    /** So many passwords are compared at once; it is meant to be slow, so more would take the processor from everything. */
    @WithDefault("4")
    @WithName("at-once")
    int atOnce();

    /** Whether names and passwords of Switchback's own are of use while there is a provider. */
    enum Local {
        /** For everybody. */
        ALWAYS,
        /** For local admins only, with everybody being told. */
        BREAK_GLASS
    }

    /** Without a provider always; with one, when nobody says, for breaking glass only. */
    @WithName("local")
    Optional<Local> local();
}
