package dev.switchback.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;

/** Hands the caller of the present request to whoever asks for it. */
public class CurrentCaller {

    @Produces
    @RequestScoped
    CallerOfRequest caller(SecurityIdentity identity) {
        return new CallerOfRequest(identity.getAttribute(Caller.ATTRIBUTE));
    }
}
