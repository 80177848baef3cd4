package dev.switchback.web;

import dev.switchback.problem.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;

/**
 * The page that a browser gets while the database does not answer. It stands on its own: neither who is signed in nor
 * anything else is known then.
 *
 * @param problem what is the matter
 * @param at the moment
 * @param theme {@code light}, {@code dark}, or empty to follow the system
 * @param address of the page that was asked for
 * @param form what was sent; null when it was no form, or one too large to be sent back and forth
 * @param sent whether something was sent at all
 */
public record TroublePage(Problem problem, Instant at, String theme, String address, KeptForm form, boolean sent) {

    /** The page. */
    @CheckedTemplate(basePath = "web")
    static class Templates {
        static native TemplateInstance away(TroublePage it);
    }

    static String of(DatabaseTrouble trouble, RoutingContext request, Optional<KeptForm> form, Instant now) {
        var cookie = request.request().getCookie(Theme.COOKIE);
        return Templates.away(new TroublePage(
                        trouble.problem(isChanging(request)),
                        now,
                        cookie == null || !Theme.isKnown(cookie.getValue()) ? "" : cookie.getValue(),
                        Redirect.safe(request.request().uri()),
                        form.orElse(null),
                        isChanging(request)))
                .render();
    }

    static boolean isChanging(RoutingContext request) {
        return switch (request.request().method().name()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }

    /** Whether a browser asks, which can show a page. */
    static boolean isWanted(RoutingContext request) {
        String accept = request.request().getHeader("Accept");
        return !request.normalizedPath().startsWith("/api/") && accept != null && accept.contains("text/html");
    }
}
