package dev.switchback.platform;

import dev.switchback.access.FirstPerson;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What must be there before the first request: the administrator. */
@ApplicationScoped
class OnStart {

    @Inject
    FirstPerson firstPerson;

    @ConfigProperty(name = "switchback.admin.password")
    Optional<String> wantedPassword;

    void start(@Observes StartupEvent event) {
        var signIn = firstPerson.ensure(wantedPassword);
        System.out.println("Sign in as " + signIn.line());
    }
}
