package dev.switchback.access;

import dev.switchback.platform.Banner;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the administrator before the first request, and tells who started the server where it is. */
@ApplicationScoped
class Welcome {

    @Inject
    FirstPerson firstPerson;

    @ConfigProperty(name = "switchback.admin.password")
    Optional<String> wantedPassword;

    @ConfigProperty(name = "switchback.public-url")
    Optional<String> publicUrl;

    private volatile String login = "";

    void prepare(@Observes @Priority(1000) StartupEvent event) {
        login = firstPerson.ensure(wantedPassword).line();
    }

    void listening(@ObservesAsync HttpServerStart started) {
        if (LaunchMode.current() != LaunchMode.TEST) {
            String here = "http://" + started.options().getHost() + ":"
                    + started.options().getPort();
            Banner.print(System.out, publicUrl.orElse(here), login);
        }
    }
}
