package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Where;
import dev.switchback.comparison.Comparisons;
import dev.switchback.comparison.KeptComparison;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.migration.RunsOfMigration;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.sampling.Amount;
import dev.switchback.web.Paging;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** What was measured of a migration; the form that measures now; two of them for comparing. */
@Path("/migrations/{key}/measurements")
@Produces(MediaType.TEXT_HTML)
public class MigrationMeasurementsPages {

    private static final int LIMIT = 50;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    RunsOfMigration runs;

    @Inject
    Measurements measurements;

    @Inject
    Comparisons comparisons;

    @Inject
    MeasureNow measureNow;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "measurement", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance list(MeasurementsPage it, List<KeptComparison> verdicts);
    }

    @GET
    public String show(
            @RestPath String key, @RestQuery String environment, @RestQuery String moment, @RestQuery String after) {
        var form = new MeasureForm();
        form.environment = environment;
        if (moment != null && Moment.of(moment).isPresent()) {
            form.moment = moment;
        }
        return page(key, form, null, after);
    }

    /** Measures now. */
    @POST
    public RestResponse<Object> measure(@RestPath String key, @BeanParam MeasureForm form) {
        try {
            return Redirect.to("/measurements/" + measureNow.measure(form.request(key), caller.get()));
        } catch (ProblemException e) {
            form.metrics = form.metrics == null ? List.of() : form.metrics;
            if (e.problem().status() == 403 || e.problem().status() == 404) {
                throw e;
            }
            return RestResponse.ResponseBuilder.create(e.problem().status())
                    .entity((Object) page(key, form, e.problem(), null))
                    .build();
        }
    }

    private String page(String key, MeasureForm form, Problem problem, String after) {
        return QuarkusTransaction.requiringNew().call(() -> shown(gather(key, form, problem, after)));
    }

    private String shown(MeasurementsPage page) {
        return Templates.list(page, comparisons.latestOf(page.migration())).render();
    }

    private MeasurementsPage gather(String key, MeasureForm form, Problem problem, String after) {
        Migration migration = migrations.require(key);
        List<JsonNode> metrics = DeclaredMetrics.of(migrations.present(migration));
        long before = after == null || after.isEmpty() ? Long.MAX_VALUE : Paging.decode(after, Long::parseLong);
        List<Measurement> found = measurements.page(migration, Optional.empty(), Optional.empty(), before, LIMIT + 1);
        Paging.Page<Measurement> page = Paging.page(
                found,
                LIMIT,
                "/migrations/" + key + "/measurements",
                each -> each.id().toString());
        Map<Long, List<MeasuredMetric>> measured = measurements.metricsOf(page.items());
        return new MeasurementsPage(
                migration,
                runs.count(migration),
                MeasurementsPage.plans(metrics, Amount.FULL),
                MeasurementsPage.plans(metrics, Amount.QUICK),
                MeasurementsPage.plans(metrics, Amount.THOROUGH),
                environments.byTier().stream()
                        .filter(each ->
                                caller.get().may(MeasureNow.right(each), Where.of(migration.service(), each.key())))
                        .toList(),
                page.map(each -> MeasurementsPage.Row.of(each, measured.getOrDefault(each.id(), List.of()))),
                form,
                problem);
    }
}
