package dev.switchback.instance;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
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

    @Inject
    CallerOfRequest caller;

    /** All of them: there are never many. */
    public record Answer(List<Instance> items) {}

    /** Who shares the work on this database, when each was last heard, and how many runs it drives that the one who asks may see. */
    @GET
    @Path("/instances")
    @Transactional
    public Answer list() {
        caller.get().requireSomewhere(Right.READ);
        return new Answer(instances.all());
    }
}
