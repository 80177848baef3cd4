package dev.switchback.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.web.Redirect;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Who am I, and keys for my programs. */
@Path("/api/v1")
public class TokenApi {

    private static final int NAME_AT_MOST = 200;

    @Inject
    CallerOfRequest caller;

    @Inject
    People people;

    @Inject
    ApiTokens tokens;

    @Inject
    InstantSource clock;

    /** Who is asking. */
    @GET
    @Path("/me")
    public Me me() {
        Caller me = caller.get();
        return new Me(me.name(), me.displayName(), me.isPerson(), new TreeSet<>(me.scopes()));
    }

    /** Makes a token; the answer is the only time it is shown. */
    @POST
    @Path("/tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    @Transactional
    public RestResponse<Object> create(TokenRequest request) {
        caller.get().requirePerson("make tokens");
        validate(request);
        Person person = people.active(caller.name()).orElseThrow();
        String token = "sbt_" + Passwords.randomToken();
        var made = new ApiToken(
                person, request.name(), token, request.scopesOrAll(), clock.instant(), request.expiresAt());
        tokens.persist(made);
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/tokens/" + made.id())
                .entity(new NewToken(made.id(), request.name(), token, made.scopes(), request.expiresAt()))
                .build();
    }

    private void validate(TokenRequest request) {
        var violations = new ArrayList<Violation>();
        if (request == null || request.name() == null || request.name().isBlank()) {
            violations.add(Violation.of("name", "The token has no name", "what it is for, such as \"ci\""));
        } else if (request.name().length() > NAME_AT_MOST) {
            violations.add(Violation.of("name", "The name is too long", "at most " + NAME_AT_MOST + " characters"));
        }
        if (request != null && !request.hasKnownScopes()) {
            violations.add(Violation.of(
                    "scopes",
                    "The scopes are " + request.scopes(),
                    "at least one of " + String.join(", ", new TreeSet<>(Caller.SCOPES))));
        }
        if (request != null
                && request.expiresAt() != null
                && !request.expiresAt().isAfter(clock.instant())) {
            violations.add(Violation.of("expiresAt", "The token would have expired already", "a time in the future"));
        }
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
    }

    /** Ends a token at once. */
    @DELETE
    @Path("/tokens/{id}")
    @Transactional
    public void revoke(@RestPath long id) {
        caller.get().requirePerson("revoke tokens");
        ApiToken token = tokens.findByIdOptional(id)
                .filter(t -> t.person().name().equals(caller.name()))
                .orElseThrow(() -> Problem.notFound("There is no token " + id, "the id of one of your tokens")
                        .toException());
        token.revoke(clock.instant());
    }

    /** What is known of the caller. */
    public record Me(String name, String displayName, boolean person, Set<String> scopes) {}

    /** What is asked for. */
    public record TokenRequest(String name, List<String> scopes, Instant expiresAt) {
        boolean hasKnownScopes() {
            return scopes == null
                    || !scopes.isEmpty() && scopes.stream().allMatch(s -> s != null && Caller.SCOPES.contains(s));
        }

        Set<String> scopesOrAll() {
            return scopes == null ? Caller.SCOPES : Set.copyOf(scopes);
        }
    }

    /** What is answered, once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NewToken(Long id, String name, String token, Set<String> scopes, Instant expiresAt) {}
}
