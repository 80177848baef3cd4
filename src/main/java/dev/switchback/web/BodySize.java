package dev.switchback.web;

import dev.switchback.problem.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a body that says it is too large before it is read, in words: the framework would only hang up. */
public class BodySize {

    @Inject
    RoutingContext request;

    @ConfigProperty(name = "quarkus.http.limits.max-body-size")
    MemorySize most;

    @ServerRequestFilter(preMatching = true)
    public void guard(ContainerRequestContext sent) {
        long length = sent.getLength();
        if (length > most.asLongValue()) {
            // What was not read cannot be skipped: the connection ends with the answer.
            request.response().putHeader("Connection", "close");
            throw Problem.tooLarge("The request has " + length + " bytes", "a runbook file of at most 5 MiB")
                    .toException();
        }
    }
}
