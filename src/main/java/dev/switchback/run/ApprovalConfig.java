package dev.switchback.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How people approve. */
@ConfigMapping(prefix = "switchback.approval")
public interface ApprovalConfig {

    /** How long a yes counts; to a run that is planned for later, at least until it may begin. */
    @WithDefault("72h")
    Duration expires();
}
