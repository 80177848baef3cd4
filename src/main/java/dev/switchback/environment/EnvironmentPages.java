package dev.switchback.environment;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** The registered places: which there are, and whether one is reachable, really itself, and free. */
@Path("/environments")
@Produces(MediaType.TEXT_HTML)
public class EnvironmentPages {

    private static final int LATEST = 10;

    @Inject
    Environments environments;

    @Inject
    RunsHere runs;

    @Inject
    LastChecks checks;

    @Inject
    InstantSource clock;

    /** The pages. */
    @CheckedTemplate(basePath = "environment", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance list(List<EnvironmentRow> environments);

        static native TemplateInstance show(EnvironmentPage page);
    }

    @GET
    @Transactional
    public String list() {
        return Templates.list(environments.byTier().stream()
                        .map(each -> EnvironmentRow.of(page(each)))
                        .toList())
                .render();
    }

    @GET
    @Path("{key}")
    @Transactional
    public String show(@RestPath String key) {
        return Templates.show(page(environments.require(key))).render();
    }

    private EnvironmentPage page(Environment environment) {
        return new EnvironmentPage(
                environment,
                environment.content(),
                checks.of(environment).orElse(null),
                runs.latest(environment, LATEST),
                clock.instant());
    }
}
