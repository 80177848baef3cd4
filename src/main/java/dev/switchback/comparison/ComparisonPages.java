package dev.switchback.comparison;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.measurement.MeasuredMetric;
import dev.switchback.measurement.Measurements;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.Query;
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
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Did it get better? */
@Path("/comparisons")
@Produces(MediaType.TEXT_HTML)
public class ComparisonPages {

    @Inject
    AskedFor askedFor;

    @Inject
    Compare compare;

    @Inject
    Comparisons comparisons;

    @Inject
    OtherChanges changes;

    @Inject
    ExtendComparison extend;

    @Inject
    Measurements measurements;

    @Inject
    CallerOfRequest caller;

    /** The pages. */
    @CheckedTemplate(basePath = "comparison", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance show(ComparisonPage it);

        static native TemplateInstance empty(Problem problem);
    }

    /** Two measurements, or all legs of a run. Where a side is missing, how to get it. */
    @GET
    @Transactional(dontRollbackOn = ProblemException.class)
    public RestResponse<Object> compare(
            @RestQuery List<String> before, @RestQuery List<String> after, @RestQuery String run) {
        try {
            return RestResponse.ok(show(askedFor.comparison(before, after, run, caller.get())));
        } catch (ProblemException e) {
            return missing(before, after, run)
                    .map(side -> RestResponse.ResponseBuilder.<Object>create(200)
                            .entity(Templates.empty(e.problem()).render())
                            .build())
                    .orElseThrow(() -> e);
        }
    }

    /** A side that nobody has measured yet is no mistake. */
    private static Optional<String> missing(List<String> before, List<String> after, String run) {
        if (Query.filled(run).isPresent()) {
            return Optional.empty();
        }
        return isEmpty(before) ? Optional.of("before") : isEmpty(after) ? Optional.of("after") : Optional.empty();
    }

    private static boolean isEmpty(List<String> values) {
        return values == null || values.stream().allMatch(String::isBlank);
    }

    /** One that is kept. */
    @GET
    @Path("{id: \\d{1,18}}")
    @Transactional
    public String one(@RestPath long id) {
        return show(comparisons.require(id));
    }

    /** Judges the same sittings again, with what is known today. */
    @POST
    @Path("{id: \\d{1,18}}/again")
    @Transactional
    public RestResponse<Object> again(@RestPath long id) {
        KeptComparison now = compare.again(id, caller.get());
        return Redirect.to(
                "/comparisons/" + now.id(),
                now.id() == id
                        ? "Judged again: the same samples, the same circumstances, the same verdict."
                        : "Something is known that was not known then. This is the new verdict; comparison " + id
                                + " stays as it is.");
    }

    /** Adds blocks to the side that was measured last. */
    @POST
    @Path("{id: \\d{1,18}}/extend")
    public RestResponse<Object> extend(@RestPath long id) {
        long measurement = extend.extend(id, caller.get());
        return Redirect.to(
                "/measurements/" + measurement,
                "Blocks are being added to comparison " + id
                        + ". When they are taken, its page leads to the second look.");
    }

    private String show(KeptComparison kept) {
        return Templates.show(ComparisonPage.of(kept, queries(kept), extend.of(kept), changes.toldSince(kept)))
                .render();
    }

    /** Of every metric that counted statements on both sides. */
    private List<QueryChanges> queries(KeptComparison kept) {
        List<MeasuredMetric> before = measurements.metricsOf(measurements.require(kept.before()));
        List<MeasuredMetric> after = measurements.metricsOf(measurements.require(kept.after()));
        return after.stream()
                .filter(metric -> metric.source().equals("statements"))
                .flatMap(metric -> before.stream()
                        .filter(other -> other.name().equals(metric.name()))
                        .filter(other ->
                                counters(other).isPresent() && counters(metric).isPresent())
                        .map(other -> QueryChanges.of(
                                metric.name(),
                                counters(other).get(),
                                counters(metric).get())))
                .toList();
    }

    private static Optional<com.fasterxml.jackson.databind.JsonNode> counters(MeasuredMetric metric) {
        return metric.facts().map(facts -> facts.path("counters")).filter(each -> each.isObject());
    }
}
