package dev.switchback.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.GivenGrants;
import dev.switchback.access.Holder;
import dev.switchback.access.KeepPerson;
import dev.switchback.access.People;
import dev.switchback.access.Person;
import dev.switchback.access.Right;
import dev.switchback.access.Teams;
import dev.switchback.access.Where;
import dev.switchback.shape.PeopleShapes;
import dev.switchback.web.IfMatch;
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
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** People and their roles, for programs. Everybody may read names; the rest is for admins, in person. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class PeopleApi {

    @Inject
    People people;

    @Inject
    Teams teams;

    @Inject
    GivenGrants given;

    @Inject
    KeepPerson keep;

    @Inject
    CallerOfRequest caller;

    @GET
    @Path("/people")
    @Transactional
    public Paging.Page<PersonView> list(@RestQuery Integer limit, @RestQuery String after) {
        caller.get().require(Right.READ, Where.nowhere());
        int size = Paging.limit(limit);
        List<Person> found = people.after(after == null ? "" : Paging.decode(after, name -> name), size + 1);
        String address = Query.of("/api/v1/people").with("limit", limit).toString();
        var page = Paging.page(found, size, address, Person::name);
        if (!isAdmin()) {
            return page.map(PersonView::ofStranger);
        }
        var grants = given.ofPeople(found.stream().map(Person::id).collect(Collectors.toSet()));
        return page.map(person -> PersonView.inList(person, grants.getOrDefault(person.id(), List.of())));
    }

    private boolean isAdmin() {
        return caller.get().may(Right.ADMINISTER, Where.nowhere());
    }

    @GET
    @Path("/people/{name}")
    @Transactional
    public RestResponse<PersonView> get(@RestPath String name) {
        caller.get().require(Right.READ, Where.nowhere());
        Person person = people.require(name);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.OK, view(person))
                .header("ETag", etag(person))
                .build();
    }

    /** Everything for admins and for the person themself. */
    private PersonView view(Person person) {
        boolean oneself = caller.name().equals(person.name()) && caller.get().isPerson();
        return isAdmin() || oneself
                ? PersonView.of(person, given.of(person), given.throughTeams(person), teams.of(person))
                : PersonView.ofStranger(person);
    }

    static String etag(Holder holder) {
        return IfMatch.etag(validator(holder));
    }

    private static String validator(Holder holder) {
        return holder.name() + "-" + holder.revision();
    }

    static void requireSeen(String ifMatch, Holder holder) {
        IfMatch.require(
                ifMatch,
                new IfMatch.Present(
                        validator(holder),
                        holder.name() + " is at revision " + holder.revision(),
                        holder.changedBy(),
                        holder.changedAt()));
    }

    @POST
    @Path("/people")
    @Transactional
    public RestResponse<Object> make(JsonNode body) {
        requireAdmin(caller);
        Body said = Body.of(body, PeopleShapes::validateNewPerson);
        Person person = keep.make(said.name(), said.person());
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/people/" + person.name())
                .header("ETag", etag(person))
                .entity(view(person))
                .build();
    }

    /** Before anything is looked at: who may not is told so, whatever they sent. */
    static void requireAdmin(CallerOfRequest caller) {
        caller.get().requirePerson("look after people and roles");
        caller.get().require(Right.ADMINISTER, Where.nowhere());
    }

    @PUT
    @Path("/people/{name}")
    @Transactional
    public RestResponse<PersonView> change(
            @RestPath String name, @HeaderParam("If-Match") String ifMatch, JsonNode body) {
        requireAdmin(caller);
        requireSeen(ifMatch, people.require(name));
        Body said = Body.of(body, PeopleShapes::validatePerson).named(name);
        Person person = keep.change(name, present -> requireSeen(ifMatch, present), said.person());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.OK, view(person))
                .header("ETag", etag(person))
                .build();
    }
}
