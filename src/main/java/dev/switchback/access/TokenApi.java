package dev.switchback.access;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Who am I, and keys for my programs. */
@Path("/api/v1")
public class TokenApi {

    @Inject
    CallerOfRequest caller;

    @Inject
    People people;

    @Inject
    Teams teams;

    @Inject
    ApiTokens tokens;

    @Inject
    MakeToken makeToken;

    /** Who is asking. */
    @GET
    @Path("/me")
    @Transactional
    public Me me() {
        Caller me = caller.get();
        List<String> mine = people.active(me.name()).map(teams::of).orElse(List.of()).stream()
                .filter(Team::isActive)
                .map(Team::name)
                .toList();
        List<Held> held = me.grants().all().stream()
                .sorted(Comparator.comparing(Grant::words))
                .map(grant -> new Held(grant.role().word(), grant.service(), grant.environment()))
                .toList();
        return new Me(me.name(), me.displayName(), me.isPerson(), new TreeSet<>(me.scopes()), held, mine);
    }

    /**
     * The tokens of the one who asks, without their values.
     *
     * @param person somebody else, for who looks after people
     */
    @GET
    @Path("/tokens")
    @Transactional
    public Tokens list(@RestQuery String person) {
        Caller who = caller.get();
        who.requirePerson("list tokens");
        String whose = person == null ? who.name() : person;
        if (!whose.equals(who.name())) {
            who.require(Right.ADMINISTER, Where.nowhere());
        }
        return new Tokens(tokens.of(whose).stream().map(KnownToken::of).toList());
    }

    /** Makes a token; the answer is the only time it is shown. */
    @POST
    @Path("/tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Object> create(MakeToken.Wanted wanted) {
        var made = makeToken.make(wanted);
        ApiToken token = made.token();
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/tokens/" + token.id())
                .entity(new NewToken(
                        token.id(),
                        token.name(),
                        made.value(),
                        token.scopes(),
                        token.environments(),
                        token.expiresAt()))
                .build();
    }

    /** Ends a token at once. */
    @DELETE
    @Path("/tokens/{id}")
    public void revoke(@RestPath long id) {
        makeToken.revoke(id);
    }

    /** What is known of the caller. @param grants all, also those through teams */
    public record Me(
            String name,
            String displayName,
            boolean person,
            Set<String> scopes,
            List<Held> grants,
            List<String> teams) {}

    /** A role and its limits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Held(String role, String service, String environment) {}

    /** Tokens, the newest first. */
    public record Tokens(List<KnownToken> items) {}

    /** A token without its value. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record KnownToken(
            Long id,
            String name,
            String person,
            Set<String> scopes,
            Set<String> environments,
            Instant createdAt,
            Instant expiresAt,
            Instant lastUsedAt,
            String lastUsedAddress,
            Instant revokedAt) {

        static KnownToken of(ApiToken token) {
            return new KnownToken(
                    token.id(),
                    token.name(),
                    token.person().name(),
                    token.scopes(),
                    token.environments(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    token.lastUsedAddress(),
                    token.revokedAt());
        }
    }

    /** What is answered, once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NewToken(
            Long id, String name, String token, Set<String> scopes, Set<String> environments, Instant expiresAt) {}
}
