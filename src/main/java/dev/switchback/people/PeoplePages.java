package dev.switchback.people;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.KeepGrants;
import dev.switchback.access.KeepPerson;
import dev.switchback.access.Passwords;
import dev.switchback.access.People;
import dev.switchback.access.Person;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.problem.ProblemException;
import dev.switchback.shape.PeopleShapes;
import dev.switchback.web.Paging;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Who is here and what they may do. */
@Path("/people")
@Produces(MediaType.TEXT_HTML)
public class PeoplePages {

    @Inject
    People people;

    @Inject
    KeepPerson keep;

    @Inject
    KeepGrants grants;

    @Inject
    ShowHolder show;

    @Inject
    CallerOfRequest caller;

    /** The pages. */
    @CheckedTemplate(basePath = "people")
    static class Templates {
        static native TemplateInstance list(HolderList people);

        static native TemplateInstance made(Person person, String password);

        static native TemplateInstance fresh(FreshPage page);

        static native TemplateInstance show(HolderPage page);

        static native TemplateInstance leave(HolderPage page);
    }

    @GET
    @Transactional
    public String list(@RestQuery String after) {
        caller.get().require(Right.READ, Where.nowhere());
        var found = people.after(after == null ? "" : Paging.decode(after, name -> name), Paging.DEFAULT + 1);
        return Templates.list(
                        HolderList.of(Paging.page(found, Paging.DEFAULT, "/people", Person::name), show.isAdmin()))
                .render();
    }

    @GET
    @Path("new")
    public String fresh() {
        PeopleApi.requireAdmin(caller);
        return Templates.fresh(FreshPage.PERSON).render();
    }

    /** Without a password one is made, and shown in the answer only. */
    @POST
    public RestResponse<Object> make(@BeanParam PersonForm form) {
        PeopleApi.requireAdmin(caller);
        boolean given = form.password != null && !form.password.isEmpty();
        if (!given) {
            form.password = Passwords.generate();
        }
        return tried(
                () -> {
                    Body said = Body.of(form.tree(), PeopleShapes::validateNewPerson);
                    Person person = keep.make(said.name(), said.person());
                    return given
                            ? Redirect.to("/people/" + person.name(), person.displayName() + " can sign in now.")
                            : shownOnce(person, form.password);
                },
                problem -> Templates.fresh(new FreshPage(new Tried(problem.problem(), form.typed()), false))
                        .render());
    }

    private static RestResponse<Object> shownOnce(Person person, String password) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, (Object)
                        Templates.made(person, password).render())
                .build();
    }

    /** Does it, or shows the page again with what is wrong; who may not is told so on a page of its own. */
    static RestResponse<Object> tried(Callable<RestResponse<Object>> deed, Function<ProblemException, String> again) {
        try {
            return QuarkusTransaction.requiringNew().call(deed);
        } catch (ProblemException e) {
            if (e.problem().status() == 404) {
                throw e;
            }
            String page = QuarkusTransaction.requiringNew().call(() -> again.apply(e));
            return RestResponse.ResponseBuilder.create(e.problem().status())
                    .entity((Object) page)
                    .build();
        }
    }

    @GET
    @Path("{name}")
    @Transactional
    public String person(@RestPath String name) {
        caller.get().require(Right.READ, Where.nowhere());
        return page(name, Tried.NOTHING);
    }

    private String page(String name, Tried tried) {
        return Templates.show(show.person(people.require(name), tried)).render();
    }

    private RestResponse<Object> change(String name, Map<String, String> typed, Callable<String> deed) {
        PeopleApi.requireAdmin(caller);
        return tried(
                () -> Redirect.to("/people/" + name, deed.call()),
                problem -> page(name, new Tried(problem.problem(), typed)));
    }

    @POST
    @Path("{name}")
    public RestResponse<Object> rename(@RestPath String name, @FormParam("displayName") String title) {
        return change(name, Map.of(), () -> {
            PersonForm form = new PersonForm();
            form.name = name;
            form.displayName = title;
            Body said = Body.of(form.tree(), PeopleShapes::validatePerson);
            return "The name that pages show is “"
                    + keep.change(name, any -> {}, said.person()).displayName() + "”.";
        });
    }

    @POST
    @Path("{name}/password")
    public RestResponse<Object> password(@RestPath String name) {
        PeopleApi.requireAdmin(caller);
        String password = Passwords.generate();
        return tried(
                () -> shownOnce(keep.change(name, any -> {}, KeepPerson.Wanted.password(password)), password),
                problem -> page(name, new Tried(problem.problem(), Map.of())));
    }

    @POST
    @Path("{name}/grants")
    public RestResponse<Object> give(@RestPath String name, @BeanParam GrantForm form) {
        return change(name, form.typed(), () -> {
            var grant = form.grant();
            boolean given = grants.give(people.require(name), grant);
            return (given ? "Given: " : "Already there: ") + grant.words() + ".";
        });
    }

    @POST
    @Path("{name}/grants/{id}/take")
    public RestResponse<Object> take(@RestPath String name, @RestPath long id) {
        return change(
                name,
                Map.of(),
                () -> "Taken: " + grants.take(people.require(name), id).words() + ".");
    }

    @POST
    @Path("{name}/local-admin")
    public RestResponse<Object> localAdmin(@RestPath String name, @FormParam("localAdmin") String wanted) {
        boolean local = "yes".equals(wanted);
        return change(
                name,
                Map.of(),
                () -> keep.change(name, any -> {}, KeepPerson.Wanted.localAdmin(local))
                                .displayName()
                        + (local ? " is a local admin now." : " is no local admin any more."));
    }

    @GET
    @Path("{name}/deactivate")
    @Transactional
    public String leave(@RestPath String name) {
        PeopleApi.requireAdmin(caller);
        return Templates.leave(show.person(people.require(name), Tried.NOTHING)).render();
    }

    @POST
    @Path("{name}/deactivate")
    public RestResponse<Object> deactivate(@RestPath String name) {
        return change(
                name,
                Map.of(),
                () -> keep.change(name, any -> {}, KeepPerson.Wanted.active(false))
                                .displayName()
                        + " has left: signed out everywhere, all tokens revoked.");
    }

    @POST
    @Path("{name}/activate")
    public RestResponse<Object> activate(@RestPath String name) {
        return change(
                name,
                Map.of(),
                () -> keep.change(name, any -> {}, KeepPerson.Wanted.active(true))
                                .displayName()
                        + " is back, with the roles from before.");
    }
}
