package dev.switchback.schedule;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Sight;
import dev.switchback.access.Where;
import dev.switchback.problem.Problem;
import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Deploys for programs: the webhook of a CI. */
@Path("/api/v1")
public class DeployApi {

    @Inject
    AnnounceDeploy announce;

    @Inject
    Deploys deploys;

    @Inject
    Sight sight;

    @Inject
    CallerOfRequest caller;

    /** What is announced; the service stands in the address. */
    public record DeployRequest(String environment, String version, Instant at) {}

    /** Announces a change of a service from outside. */
    @POST
    @Path("/services/{service}/deploys")
    public RestResponse<Object> announce(@RestPath String service, DeployRequest body) {
        if (body == null) {
            throw Problem.syntax("The request has no body", "a JSON object").toException();
        }
        Deploy deploy = announce.announce(
                new AnnounceDeploy.Announcement(service, body.environment(), body.version(), body.at()), caller.get());
        return Redirect.answer(RestResponse.Status.CREATED, "/api/v1/deploys/" + deploy.id())
                .entity(one(deploy.id()))
                .build();
    }

    /** One. */
    @GET
    @Path("/deploys/{id}")
    @Transactional
    public DeployView one(@RestPath long id) {
        return DeployView.of(deploys.require(id));
    }

    /** Those of a service, the latest first. */
    @GET
    @Path("/services/{service}/deploys")
    @Transactional
    public Paging.Page<DeployView> list(
            @RestPath String service,
            @RestQuery String environment,
            @RestQuery Integer limit,
            @RestQuery String after) {
        if (!sight.sees(Where.service(service))) {
            throw Problem.notFound("There is no service “" + service + "”", "a service that you may see")
                    .toException();
        }
        int size = Paging.limit(limit);
        List<Deploy> found = deploys.page(
                service,
                Query.filled(environment),
                after == null ? Deploys.Position.FIRST : Paging.decode(after, Deploys.Position::read),
                size + 1);
        String address = Query.of("/api/v1/services/" + encoded(service) + "/deploys")
                .with("environment", environment)
                .with("limit", limit)
                .toString();
        return Paging.page(found, size, address, Deploys.Position::of).map(DeployView::of);
    }

    private static String encoded(String service) {
        return java.net.URLEncoder.encode(service, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
