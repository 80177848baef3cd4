package dev.switchback.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers. Asks nobody, so it answers at once however busy or lost the database is. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

    @Inject
    DatabaseWatch watch;

    @Override
    public HealthCheckResponse call() {
        Optional<Instant> away = watch.awaySince();
        var response = HealthCheckResponse.named("database").status(away.isEmpty());
        away.ifPresent(since -> response.withData("noAnswerSince", since.toString()));
        return response.build();
    }
}
