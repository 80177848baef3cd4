package dev.switchback.access;

import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Bearer: a program, with a token. */
@ApplicationScoped
class TokenProvider implements IdentityProvider<TokenAuthenticationRequest> {

    @Inject
    ApiTokens tokens;

    @Inject
    TriesOfSignIn tries;

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        if (request.getToken().getClass() != TokenCredential.class) {
            // What the provider of identities says is looked at by who knows it.
            return Uni.createFrom().nullItem();
        }
        RoutingContext http = HttpSecurityUtils.getRoutingContextAttribute(request);
        String address = http == null ? "unknown" : Visit.address(http);
        return context.runBlocking(() -> Identities.of(caller(request.getToken().getToken(), address)));
    }

    /** Nobody can guess a good token, so it passes even where others sent wrong ones; wrong ones are counted. */
    private Optional<Caller> caller(String token, String address) {
        Optional<Caller> caller = tokens.callerOf(token, address);
        if (caller.isEmpty()) {
            Optional<Duration> wait = tries.pause(address);
            if (wait.isPresent()) {
                throw new TurnedAway(wait.get(), false).toFailure();
            }
            tries.failed(address);
        }
        return caller;
    }
}
