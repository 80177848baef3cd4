package dev.switchback.edit;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.environment.Editors;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
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

/** The form of an environment that is there. */
@Path("/environments/{key}/edit")
@Produces(MediaType.TEXT_HTML)
public class EditEnvironmentPages {

    @Inject
    CallerOfRequest caller;

    @Inject
    Editors editors;

    @Inject
    ShowForm show;

    @Inject
    PressButton press;

    @Inject
    SaveForm save;

    @Inject
    ShowConflict conflict;

    @Inject
    Environments environments;

    @GET
    public RestResponse<Object> form(@RestPath String key) {
        return show.environment(key);
    }

    /** A button was pressed: saves, checks, shows the file, or lays the form out anew. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> press(@RestPath String key, MultipartFormDataInput input) {
        Posted posted = Posted.of(input);
        posted.fields().put("key", key);
        Environment environment = environments.require(key);
        editors.require(environment, caller.get());
        var what = ShowForm.of(environment, posted.baseOfKept());
        return press.on(
                what,
                posted,
                content -> save.environment(posted.base(), content, posted.why()),
                content -> conflict.environment(environments.require(key), posted.base(), content, posted.note()));
    }
}
