package dev.switchback.schedule;

import java.time.Instant;

/** An announced deploy, as the API tells it. */
public record DeployView(
        long id,
        String service,
        String environment,
        String version,
        Instant at,
        String announcedBy,
        Instant announcedAt) {

    static DeployView of(Deploy deploy) {
        return new DeployView(
                deploy.id(),
                deploy.service(),
                deploy.environment().key(),
                deploy.version(),
                deploy.at(),
                deploy.announcedBy(),
                deploy.announcedAt());
    }
}
