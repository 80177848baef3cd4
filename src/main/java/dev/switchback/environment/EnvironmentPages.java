package dev.switchback.environment;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.environment.CheckEnvironment.Report;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

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
    CallerOfRequest caller;

    @Inject
    CheckEnvironment check;

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
        Map<Long, Report> found = checks.ofAll();
        return Templates.list(environments.byTier().stream()
                        .map(each -> EnvironmentRow.of(page(each, found.get(each.id()))))
                        .toList())
                .render();
    }

    @GET
    @Path("{key}")
    @Transactional
    public String show(@RestPath String key) {
        Environment environment = environments.require(key);
        return Templates.show(page(environment, checks.of(environment).orElse(null)))
                .render();
    }

    /** Connects to every target and asks the place who it is; changes nothing. */
    @POST
    @Path("{key}/check")
    public RestResponse<Object> check(@RestPath String key) {
        Environment environment = environments.require(key);
        checks.keep(environment, check.check(key, caller.get()));
        return Redirect.to("/environments/" + environment.key());
    }

    private EnvironmentPage page(Environment environment, Report found) {
        return new EnvironmentPage(
                environment, environment.content(), found, runs.latest(environment, LATEST), clock.instant());
    }
}
