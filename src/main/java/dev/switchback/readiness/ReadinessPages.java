package dev.switchback.readiness;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.run.GateTable;
import dev.switchback.run.Gatekeeper.Question;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.FormParam;
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

/** Can this go to production, and if not, what is missing? */
@Path("/migrations/{key}/readiness")
@Produces(MediaType.TEXT_HTML)
public class ReadinessPages {

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    ShowReadiness show;

    @Inject
    AskReadiness readiness;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "readiness", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance show(ReadinessPage it);
    }

    @GET
    @Transactional
    public String look(@RestPath String key, @RestQuery String environment) {
        Migration migration = migrations.require(key);
        MigrationRevision revision = migrations.present(migration);
        List<Environment> all = show.places(migration);
        Optional<Environment> chosen = Query.filled(environment)
                .map(environments::require)
                .or(() -> all.stream().reduce((first, second) -> second));
        chosen.ifPresent(each -> caller.get().require(Right.READ, Where.of(migration.service(), each.key())));
        return Templates.show(new ReadinessPage(
                        migration,
                        revision,
                        all,
                        chosen.map(each -> show.panel(migration, revision, each))
                                .orElse(null)))
                .render();
    }

    /** Asks the targets, then shows the page anew. */
    @POST
    public RestResponse<Object> ask(@RestPath String key, @FormParam("environment") String environment) {
        caller.get().requireScope("operate");
        Question question = QuarkusTransaction.requiringNew().call(() -> question(key, environment));
        GateTable table = readiness.ask(question);
        String said = table.isReady()
                ? "Asked now: every gate holds."
                : "Asked now: " + table.done() + " of " + table.required().size() + " gates hold.";
        return Redirect.to("/migrations/" + key + "/readiness?environment=" + question.environment(), said);
    }

    private Question question(String key, String place) {
        Migration migration = migrations.require(key);
        Environment environment = environments.require(place == null ? "" : place);
        caller.get().require(Right.CHECK, Where.of(migration.service(), environment.key()));
        return show.question(migration, migrations.present(migration), environment, null);
    }
}
