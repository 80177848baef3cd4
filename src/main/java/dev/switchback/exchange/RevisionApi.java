package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.platform.InTurn;
import dev.switchback.web.IfMatch;
import dev.switchback.web.Note;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What differs between two revisions, and an old one made the present again, for programs. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class RevisionApi {

    @Inject
    Migrations migrations;

    @Inject
    RestoreRevision restore;

    @Inject
    CallerOfRequest caller;

    @Inject
    InTurn inTurn;

    /** Why somebody restores. */
    public record Reason(String note) {}

    /** What changed from one revision to the other, part by part. */
    @GET
    @Path("/migrations/{key}/revisions/{from: \\d{1,9}}..{to: \\d{1,9}}")
    @Transactional
    public DiffView diff(@RestPath String key, @RestPath int from, @RestPath int to) {
        Migration migration = migrations.require(key);
        return DiffView.of(migrations.requireRevision(migration, from), migrations.requireRevision(migration, to));
    }

    /** Makes a new revision of what an old one said; none when that is what the present one says. */
    @POST
    @Path("/migrations/{key}/revisions/{number: \\d{1,9}}/restore")
    @Transactional
    public RestResponse<JsonNode> restore(
            @RestPath String key, @RestPath int number, @HeaderParam("If-Match") String ifMatch, Reason reason) {
        caller.get().requireScope("author");
        inTurn.take();
        Migration migration = migrations.require(key);
        caller.get().require(Right.AUTHOR, migration.where());
        IfMatch.require(ifMatch, Seen.of(migration, migrations.present(migration)));
        restore.restore(migration, number, Note.of("note", reason == null ? null : reason.note()), caller.get());
        return MigrationView.answer(RestResponse.Status.OK, migration, migrations.present(migration))
                .build();
    }
}
