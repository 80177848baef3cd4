package dev.switchback.instance;

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

    /** The page. */
    @CheckedTemplate(basePath = "instance")
    static class Templates {
        static native TemplateInstance list(List<Instance> instances);
    }

    @GET
    @Transactional
    public String list() {
        return Templates.list(instances.all()).render();
    }
}
