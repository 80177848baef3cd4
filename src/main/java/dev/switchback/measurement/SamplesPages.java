package dev.switchback.measurement;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Where;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.migration.RunsOfMigration;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Samples that another tool took come in by a form. */
@Path("/migrations/{key}/measurements/import")
@Produces(MediaType.TEXT_HTML)
public class SamplesPages {

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    RunsOfMigration runs;

    @Inject
    KeepImported keepImported;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "measurement", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance samples(SamplesPage it);
    }

    @GET
    public String choose(@RestPath String key) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Templates.samples(fresh(key)).render());
    }

    /** Keeps them; what is wrong comes back with everything that was sent. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> keep(@RestPath String key, @BeanParam SamplesForm form) {
        byte[] file = new byte[0];
        try {
            file = form.bytes();
            var request = new KeepImported.Request(key, form.environment(), form.moment(), form.metric());
            Measurement kept = keepImported.keep(request, file, form.form(file), caller.get());
            return Redirect.to("/measurements/" + kept.id(), "The samples are kept as measurement " + kept.id() + ".");
        } catch (ProblemException e) {
            if (e.problem().status() == 403 || e.problem().status() == 404) {
                throw e;
            }
            return refused(key, form, e.problem(), new String(file, StandardCharsets.UTF_8));
        }
    }

    private RestResponse<Object> refused(String key, SamplesForm form, Problem problem, String sent) {
        String page = QuarkusTransaction.requiringNew()
                .call(() -> Templates.samples(fresh(key).refused(form, problem, sent))
                        .render());
        return RestResponse.ResponseBuilder.create(problem.status())
                .entity((Object) page)
                .build();
    }

    private SamplesPage fresh(String key) {
        Migration migration = migrations.require(key);
        return SamplesPage.fresh(
                migration,
                runs.count(migration),
                environments.byTier().stream()
                        .filter(each ->
                                caller.get().may(MeasureNow.right(each), Where.of(migration.service(), each.key())))
                        .toList(),
                DeclaredMetrics.of(migrations.present(migration)).stream()
                        .map(DeclaredMetrics::name)
                        .toList());
    }
}
