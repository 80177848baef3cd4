package dev.switchback.access;

import dev.switchback.web.Redirect;
import io.quarkus.oidc.OidcSession;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** Where the provider sends people back to: who they are is known and proved here, and they get a session like others. */
@Path(OidcTenant.PATH)
@Produces(MediaType.TEXT_HTML)
public class OidcPages {

    @Inject
    OidcSession provider;

    @Inject
    SignInWithProvider signIn;

    @Inject
    Sessions sessions;

    @Inject
    SignInPages pages;

    @Inject
    RoutingContext request;

    /** The cookie in which Quarkus would keep what the provider said, in pieces when that is long. */
    private void forgetProvider() {
        String cookie = "q_session_" + OidcTenant.ID;
        provider.logout().await().indefinitely();
        request.response().removeCookies(cookie, true);
        int piece = 1;
        while (!request.response()
                .removeCookies(cookie + "_chunk_" + piece, true)
                .isEmpty()) {
            piece++;
        }
    }

    @GET
    public RestResponse<Object> back(@CookieParam(SignInMechanism.COOKIE) String before) {
        var outcome = signIn.person(provider.getIdToken());
        // What the provider said is not needed any more: from here on there is one session, ours.
        forgetProvider();
        if (outcome.person().isEmpty()) {
            return RestResponse.ResponseBuilder.create(
                            RestResponse.Status.FORBIDDEN, (Object) pages.refused(outcome.refusal()))
                    .build();
        }
        String token = sessions.open(outcome.person().get(), Visit.of(request), before);
        return Redirect.answer(RestResponse.Status.SEE_OTHER, Redirect.safe(SignInMechanism.next(request)))
                .cookie(SignInPages.cookie(token, -1, request))
                .build();
    }
}
