package dev.switchback.edit;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** The form of a migration that is not there yet. */
@Path("/migrations/new")
@Produces(MediaType.TEXT_HTML)
public class NewMigrationPages {

    @Inject
    CallerOfRequest caller;

    @Inject
    ShowForm show;

    @Inject
    PressButton press;

    @Inject
    SaveForm save;

    @GET
    public RestResponse<Object> form() {
        return show.newMigration();
    }

    /** A button was pressed. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> press(MultipartFormDataInput input) {
        caller.get().requireSomewhere(Right.AUTHOR);
        Posted posted = Posted.of(input);
        return press.on(
                FormPage.What.fresh("migration"),
                posted,
                content -> save.newMigration(content, posted.why()),
                PressButton::neverStale);
    }
}
