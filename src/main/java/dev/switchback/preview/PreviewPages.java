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
import dev.switchback.problem.Problem;
import dev.switchback.run.Run;
import dev.switchback.run.Runs;
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
    Runs runs;

    @Inject
    CallerOfRequest caller;

    /** The page. */
    @CheckedTemplate(basePath = "preview", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance show(PreviewPage it);
    }

    private record Looked(PreviewPage page, Runbook runbook, EnvironmentContent content) {}

    /** What a run would execute, or, where a run is named, what that very run does. */
    @GET
    public TemplateInstance look(
            @RestPath String key,
            @RestQuery String environment,
            @RestQuery String purpose,
            @RestQuery Integer revision,
            @RestQuery Long run) {
        return Templates.show(gather(key, new Wanted(environment, purpose, revision, run), false)
                .page());
    }

    /** The same with what the databases say about the rows. */
    @POST
    public TemplateInstance askRows(
            @RestPath String key,
            @RestForm String environment,
            @RestForm String purpose,
            @RestForm Integer revision,
            @RestForm Long run) {
        Looked looked = gather(key, new Wanted(environment, purpose, revision, run), true);
        PreviewPage page = looked.page();
        return Templates.show(
                page.environment() == null
                        ? page
                        : page.with(askRows.ask(page.preview(), looked.runbook(), looked.content())));
    }

    /** What is asked for; a run says all the rest itself. */
    private record Wanted(String environment, String purpose, Integer revision, Long run) {}

    private Looked gather(String key, Wanted wanted, boolean asks) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Migration migration = migrations.require(key);
            return wanted.run() == null ? planned(migration, wanted, asks) : existing(migration, wanted.run(), asks);
        });
    }

    private Looked existing(Migration migration, long id, boolean asks) {
        Run run = runs.require(id);
        if (!run.migration().equals(migration)) {
            throw Problem.notFound("Run " + id + " is none of " + migration.key(), "a run of this migration")
                    .toException();
        }
        caller.get().require(asks ? Right.CHECK : Right.READ, run.where());
        return new Looked(
                new PreviewPage(
                        migration, run.environment(), List.of(), run.revision().number(), run, show.of(run)),
                Runbook.of(run.revision()),
                run.pinnedEnvironment());
    }

    private Looked planned(Migration migration, Wanted wanted, boolean asks) {
        MigrationRevision of = wanted.revision() == null
                ? migrations.present(migration)
                : migrations.requireRevision(migration, wanted.revision());
        Environment place =
                Query.filled(wanted.environment()).map(environments::require).orElse(null);
        if (place == null) {
            return new Looked(
                    new PreviewPage(migration, null, environments.byTier(), wanted.revision(), null, null), null, null);
        }
        caller.get().require(asks ? Right.CHECK : Right.READ, Where.of(migration.service(), place.key()));
        EnvironmentContent content = place.content();
        Preview preview =
                show.of(of, content, PreviewApi.purpose(wanted.purpose(), content), "applied", "full", List.of());
        return new Looked(
                new PreviewPage(migration, place, List.of(), wanted.revision(), null, preview),
                Runbook.of(of),
                content);
    }
}
