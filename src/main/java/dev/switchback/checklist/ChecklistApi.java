package dev.switchback.checklist;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** The checklist of a migration, for programs. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class ChecklistApi {

    @Inject
    Migrations migrations;

    @Inject
    ReadChecklist read;

    @Inject
    TickItem tick;

    @Inject
    CallerOfRequest caller;

    /** What is said about an item. */
    public record Body(Boolean done, String note, String evidence) {}

    /** Every item of the present revision with how it stands. */
    @GET
    @Path("/migrations/{key}/checklist")
    @Transactional
    public ChecklistView get(@RestPath String key) {
        return ChecklistView.of(key, read.whole(migrations.require(key)));
    }

    /** Ticks an item off or takes the tick away; answers the item. */
    @PUT
    @Path("/migrations/{key}/checklist/{id}")
    @Transactional
    public ChecklistView.ItemView put(@RestPath String key, @RestPath String id, Body body) {
        if (body == null) {
            throw Problem.syntax("There is no body", "{\"done\": true, \"note\": …, \"evidence\": …}")
                    .toException();
        }
        tick.tick(key, id, new TickItem.Request(body.done(), body.note(), body.evidence(), null), caller.get());
        return ChecklistView.ItemView.of(
                read.whole(migrations.require(key)).row(id).orElseThrow());
    }
}
