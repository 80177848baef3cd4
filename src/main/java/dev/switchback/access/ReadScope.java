package dev.switchback.access;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A token without the scope {@code read} reads nothing but who it is; every page and endpoint stands behind this. */
public class ReadScope {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String WHO_AM_I = "/api/v1/me";

    @Inject
    CallerOfRequest caller;

    @ServerRequestFilter
    public void guard(ContainerRequestContext request) {
        if (READING.contains(request.getMethod())
                && !request.getUriInfo().getPath().equals(WHO_AM_I)) {
            caller.find().ifPresent(who -> who.requireScope("read"));
        }
    }
}
