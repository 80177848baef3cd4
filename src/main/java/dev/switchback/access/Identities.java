package dev.switchback.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Optional;

/** Turns a caller into what Quarkus passes along with the request. */
final class Identities {

    private Identities() {}

    static SecurityIdentity of(Optional<Caller> caller) {
        return caller.map(Identities::of)
                .orElseThrow(() -> new AuthenticationFailedException("unknown name, password, token or session"));
    }

    private static SecurityIdentity of(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addAttribute(Caller.ATTRIBUTE, caller)
                .build();
    }
}
