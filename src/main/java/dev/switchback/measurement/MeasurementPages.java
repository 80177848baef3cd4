package dev.switchback.measurement;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.comparison.SecondSitting;
import dev.switchback.web.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** One measurement: under way, then the record. */
@Path("/measurements/{id}")
@Produces(MediaType.TEXT_HTML)
public class MeasurementPages {

    @Inject
    ShowMeasurement measurements;

    @Inject
    SecondSitting secondSitting;

    @Inject
    StopMeasurement stop;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "measurement", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance show(MeasurementPage it, String baseline);
    }

    @GET
    @Transactional
    public String show(@RestPath long id) {
        MeasurementPage page = measurements.page(id);
        return Templates.show(page, secondSitting.words(page.measurement())).render();
    }

    /** Ends it. */
    @POST
    @Path("stop")
    public RestResponse<Object> stop(@RestPath long id) {
        stop.stop(id, caller.get());
        return Redirect.to("/measurements/" + id);
    }
}
