package dev.switchback.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.GivenGrants;
import dev.switchback.access.KeepTeam;
import dev.switchback.access.Right;
import dev.switchback.access.Team;
import dev.switchback.access.Teams;
import dev.switchback.access.Where;
import dev.switchback.shape.PeopleShapes;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Teams, for programs. Everybody may read names; members and grants are for admins, in person. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class TeamApi {

    @Inject
    Teams teams;

    @Inject
    GivenGrants given;

    @Inject
    KeepTeam keep;

    @Inject
    CallerOfRequest caller;

    @GET
    @Path("/teams")
    @Transactional
    public Paging.Page<TeamView> list(@RestQuery Integer limit, @RestQuery String after) {
        caller.get().require(Right.READ, Where.nowhere());
        int size = Paging.limit(limit);
        List<Team> found = teams.after(after == null ? "" : Paging.decode(after, name -> name), size + 1);
        String address = Query.of("/api/v1/teams").with("limit", limit).toString();
        return Paging.page(found, size, address, Team::name).map(TeamView::ofStranger);
    }

    @GET
    @Path("/teams/{name}")
    @Transactional
    public RestResponse<TeamView> get(@RestPath String name) {
        caller.get().require(Right.READ, Where.nowhere());
        Team team = teams.require(name);
        boolean all = caller.get().may(Right.ADMINISTER, Where.nowhere());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.OK, all ? view(team) : TeamView.ofStranger(team))
                .header("ETag", PeopleApi.etag(team))
                .build();
    }

    private TeamView view(Team team) {
        return TeamView.of(team, given.of(team));
    }

    @POST
    @Path("/teams")
    @Transactional
    public RestResponse<Object> make(JsonNode body) {
        PeopleApi.requireAdmin(caller);
        Body said = Body.of(body, PeopleShapes::validateNewTeam);
        Team team = keep.make(said.name(), said.team());
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/teams/" + team.name())
                .header("ETag", PeopleApi.etag(team))
                .entity(view(team))
                .build();
    }

    @PUT
    @Path("/teams/{name}")
    @Transactional
    public RestResponse<TeamView> change(
            @RestPath String name, @HeaderParam("If-Match") String ifMatch, JsonNode body) {
        PeopleApi.requireAdmin(caller);
        PeopleApi.requireSeen(ifMatch, teams.require(name));
        Body said = Body.of(body, PeopleShapes::validateTeam).named(name);
        Team team = keep.change(name, present -> PeopleApi.requireSeen(ifMatch, present), said.team());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.OK, view(team))
                .header("ETag", PeopleApi.etag(team))
                .build();
    }
}
