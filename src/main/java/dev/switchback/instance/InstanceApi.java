package dev.switchback.instance;

import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** The instances, for programs. */
@Path("/api/v1")
public class InstanceApi {

    @Inject
    Instances instances;

    /** All of them: there are never many. */
    public record Answer(List<Instance> items) {}

    /** Who shares the work on this database, when each was last heard, and how many runs it drives. */
    @GET
    @Path("/instances")
    @Transactional
    public Answer list() {
        return new Answer(instances.all());
    }
}
