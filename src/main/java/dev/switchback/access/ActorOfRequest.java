package dev.switchback.access;

import dev.switchback.audit.Actor;
import dev.switchback.audit.Visible;
import dev.switchback.audit.WhoActs;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells the audit trail who asks, from where, and what they may see of it. */
@ApplicationScoped
public class ActorOfRequest implements WhoActs {

    private static final String NOBODY = "nobody";

    @Inject
    CallerOfRequest caller;

    @Inject
    CurrentVertxRequest current;

    @Override
    public Optional<Actor> now() {
        if (!Arc.container().requestContext().isActive() || current.getCurrent() == null) {
            return Optional.empty();
        }
        RoutingContext request = current.getCurrent();
        Optional<Caller> who = caller.find();
        return Optional.of(new Actor(
                who.map(Caller::name).orElse(NOBODY),
                who.map(each -> each.means().name().toLowerCase(Locale.ROOT)).orElse(NOBODY),
                who.map(each -> each.proof().token())
                        .filter(token -> !token.isEmpty())
                        .orElse(null),
                Optional.ofNullable(request.request().remoteAddress())
                        .map(SocketAddress::hostAddress)
                        .orElse(null),
                request.request().getHeader("User-Agent"),
                request.request().getHeader("X-Request-Id")));
    }

    @Override
    public Visible sight() {
        Optional<Caller> who = Arc.container().requestContext().isActive() ? caller.find() : Optional.empty();
        return who.map(ActorOfRequest::sight).orElse(Visible.EVERYTHING);
    }

    /**
     * A grant limits, and so does each environment of a token. A token without environments reads what its person reads
     * as an admin, so that a program can keep a copy of the trail, but not what they read only as themself.
     */
    private static Visible sight(Caller who) {
        Set<String> environments = who.limits().environments();
        boolean everywhere = Seen.of(who).isAll();
        boolean people = environments.isEmpty() && who.grants().may(Right.ADMINISTER, Where.nowhere());
        Optional<String> self = who.isPerson() ? Optional.of(who.name()) : Optional.empty();
        return new Visible(everywhere, people, self, everywhere ? List.of() : parts(who, environments));
    }

    private static List<Visible.Part> parts(Caller who, Set<String> environments) {
        return who.grants().all().stream()
                .flatMap(grant -> environments.isEmpty()
                        ? Stream.of(new Visible.Part(grant.service(), grant.environment()))
                        : environments.stream()
                                .filter(each -> grant.environment() == null
                                        || grant.environment().equals(each))
                                .map(each -> new Visible.Part(grant.service(), each)))
                .distinct()
                .toList();
    }
}
