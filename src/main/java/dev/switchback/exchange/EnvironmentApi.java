package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.environment.CheckEnvironment;
import dev.switchback.environment.Editors;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.environment.KeepEnvironment;
import dev.switchback.platform.InTurn;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.ContentHash;
import dev.switchback.shape.RunbookShapes;
import dev.switchback.web.IfMatch;
import dev.switchback.web.Note;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** The registry of environments, for programs. A body is what the file says, as JSON. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class EnvironmentApi {

    @Inject
    Trail trail;

    @Inject
    Environments environments;

    @Inject
    KeepEnvironment keep;

    @Inject
    Editors editors;

    @Inject
    CheckEnvironment check;

    @Inject
    CallerOfRequest caller;

    @Inject
    InTurn inTurn;

    @GET
    @Path("/environments")
    @Transactional
    public Paging.Page<JsonNode> list(@RestQuery Integer limit, @RestQuery String after) {
        int size = Paging.limit(limit);
        String behind = after == null ? "" : Paging.decode(after, key -> key);
        List<Environment> found = environments.after(behind, size + 1);
        String address = Query.of("/api/v1/environments").with("limit", limit).toString();
        return Paging.page(found, size, address, Environment::key).map(EnvironmentApi::view);
    }

    private static JsonNode view(Environment environment) {
        ObjectNode view = environment.content().tree();
        view.put("revision", environment.revision());
        view.put("hash", environment.contentHash());
        view.put("changedAt", environment.changedAt().toString());
        view.put("changedBy", environment.changedBy());
        return view;
    }

    @GET
    @Path("/environments/{key}")
    @Transactional
    public RestResponse<JsonNode> get(@RestPath String key) {
        return answer(RestResponse.Status.OK, environments.require(key));
    }

    private static RestResponse<JsonNode> answer(RestResponse.Status status, Environment environment) {
        return answer(status, environment, 0);
    }

    private static RestResponse<JsonNode> answer(
            RestResponse.Status status, Environment environment, int lostComments) {
        return RestResponse.ResponseBuilder.create(status, Body.sayingLost(lostComments, view(environment)))
                .header("ETag", IfMatch.etag(environment.etag()))
                .build();
    }

    @POST
    @Path("/environments")
    @Transactional
    public RestResponse<Object> create(@RestQuery String note, JsonNode body) {
        caller.get().requireScope("author");
        inTurn.take();
        ObjectNode content = Body.of(body, "Environment", RunbookShapes::validateEnvironment);
        String key = content.path("key").asText();
        caller.get().require(Right.CONFIGURE, Where.environment(key));
        if (environments.withKey(key).isPresent()) {
            throw Problem.conflict(
                            "There is an environment \"" + key + "\" already", "PUT, with If-Match, to change it")
                    .toException();
        }
        var kept = keep(content, RunbookFileWriter.write(content), note);
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/environments/" + key)
                .header("ETag", IfMatch.etag(kept.environment().etag()))
                .entity(view(kept.environment()))
                .build();
    }

    private KeepEnvironment.Kept keep(ObjectNode content, String text, String note) {
        return keep.keep(
                new KeepEnvironment.Writing(
                        new EnvironmentContent(content), ContentHash.of(content), text, false, Note.of("note", note)),
                caller.get());
    }

    private Environment toConfigure(String key) {
        Environment environment = environments.require(key);
        editors.require(environment, caller.get());
        return environment;
    }

    @PUT
    @Path("/environments/{key}")
    @Transactional
    public RestResponse<JsonNode> replace(
            @RestPath String key, @HeaderParam("If-Match") String ifMatch, @RestQuery String note, JsonNode body) {
        caller.get().requireScope("author");
        inTurn.take();
        Environment present = toConfigure(key);
        IfMatch.require(ifMatch, Seen.of(present));
        ObjectNode content = Body.of(body, "Environment", RunbookShapes::validateEnvironment);
        Body.requireKey(content, key);
        SourcePatch.Patched patched = SourcePatch.of(present.source(), content);
        return answer(
                RestResponse.Status.OK, keep(content, patched.text(), note).environment(), patched.lostComments());
    }

    @DELETE
    @Path("/environments/{key}")
    @Transactional
    public void delete(@RestPath String key, @HeaderParam("If-Match") String ifMatch) {
        caller.get().requireScope("author");
        inTurn.take();
        Environment present = toConfigure(key);
        IfMatch.require(ifMatch, Seen.of(present));
        caller.get().require(Right.CONFIGURE, present.where());
        environments.deleteUnlessUsed(present);
        trail.record(Entry.of("environment.delete", "environment", key).where(null, key));
    }

    /** Connects to every target and asks who the environment is. */
    @POST
    @Path("/environments/{key}/check")
    public CheckEnvironment.Report check(@RestPath String key) {
        return check.check(key, caller.get());
    }
}
