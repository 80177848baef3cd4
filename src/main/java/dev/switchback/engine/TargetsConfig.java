package dev.switchback.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Where this server connects to, whatever an environment says. */
@ConfigMapping(prefix = "switchback.targets")
public interface TargetsConfig {

    /**
     * The addresses that no step, check, probe or measurement connects to: networks and addresses, each also with a
     * port, and the words {@code metadata} (of clouds), {@code self} (Switchback and its database) and {@code none}.
     */
    @WithDefault("metadata,self")
    List<String> deny();
}
