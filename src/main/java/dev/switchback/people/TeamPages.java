package dev.switchback.people;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.KeepGrants;
import dev.switchback.access.KeepTeam;
import dev.switchback.access.Right;
import dev.switchback.access.Team;
import dev.switchback.access.Teams;
import dev.switchback.access.Where;
import dev.switchback.shape.PeopleShapes;
import dev.switchback.web.Paging;
import dev.switchback.web.Redirect;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The teams, who is in them, and what they were granted. */
@Path("/teams")
@Produces(MediaType.TEXT_HTML)
public class TeamPages {

    @Inject
    Teams teams;

    @Inject
    KeepTeam keep;

    @Inject
    KeepGrants grants;

    @Inject
    ShowHolder show;

    @Inject
    CallerOfRequest caller;

    /** The pages. */
    @CheckedTemplate(basePath = "people")
    static class Templates {
        static native TemplateInstance teams(HolderList teams);
    }

    @GET
    @Transactional
    public String list(@RestQuery String after) {
        caller.get().require(Right.READ, Where.nowhere());
        var found = teams.after(after == null ? "" : Paging.decode(after, name -> name), Paging.DEFAULT + 1);
        return Templates.teams(HolderList.of(Paging.page(found, Paging.DEFAULT, "/teams", Team::name), show.isAdmin()))
                .render();
    }

    @GET
    @Path("new")
    public String fresh() {
        PeopleApi.requireAdmin(caller);
        return PeoplePages.Templates.fresh(FreshPage.TEAM).render();
    }

    @POST
    public RestResponse<Object> make(@BeanParam PersonForm form) {
        PeopleApi.requireAdmin(caller);
        return PeoplePages.tried(
                () -> {
                    Body said = Body.of(form.tree(), PeopleShapes::validateNewTeam);
                    Team team = keep.make(said.name(), said.team());
                    return Redirect.to("/teams/" + team.name(), "The team is made. Say who belongs to it.");
                },
                problem -> PeoplePages.Templates.fresh(new FreshPage(new Tried(problem.problem(), form.typed()), true))
                        .render());
    }

    @GET
    @Path("{name}")
    @Transactional
    public String team(@RestPath String name) {
        caller.get().require(Right.READ, Where.nowhere());
        return page(name, Tried.NOTHING);
    }

    private String page(String name, Tried tried) {
        return PeoplePages.Templates.show(show.team(teams.require(name), tried)).render();
    }

    private RestResponse<Object> change(String name, Map<String, String> typed, Callable<String> deed) {
        PeopleApi.requireAdmin(caller);
        return PeoplePages.tried(
                () -> Redirect.to("/teams/" + name, deed.call()),
                problem -> page(name, new Tried(problem.problem(), typed)));
    }

    @POST
    @Path("{name}")
    public RestResponse<Object> rename(@RestPath String name, @FormParam("displayName") String title) {
        return change(name, Map.of(), () -> {
            PersonForm form = new PersonForm();
            form.name = name;
            form.displayName = title;
            Body said = Body.of(form.tree(), PeopleShapes::validateTeam);
            return "The name that pages show is “"
                    + keep.change(name, any -> {}, said.team()).displayName() + "”.";
        });
    }

    @POST
    @Path("{name}/members")
    public RestResponse<Object> join(@RestPath String name, @FormParam("person") String person) {
        String wanted = person == null ? "" : person.strip();
        return change(
                name,
                Map.of("person", wanted),
                () -> keep.take(name, wanted) ? wanted + " belongs to it now." : wanted + " belonged to it already.");
    }

    @POST
    @Path("{name}/members/{person}/remove")
    public RestResponse<Object> remove(@RestPath String name, @RestPath String person) {
        return change(
                name,
                Map.of(),
                () -> person
                        + (keep.remove(name, person) ? " does not belong to it any more." : " did not belong to it."));
    }

    @POST
    @Path("{name}/grants")
    public RestResponse<Object> give(@RestPath String name, @BeanParam GrantForm form) {
        return change(name, form.typed(), () -> {
            var grant = form.grant();
            boolean given = grants.give(teams.require(name), grant);
            return (given ? "Given: " : "Already there: ") + grant.words() + ".";
        });
    }

    @POST
    @Path("{name}/grants/{id}/take")
    public RestResponse<Object> take(@RestPath String name, @RestPath long id) {
        return change(
                name,
                Map.of(),
                () -> "Taken: " + grants.take(teams.require(name), id).words() + ".");
    }

    @GET
    @Path("{name}/deactivate")
    @Transactional
    public String leave(@RestPath String name) {
        PeopleApi.requireAdmin(caller);
        return PeoplePages.Templates.leave(show.team(teams.require(name), Tried.NOTHING))
                .render();
    }

    @POST
    @Path("{name}/deactivate")
    public RestResponse<Object> deactivate(@RestPath String name) {
        return change(name, Map.of(), () -> {
            keep.change(name, any -> {}, new KeepTeam.Wanted(null, false, null, null));
            return "The team is no more. What it was granted, nobody holds through it now.";
        });
    }

    @POST
    @Path("{name}/activate")
    public RestResponse<Object> activate(@RestPath String name) {
        return change(name, Map.of(), () -> {
            keep.change(name, any -> {}, new KeepTeam.Wanted(null, true, null, null));
            return "The team is back, with its members and roles from before.";
        });
    }
}
