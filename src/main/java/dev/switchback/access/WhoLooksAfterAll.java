package dev.switchback.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who may read the metrics, which count everything: operators and admins without limits, and their tokens that may read
 * and are not limited to environments.
 */
@ApplicationScoped
public class WhoLooksAfterAll implements HttpSecurityPolicy {

    @Override
    public String name() {
        return "who-looks-after-all";
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext authorization) {
        return identity.map(who -> {
            Caller caller = who.getAttribute(Caller.ATTRIBUTE);
            return caller != null && looksAfterAll(caller) ? CheckResult.PERMIT : CheckResult.DENY;
        });
    }

    static boolean looksAfterAll(Caller caller) {
        Where nowhere = Where.nowhere();
        return caller.scopes().contains("read")
                && caller.limits().environments().isEmpty()
                && (caller.grants().may(Right.OPERATE, nowhere)
                        || caller.grants().may(Right.ADMINISTER, nowhere));
    }
}
