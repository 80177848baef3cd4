package dev.switchback.edit;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Where the page of a conflict about an environment sends what was chosen. */
@Path("/environments/{key}/edit/merge")
@Produces(MediaType.TEXT_HTML)
public class ConflictOfEnvironmentPages {

    @Inject
    ConflictAnswer answer;

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> merge(@RestPath String key, MultipartFormDataInput input) {
        return answer.environment(key, ConflictForm.of(input));
    }
}
