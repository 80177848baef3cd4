package dev.switchback.web;

import dev.switchback.access.Caller;
import dev.switchback.access.CallerOfRequest;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What the layout shows on every page; templates know it as {@code cdi:page}. */
@Named("page")
@RequestScoped
public class PageContext {

    @Inject
    CallerOfRequest caller;

    @Inject
    RoutingContext request;

    @Inject
    InstantSource clock;

    /** The name shown at the right of the top bar; empty when nobody is signed in. */
    public String who() {
        return caller.find().map(Caller::displayName).orElse("");
    }

    public boolean isSignedIn() {
        return caller.find().isPresent();
    }

    /** The value of the hidden field of every form. */
    public String csrf() {
        return caller.find().map(Caller::csrfToken).orElse("");
    }

    /** {@code light}, {@code dark}, or empty to follow the system. */
    public String theme() {
        return cookie(Theme.COOKIE).filter(Theme::isKnown).orElse("");
    }

    /** The sentence of the action before, shown once; null when there is none. */
    public String flash() {
        return cookie(Flash.COOKIE).flatMap(Flash::read).orElse(null);
    }

    public String path() {
        return request.normalizedPath();
    }

    /** Path and query, for coming back. */
    public String uri() {
        return request.request().uri();
    }

    /** Where the reader found this site: scheme, host and port, for commands to copy. */
    public String site() {
        return request.request().scheme() + "://" + request.request().getHeader("Host");
    }

    /** The page of this site that the reader came from, else the start page. */
    public String back() {
        String referer = request.request().getHeader("Referer");
        int path = referer == null ? -1 : referer.indexOf('/', referer.indexOf("//") + 2);
        boolean own = path > 0
                && referer.substring(0, path).endsWith("//" + request.request().getHeader("Host"));
        return own ? Redirect.safe(referer.substring(path)) : "/";
    }

    /** Whether this page belongs to a part of the navigation. */
    public boolean isUnder(String section) {
        return section.equals("/") ? path().equals("/") : path().equals(section) || path().startsWith(section + "/");
    }

    /** The moment of the picture. */
    public Instant now() {
        return clock.instant();
    }

    private Optional<String> cookie(String name) {
        return Optional.ofNullable(request.request().getCookie(name)).map(Cookie::getValue);
    }
}
