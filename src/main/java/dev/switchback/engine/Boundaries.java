package dev.switchback.engine;

import dev.switchback.step.Outbound;
import dev.switchback.step.sql.OwnDatabase;
import dev.switchback.step.sql.Postgres;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the limits of what may be connected to in force, before anything connects. A wrong setting ends the start. */
@ApplicationScoped
public class Boundaries {

    @Inject
    TargetsConfig config;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ConfigProperty(name = "quarkus.datasource.username")
    Optional<String> user;

    void draw(@Observes @jakarta.annotation.Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        Outbound.of(config.deny(), Set.of(port)).inForce();
        if (config.deny().stream().anyMatch("self"::equalsIgnoreCase)) {
            Postgres.keepOut(new OwnDatabase(database, user.orElse("")));
        }
    }
}
