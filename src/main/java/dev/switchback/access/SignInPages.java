package dev.switchback.access;

import dev.switchback.web.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** In and out. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class SignInPages {

    @Inject
    SignIn signIn;

    @Inject
    Sessions sessions;

    @Inject
    CallerOfRequest caller;

    @Inject
    RoutingContext request;

    /** The page. */
    @CheckedTemplate(basePath = "access", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance signIn(String typed, String next, boolean refused);
    }

    @GET
    @Path("signin")
    public RestResponse<Object> page(@RestQuery String next) {
        return caller.find().isPresent()
                ? Redirect.to(Redirect.safe(next))
                : RestResponse.ok(Templates.signIn("", Redirect.safe(next), false));
    }

    @POST
    @Path("signin")
    public RestResponse<Object> enter(
            @FormParam("name") String name, @FormParam("password") String password, @FormParam("next") String next) {
        String wanted = Redirect.safe(next);
        String tried = name == null ? "" : name.trim();
        return signIn.check(tried, password == null ? "" : password)
                .map(person -> Redirect.answer(RestResponse.Status.SEE_OTHER, wanted)
                        .cookie(cookie(sessions.open(person), -1))
                        .build())
                .orElseGet(() -> RestResponse.ResponseBuilder.create(
                                RestResponse.Status.UNAUTHORIZED, (Object) Templates.signIn(tried, wanted, true))
                        .build());
    }

    @POST
    @Path("signout")
    public RestResponse<Object> leave(@CookieParam(SignInMechanism.COOKIE) String token) {
        if (token != null) {
            sessions.close(token);
        }
        return Redirect.answer(RestResponse.Status.SEE_OTHER, "/signin")
                .cookie(cookie("", 0))
                .build();
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(SignInMechanism.COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(request.request().isSSL())
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
