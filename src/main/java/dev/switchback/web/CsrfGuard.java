package dev.switchback.web;

import dev.switchback.access.Caller;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * A session cookie alone changes nothing: every form of a browser sends its session's token along. Who sends
 * {@code Authorization} needs none, because no browser adds that by itself (rule of reading 11).
 */
public class CsrfGuard {

    /** The name of the hidden field. */
    public static final String FIELD = "csrf";

    private static final String HEADER = "X-CSRF-Token";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    CallerOfRequest caller;

    /** Refuses what changes something and cannot show that it comes from one of our own pages. */
    @WithFormRead
    @ServerRequestFilter
    public void guard(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        Optional<Caller> who = caller.find();
        // The form of the sign-in page was loaded without a session, even if another tab has signed in since.
        if (who.isEmpty() || request.getUriInfo().getPath().equals("/signin")) {
            refuseForeignOrigin(request);
        } else if (who.get().means() == Caller.Means.BROWSER) {
            requireToken(request, who.get().csrfToken());
        }
    }

    /** Signing in has no session yet: the form must have come from this very site. */
    private static void refuseForeignOrigin(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw refusal();
        }
    }

    private static void requireToken(ContainerRequestContext request, String expected) {
        String sent = request.getHeaderString(HEADER);
        if (sent == null) {
            Object field = CurrentRequestManager.get().getFormParameter(FIELD, true, false);
            sent = field == null ? "" : field.toString();
        }
        if (!MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            throw refusal();
        }
    }

    private static RuntimeException refusal() {
        return Problem.forbidden(
                        "The request did not come from a page of this session, so nothing was changed",
                        "the form of a freshly loaded page, or Authorization instead of the cookie")
                .toException();
    }
}
