package dev.switchback.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.logging.Log;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The one door: {@code Authorization: Basic} is the person, {@code Bearer} a program, the cookie a browser. Without any
 * of them a browser is sent to the sign-in page and a program gets a 401 without {@code WWW-Authenticate}.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {

    /** The name of the session cookie. */
    public static final String COOKIE = "switchback_session";

    /** The name of the cookie that remembers, while the provider is asked, which page was wanted. */
    static final String NEXT = "switchback_next";

    private static final String PROVIDER_FAILED = SignInMechanism.class.getName() + ".provider";

    @Inject
    OidcAuthenticationMechanism provider;

    @Inject
    OidcConfig oidc;

    private static final String TURNED_AWAY = TurnedAway.class.getName();

    private static final String NOT_SIGNED_IN = """
        {"title":"Not signed in","status":401,"detail":"Nobody is signed in, or the name, password or token is wrong",\
        "expected":"Authorization: Basic with name and password, or Bearer with a token","retrySafe":true}\
        """;

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (isPublic(context.normalizedPath())) {
            return Uni.createFrom().nullItem();
        }
        if (isOfProvider(context)) {
            return oidc.issuer().isPresent()
                    ? askProvider(context, providers)
                    : Uni.createFrom().nullItem();
        }
        String authorization = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            return basic(authorization)
                    .or(() -> bearer(authorization))
                    .map(request ->
                            providers.authenticate(HttpSecurityUtils.setRoutingContextAttribute(request, context)))
                    .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException("unknown scheme")))
                    .onFailure(AuthenticationFailedException.class)
                    .invoke(failure -> context.put(TURNED_AWAY, failure.getCause()));
        }
        Cookie cookie = context.request().getCookie(COOKIE);
        if (cookie == null) {
            return Uni.createFrom().nullItem();
        }
        // A session that ran out is nobody, not an error: the sign-in page itself must still open.
        return providers
                .authenticate(new SessionAuthenticationRequest(cookie.getValue()))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithNull();
    }

    private static boolean isOfProvider(RoutingContext context) {
        return context.normalizedPath().equals(OidcTenant.PATH);
    }

    /** Whatever goes wrong there is told on the sign-in page; the reason, which may name addresses, in the log. */
    private Uni<SecurityIdentity> askProvider(RoutingContext context, IdentityProviderManager providers) {
        return provider.authenticate(context, providers)
                .onFailure(failure -> !(failure instanceof AuthenticationRedirectException))
                .transform(failure -> {
                    Log.warnf("signing in with the provider failed: %s", reason(failure));
                    context.put(PROVIDER_FAILED, true);
                    return new AuthenticationFailedException(failure);
                });
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause).replaceAll("\\p{Cntrl}", " ");
    }

    private Uni<Boolean> sendToProvider(RoutingContext context) {
        if (oidc.issuer().isEmpty() || context.get(PROVIDER_FAILED) != null) {
            return sendBack(context);
        }
        String next = ownPath(context.request().getParam("next"));
        context.response()
                .addCookie(Cookie.cookie(
                                NEXT,
                                Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(next.getBytes(StandardCharsets.UTF_8)))
                        .setPath(OidcTenant.PATH)
                        .setHttpOnly(true)
                        .setSecure(context.request().isSSL())
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(600));
        return provider.sendChallenge(context).onFailure().recoverWithUni(failure -> {
            Log.warnf("the provider of identities does not answer: %s", reason(failure));
            return sendBack(context);
        });
    }

    private static Uni<Boolean> sendBack(RoutingContext context) {
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaderNames.LOCATION, "/signin?provider=failed")
                .end();
        return Uni.createFrom().item(true);
    }

    /** The page that was wanted, from {@link #NEXT}. */
    static String next(RoutingContext context) {
        Cookie cookie = context.request().getCookie(NEXT);
        try {
            return cookie == null
                    ? "/"
                    : ownPath(new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException madeUp) {
            return "/";
        }
    }

    /** The path, when it is one of this site, else the start page; whoever uses it looks again. */
    private static String ownPath(String wanted) {
        boolean own = wanted != null && wanted.matches("/(?![/\\\\])[!-\\[\\]-~]*");
        return own ? wanted : "/";
    }

    private static boolean isPublic(String path) {
        return path.startsWith("/assets/") || path.startsWith("/q/health/");
    }

    private static Optional<AuthenticationRequest> basic(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String decoded = new String(
                    Base64.getDecoder().decode(authorization.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new UsernamePasswordAuthenticationRequest(
                            decoded.substring(0, colon),
                            new PasswordCredential(decoded.substring(colon + 1).toCharArray())));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<AuthenticationRequest> bearer(String authorization) {
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(new TokenAuthenticationRequest(
                        new TokenCredential(authorization.substring(7).trim(), "bearer")))
                : Optional.empty();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (isOfProvider(context)) {
            return sendToProvider(context);
        }
        var response = context.response();
        if (context.get(TURNED_AWAY) instanceof TurnedAway turnedAway) {
            response.setStatusCode(turnedAway.status())
                    .putHeader(HttpHeaderNames.RETRY_AFTER, "" + turnedAway.retryAfter())
                    .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                    .end(turnedAway.json());
        } else if (wantsPage(context)) {
            String next = context.request().method() == HttpMethod.GET
                    ? context.request().uri()
                    : "/";
            response.setStatusCode(302)
                    .putHeader(
                            HttpHeaderNames.LOCATION, "/signin?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
                    .end();
        } else {
            response.setStatusCode(401)
                    .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                    .end(NOT_SIGNED_IN);
        }
        return Uni.createFrom().item(true);
    }

    private static boolean wantsPage(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaderNames.ACCEPT);
        return accept != null
                && accept.contains("text/html")
                && context.request().getHeader(HttpHeaderNames.AUTHORIZATION) == null
                && !context.normalizedPath().startsWith("/api/");
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, null, null));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(
                UsernamePasswordAuthenticationRequest.class,
                TokenAuthenticationRequest.class,
                SessionAuthenticationRequest.class);
    }
}
