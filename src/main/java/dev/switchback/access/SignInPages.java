package dev.switchback.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.switchback.platform.Json;
import dev.switchback.web.Redirect;
import io.quarkus.arc.Arc;
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
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    @Inject
    SignInWays ways;

    @Inject
    BreakGlassSignIns breakGlass;

    /** The pages. */
    @CheckedTemplate(basePath = "access", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance signIn(SignInView view);

        static native TemplateInstance signedIn(String next, String csrf, Map<String, String> kept);
    }

    @GET
    @Path("signin")
    public RestResponse<Object> page(@RestQuery String next, @RestQuery String provider) {
        return caller.find().isPresent()
                ? Redirect.to(Redirect.safe(next))
                : RestResponse.ok(Templates.signIn(SignInView.of("", Redirect.safe(next), "")
                        .with(ways)
                        .with(provider == null ? null : SignInView.PROVIDER_FAILED)));
    }

    /**
     * The page for somebody whose form came when the session had ended.
     *
     * @param path where the form goes
     * @param kept what is typed, as JSON: a text for each field
     */
    public static Response signedOut(String path, String kept) {
        SignInWays ways = Arc.container().instance(SignInWays.class).get();
        return Response.status(Response.Status.UNAUTHORIZED)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.signIn(
                                SignInView.of("", Redirect.safe(path), kept).with(ways))
                        .render())
                .build();
    }

    /** The page for somebody whom the provider knows and who is nobody here. */
    TemplateInstance refused(String why) {
        return Templates.signIn(SignInView.of("", "/", "").with(ways).with(SignInView.refused(why)));
    }

    @POST
    @Path("signin")
    public RestResponse<Object> enter(
            @FormParam("name") String name,
            @FormParam("password") String password,
            @FormParam("next") String next,
            @FormParam("kept") String kept,
            @CookieParam(SignInMechanism.COOKIE) String before) {
        var view = SignInView.of(name == null ? "" : name.trim(), Redirect.safe(next), kept == null ? "" : kept)
                .with(ways);
        var visit = Visit.of(request);
        var outcome = signIn.check(view.typed(), password == null ? "" : password, visit.address(), "browser");
        if (outcome instanceof SignIn.Passed passed) {
            if (ways.isBreakGlass()) {
                breakGlass.signedIn(passed.person(), visit);
            }
            return onwards(sessions.open(passed.person(), visit, before), view.next(), fields(view.kept()));
        }
        SignInView refused = view.after(outcome);
        var answer = RestResponse.ResponseBuilder.create(refused.status(), (Object) Templates.signIn(refused));
        refused.retryAfter().ifPresent(seconds -> answer.header("Retry-After", seconds));
        return answer.build();
    }

    /** To the page that was wanted; what was typed there before is shown by a form with the token of the new session. */
    private RestResponse<Object> onwards(String token, String wanted, Map<String, String> kept) {
        String csrf = sessions.callerOf(token).map(Caller::csrfToken).orElse("");
        var answer = kept.isEmpty()
                ? Redirect.answer(RestResponse.Status.SEE_OTHER, wanted)
                : RestResponse.ResponseBuilder.create(
                        RestResponse.Status.OK, (Object) Templates.signedIn(wanted, csrf, kept));
        return answer.cookie(cookie(token, -1, request)).build();
    }

    /** What was typed, by field; nothing when that is not what it says. */
    private static Map<String, String> fields(String kept) {
        var fields = new TreeMap<String, String>();
        try {
            Json.parse(kept)
                    .properties()
                    .forEach(each -> fields.put(each.getKey(), each.getValue().asText()));
        } catch (JsonProcessingException madeUp) {
            return Map.of();
        }
        fields.keySet().removeAll(List.of("csrf", "do"));
        return fields;
    }

    @POST
    @Path("signout")
    public RestResponse<Object> leave(@CookieParam(SignInMechanism.COOKIE) String token) {
        if (token != null) {
            sessions.close(caller.find().map(Caller::name).orElse("unknown"), token);
        }
        return Redirect.answer(RestResponse.Status.SEE_OTHER, "/signin")
                .cookie(cookie("", 0, request))
                .build();
    }

    static NewCookie cookie(String value, int maxAge, RoutingContext request) {
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
