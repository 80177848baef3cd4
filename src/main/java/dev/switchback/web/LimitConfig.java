package dev.switchback.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often one person, with all their browsers and tokens, may do what costs a lot; 0 for as often as they like. */
@ConfigMapping(prefix = "switchback.limit")
public interface LimitConfig {

    /** Starts of runs a minute. */
    @WithDefault("60")
    int starts();

    /** Imports of files a minute, the ones that only try included. */
    @WithDefault("120")
    int imports();

    /** Measurements a minute that are taken or handed in. */
    @WithDefault("60")
    int measurements();

    /** Checks of environments a minute: each connects to every target. */
    @WithDefault("60")
    int checks();
}
