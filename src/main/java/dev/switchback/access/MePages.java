package dev.switchback.access;

import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import dev.switchback.web.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** One's own account: browsers, password, keys for programs. Only the person gets here, never a token of theirs. */
@Path("/me")
@Produces(MediaType.TEXT_HTML)
public class MePages {

    @Inject
    CallerOfRequest caller;

    @Inject
    People people;

    @Inject
    Sessions sessions;

    @Inject
    ApiTokens tokens;

    @Inject
    MakeToken makeToken;

    @Inject
    ChangePassword changePassword;

    @Inject
    BreakGlassSignIns breakGlass;

    @Inject
    java.time.InstantSource clock;

    @Inject
    RoutingContext request;

    /** The pages. */
    @CheckedTemplate(basePath = "access")
    static class Templates {
        static native TemplateInstance me(MeView me);

        static native TemplateInstance token(MakeToken.Made made);
    }

    @GET
    @Transactional
    public String page(@CookieParam(SignInMechanism.COOKIE) String cookie) {
        caller.get().requirePerson("see the account of its person");
        return Templates.me(view(cookie)).render();
    }

    private MeView view(String cookie) {
        Caller who = caller.get();
        boolean password =
                people.active(who.name()).flatMap(Person::passwordHash).isPresent();
        return new MeView(
                who,
                password,
                sessions.of(who.name(), cookie == null ? "" : cookie),
                tokens.of(who.name()).stream()
                        .map(token -> MeView.Key.of(token, clock.instant()))
                        .toList(),
                tokens.environments(who),
                MeView.Wrong.NOTHING);
    }

    @POST
    @Path("/password")
    @Transactional
    public RestResponse<Object> password(
            @FormParam("old") String old,
            @FormParam("password") String wanted,
            @FormParam("again") String again,
            @CookieParam(SignInMechanism.COOKIE) String cookie) {
        caller.get().requirePerson("change a password");
        var refused = changePassword.change(text(old), text(wanted), text(again), Visit.address(request), text(cookie));
        return refused.isEmpty()
                ? Redirect.to("/me", "The password was changed. All your other browsers are signed out.")
                : wrong(view(cookie).with(MeView.Wrong.password(refused)));
    }

    @POST
    @Path("/sessions/{id}/end")
    @Transactional
    public RestResponse<Object> end(@RestPath long id) {
        caller.get().requirePerson("end sessions");
        return Redirect.to(
                "/me",
                sessions.end(caller.name(), id)
                        ? "That browser is signed out."
                        : "That browser was signed out already.");
    }

    /** What an admin says of a sign-in with a password while the provider is in charge. */
    @POST
    @Path("/break-glass/{id}")
    @Transactional
    public RestResponse<Object> acknowledge(@RestPath long id, @FormParam("note") String note) {
        breakGlass.acknowledge(id, text(note));
        return Redirect.to("/", "The sign-in is acknowledged.");
    }

    @POST
    @Path("/everywhere")
    @Transactional
    public RestResponse<Object> everywhere() {
        caller.get().requirePerson("end sessions");
        sessions.endAll(caller.name(), "");
        return Redirect.to("/signin", "You are signed out everywhere.");
    }

    @POST
    @Path("/tokens")
    @Transactional
    public RestResponse<Object> make(
            @FormParam("token") String name,
            @FormParam("scope") List<String> scopes,
            @FormParam("environment") List<String> environments,
            @FormParam("days") String days,
            @CookieParam(SignInMechanism.COOKIE) String cookie) {
        caller.get().requirePerson("make tokens");
        var typed = new TokenForm(text(name), List.copyOf(scopes), List.copyOf(environments), text(days));
        try {
            var made = makeToken.make(typed.wanted(clock.instant()));
            return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, (Object)
                            Templates.token(made).render())
                    .build();
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if (problem.status() != 422) {
                throw refused;
            }
            List<String> sentences = problem.violations().isEmpty()
                    ? List.of(problem.detail() + "; " + problem.expected() + ".")
                    : problem.violations().stream().map(MePages::sentence).toList();
            return wrong(view(cookie).with(MeView.Wrong.token(sentences, typed)));
        }
    }

    private static String sentence(Violation violation) {
        return violation.message() + "; expected: " + violation.expected() + ".";
    }

    @POST
    @Path("/tokens/{id}/revoke")
    @Transactional
    public RestResponse<Object> revoke(@RestPath long id) {
        return Redirect.to("/me", "The token “" + makeToken.revoke(id).name() + "” is revoked.");
    }

    private static RestResponse<Object> wrong(MeView view) {
        return RestResponse.ResponseBuilder.<Object>create(422, "Unprocessable Content")
                .entity(Templates.me(view).render())
                .build();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
