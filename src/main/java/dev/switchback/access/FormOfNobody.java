package dev.switchback.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who may reach the forms in which people write: somebody, and, so that what was typed is not lost with the session, the
 * form of nobody: one that a browser without scripts sent from a page of this site, of at most 1 MiB. It gets no further
 * than to the page that asks to sign in.
 */
@ApplicationScoped
public class FormOfNobody implements HttpSecurityPolicy {

    private static final long LARGEST = 1 << 20;

    @Override
    public String name() {
        return "form-of-nobody";
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext authorization) {
        return identity.map(
                who -> !who.isAnonymous() || isForm(context.request()) ? CheckResult.PERMIT : CheckResult.DENY);
    }

    private static boolean isForm(HttpServerRequest request) {
        return request.method() == HttpMethod.POST
                && header(request, "Content-Type").startsWith("multipart/form-data")
                && header(request, "Accept").contains("text/html")
                && request.getHeader("Authorization") == null
                && request.getHeader("X-Form") == null
                && isSmall(header(request, "Content-Length"))
                && isOwn(request);
    }

    private static boolean isSmall(String length) {
        return length.matches("\\d{1,9}") && Long.parseLong(length) <= LARGEST;
    }

    /** A browser says {@code Sec-Fetch-Site} only to a site it trusts the way to, and {@code Origin} with every form. */
    private static boolean isOwn(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null
                ? header(request, "Origin").endsWith("://" + header(request, "Host"))
                : site.equals("same-origin");
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }
}
