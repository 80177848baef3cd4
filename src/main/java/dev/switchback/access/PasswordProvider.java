package dev.switchback.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Basic: the person, with their password. */
@ApplicationScoped
class PasswordProvider implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    @Inject
    SignIn signIn;

    @Inject
    People people;

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        String address = HttpSecurityUtils.getRoutingContextAttribute(request) == null
                ? "unknown"
                : Visit.address(HttpSecurityUtils.getRoutingContextAttribute(request));
        return context.runBlocking(() -> Identities.of(caller(request, address)));
    }

    private Optional<Caller> caller(UsernamePasswordAuthenticationRequest request, String address) {
        var outcome = signIn.check(
                request.getUsername(), new String(request.getPassword().getPassword()), address, "password");
        if (outcome instanceof SignIn.Passed passed) {
            Person person = passed.person();
            return Optional.of(Caller.withPassword(
                    person.name(), person.displayName(), Standing.handle(person), people.grantsOf(person)));
        }
        if (outcome instanceof SignIn.Wait wait) {
            throw new TurnedAway(wait.pause(), false).toFailure();
        }
        if (outcome instanceof SignIn.Busy) {
            throw new TurnedAway(Duration.ofSeconds(2), true).toFailure();
        }
        return Optional.empty();
    }
}
