package dev.switchback.preview;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.runbook.Runbook;
import dev.switchback.web.Query;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What would be executed, to be read. Looking asks no target; only the button does, and it changes nothing either. */
@Path("/migrations/{key}/preview")
@Produces(MediaType.TEXT_HTML)
public class PreviewPages {

    @Inject
    ShowPreview show;

    @Inject
    AskRows askRows;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "preview", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance show(PreviewPage it);
    }

    private record Looked(PreviewPage page, Runbook runbook, EnvironmentContent content) {}

    @GET
    public TemplateInstance look(
            @RestPath String key,
            @RestQuery String environment,
            @RestQuery String purpose,
            @RestQuery Integer revision) {
        return Templates.show(gather(key, environment, purpose, revision, false).page());
    }

    /** The same with what the databases say about the rows. */
    @POST
    public TemplateInstance askRows(
            @RestPath String key, @RestForm String environment, @RestForm String purpose, @RestForm Integer revision) {
        Looked looked = gather(key, environment, purpose, revision, true);
        PreviewPage page = looked.page();
        if (page.environment() == null) {
            return Templates.show(page);
        }
        Preview asked = askRows.ask(page.preview(), looked.runbook(), looked.content());
        return Templates.show(
                new PreviewPage(page.migration(), page.environment(), page.environments(), page.revision(), asked));
    }

    private Looked gather(String key, String environment, String purpose, Integer revision, boolean asks) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Migration migration = migrations.require(key);
            MigrationRevision of =
                    revision == null ? migrations.present(migration) : migrations.requireRevision(migration, revision);
            Environment place =
                    Query.filled(environment).map(environments::require).orElse(null);
            if (place == null) {
                return new Looked(new PreviewPage(migration, null, environments.byTier(), revision, null), null, null);
            }
            caller.get().require(asks ? Right.CHECK : Right.READ, Where.of(migration.service(), place.key()));
            EnvironmentContent content = place.content();
            Preview preview = show.of(of, content, PreviewApi.purpose(purpose, content), "applied", "full", List.of());
            return new Looked(
                    new PreviewPage(migration, place, List.of(), revision, preview), Runbook.of(of.content()), content);
        });
    }
}
