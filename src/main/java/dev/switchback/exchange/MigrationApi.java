package dev.switchback.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Sight;
import dev.switchback.access.Where;
import dev.switchback.life.DeleteDraft;
import dev.switchback.migration.FindMigrations;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationQuery;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.platform.InTurn;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.Finding;
import dev.switchback.runbook.KeepMigration;
import dev.switchback.runbook.KeepMigration.Writing;
import dev.switchback.runbook.Linter;
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
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Migrations and their revisions, for programs. A body is what the file says, as JSON. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class MigrationApi {

    @Inject
    Migrations migrations;

    @Inject
    Sight sight;

    @Inject
    FindMigrations find;

    @Inject
    KeepMigration keep;

    @Inject
    DeleteDraft deleteDraft;

    @Inject
    CallerOfRequest caller;

    @Inject
    InTurn inTurn;

    /** A migration in a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String key,
            String title,
            String service,
            String owner,
            String difficulty,
            String state,
            int revision,
            boolean needsReview,
            boolean archived,
            Instant createdAt,
            String createdBy,
            Instant changedAt,
            String changedBy) {

        static Row of(Migration m) {
            return new Row(
                    m.key(),
                    m.title(),
                    m.service(),
                    m.owner(),
                    m.difficulty(),
                    m.state().word(),
                    m.revision(),
                    m.needsReview(),
                    m.isArchived(),
                    m.createdAt(),
                    m.createdBy(),
                    m.changedAt(),
                    m.changedBy());
        }
    }

    /** A revision in a list, or whole with its content. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RevisionView(
            int number, String hash, Instant createdAt, String createdBy, String note, JsonNode content) {

        static RevisionView of(MigrationRevision revision, boolean whole) {
            return new RevisionView(
                    revision.number(),
                    revision.contentHash(),
                    revision.createdAt(),
                    revision.createdBy(),
                    revision.note(),
                    whole ? revision.content() : null);
        }
    }

    /**
     * The migrations, the last changed first. A page may hold fewer than asked for while {@code next} leads on: the
     * search looks at so many at once, and no more.
     *
     * @param q words that must all be in it
     * @param state a state, or {@code open}: neither done nor abandoned
     * @param environment the key of an environment in which it ran
     * @param needsReview {@code true} or {@code false}
     * @param archived {@code false} (default), {@code true} for only these, or {@code all}
     */
    @GET
    @Path("/migrations")
    @Transactional
    public Paging.Page<Row> list(
            @RestQuery String q,
            @RestQuery String service,
            @RestQuery String owner,
            @RestQuery String state,
            @RestQuery String environment,
            @RestQuery String needsReview,
            @RestQuery String archived,
            @RestQuery Integer limit,
            @RestQuery String after) {
        var query = MigrationQuery.of(
                        new MigrationQuery.Asked(q, service, owner, state, environment, needsReview, archived))
                .within(sight);
        var found = find.to(query).page(Migrations.Cursor.of(after), Paging.limit(limit));
        String next = found.next()
                .map(cursor -> Paging.link(
                        Query.of(query.address("/api/v1/migrations"))
                                .with("limit", limit)
                                .toString(),
                        cursor))
                .orElse(null);
        return new Paging.Page<>(found.items().stream().map(Row::of).toList(), next);
    }

    @GET
    @Path("/migrations/{key}")
    @Transactional
    public RestResponse<JsonNode> get(@RestPath String key) {
        Migration migration = migrations.require(key);
        return answer(RestResponse.Status.OK, migration);
    }

    private RestResponse<JsonNode> answer(RestResponse.Status status, Migration migration) {
        return answer(status, migration, 0);
    }

    private RestResponse<JsonNode> answer(RestResponse.Status status, Migration migration, int lostComments) {
        MigrationRevision present = migrations.present(migration);
        return RestResponse.ResponseBuilder.create(status, Body.sayingLost(lostComments, view(migration, present)))
                .header("ETag", IfMatch.etag(present.etag()))
                .build();
    }

    private static JsonNode view(Migration migration, MigrationRevision present) {
        return MigrationView.of(migration, present);
    }

    @POST
    @Path("/migrations")
    @Transactional
    public RestResponse<Object> create(@RestQuery String note, JsonNode body) {
        caller.get().requireScope("author");
        inTurn.take();
        ObjectNode content = Body.of(body, "Migration", RunbookShapes::validateMigration);
        String key = content.path("key").asText();
        caller.get().require(Right.AUTHOR, Where.service(content.path("service").asText()));
        if (migrations.withKey(key).isPresent()) {
            throw Problem.conflict("There is a migration \"" + key + "\" already", "PUT, with If-Match, to revise it")
                    .toException();
        }
        Migration made = keep(content, RunbookFileWriter.write(content), note);
        MigrationRevision present = migrations.present(made);
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/migrations/" + key)
                .header("ETag", IfMatch.etag(present.etag()))
                .entity(view(made, present))
                .build();
    }

    private Migration toWrite(String key) {
        Migration migration = migrations.require(key);
        caller.get().require(Right.AUTHOR, migration.where());
        return migration;
    }

    @PUT
    @Path("/migrations/{key}")
    @Transactional
    public RestResponse<JsonNode> revise(
            @RestPath String key, @HeaderParam("If-Match") String ifMatch, @RestQuery String note, JsonNode body) {
        caller.get().requireScope("author");
        inTurn.take();
        Migration present = toWrite(key);
        IfMatch.require(ifMatch, Seen.of(present, migrations.present(present)));
        ObjectNode content = Body.of(body, "Migration", RunbookShapes::validateMigration);
        Body.requireKey(content, key);
        SourcePatch.Patched patched = SourcePatch.of(migrations.text(migrations.present(present)), content);
        return answer(RestResponse.Status.OK, keep(content, patched.text(), note), patched.lostComments());
    }

    private Migration keep(ObjectNode content, String text, String note) {
        return keep.keep(Writing.content(content, text, Note.of("note", note)), caller.get())
                .migration();
    }

    @DELETE
    @Path("/migrations/{key}")
    @Transactional
    public void delete(@RestPath String key, @HeaderParam("If-Match") String ifMatch) {
        caller.get().requireScope("author");
        inTurn.take();
        Migration present = toWrite(key);
        IfMatch.require(ifMatch, Seen.of(present, migrations.present(present)));
        deleteDraft.delete(present);
    }

    @GET
    @Path("/migrations/{key}/revisions")
    @Transactional
    public Paging.Page<RevisionView> revisions(
            @RestPath String key, @RestQuery Integer limit, @RestQuery String after) {
        int size = Paging.limit(limit);
        int before = after == null ? Integer.MAX_VALUE : Paging.decode(after, Integer::parseInt);
        List<MigrationRevision> found = migrations.revisionsBefore(migrations.require(key), before, size + 1);
        String address = Query.of("/api/v1/migrations/" + key + "/revisions")
                .with("limit", limit)
                .toString();
        return Paging.page(found, size, address, revision -> String.valueOf(revision.number()))
                .map(revision -> RevisionView.of(revision, false));
    }

    @GET
    @Path("/migrations/{key}/revisions/{number}")
    @Transactional
    public RevisionView revision(@RestPath String key, @RestPath int number) {
        return RevisionView.of(migrations.requireRevision(migrations.require(key), number), true);
    }

    /** What the linter has to say about the present revision. */
    @GET
    @Path("/migrations/{key}/findings")
    @Transactional
    public Paging.Page<Finding> findings(@RestPath String key) {
        return new Paging.Page<>(
                Linter.of(migrations.present(migrations.require(key)).content()), null);
    }
}
