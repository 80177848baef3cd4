package dev.switchback.run;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What is moving, what waits for you, what is next. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class NowPages {

    @Inject
    ShowNow show;

    /** The page. */
    @CheckedTemplate(basePath = "run", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance now(NowPage now);

        static native TemplateInstance firstUse(NowPage now);
    }

    @GET
    public TemplateInstance now() {
        NowPage now = show.page();
        boolean nothing = now.isFirstUse()
                && now.needsYou().isEmpty()
                && now.moving().isEmpty()
                && now.finished().isEmpty();
        return nothing ? Templates.firstUse(now) : Templates.now(now);
    }
}
