package dev.switchback.people;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.GivenGrants;
import dev.switchback.access.HeldGrant;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who can do what, and why: the answer for who has to vouch for it. */
@Path("/access")
@Produces(MediaType.TEXT_HTML)
public class AccessPages {

    @Inject
    GivenGrants given;

    @Inject
    Places places;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "people")
    static class Templates {
        static native TemplateInstance access(AccessTable table);
    }

    @GET
    @Transactional
    public String table() {
        PeopleApi.requireAdmin(caller);
        var held = given.ofEverybody();
        var everywhere = places.with(held.stream().map(HeldGrant::grant).toList());
        return Templates.access(AccessTable.of(everywhere, held)).render();
    }
}
