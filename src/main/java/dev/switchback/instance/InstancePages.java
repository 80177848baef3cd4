package dev.switchback.instance;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Sight;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who shares the work. */
@Path("/instances")
@Produces(MediaType.TEXT_HTML)
public class InstancePages {

    @Inject
    Instances instances;

    @Inject
    Sight sight;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "instance")
    static class Templates {
        static native TemplateInstance list(List<Instance> instances, boolean all);
    }

    @GET
    @Transactional
    public String list() {
        caller.get().requireSomewhere(Right.READ);
        return Templates.list(instances.all(), sight.seesEverything()).render();
    }
}
