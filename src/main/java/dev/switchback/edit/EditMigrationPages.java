package dev.switchback.edit;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** The form of a migration that is there. */
@Path("/migrations/{key}/edit")
@Produces(MediaType.TEXT_HTML)
public class EditMigrationPages {

    @Inject
    CallerOfRequest caller;

    @Inject
    ShowForm show;

    @Inject
    PressButton press;

    @Inject
    SaveForm save;

    @Inject
    ShowConflict conflict;

    @Inject
    Migrations migrations;

    @GET
    public RestResponse<Object> form(@RestPath String key) {
        return show.migration(key);
    }

    /** A button was pressed: saves, checks, shows the file, or lays the form out anew. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> press(@RestPath String key, MultipartFormDataInput input) {
        Posted posted = Posted.of(input);
        Migration migration = migrations.require(key);
        caller.get().require(Right.AUTHOR, migration.where());
        posted.fields().put("key", key);
        carryReview(posted.fields(), migration);
        var what = ShowForm.of(migration, posted.baseOfKept());
        return press.on(
                what,
                posted,
                content -> save.migration(posted.base(), content, posted.why()),
                content -> conflict.migration(migrations.require(key), posted.base(), content, posted.note()));
    }

    /** The mark is as it is now, whatever it was when the form was loaded: only a review takes it away. */
    private static void carryReview(Fields fields, Migration migration) {
        fields.remove("needsReview");
        if (migration.needsReview()) {
            fields.put("needsReview", "true");
        }
    }
}
