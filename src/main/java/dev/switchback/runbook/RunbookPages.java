package dev.switchback.runbook;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.checklist.Checklist;
import dev.switchback.checklist.ReadChecklist;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.migration.RunsOfMigration;
import dev.switchback.migration.VerdictsOfMigration;
import dev.switchback.readiness.ReadinessPanel;
import dev.switchback.readiness.ShowReadiness;
import dev.switchback.run.Run;
import dev.switchback.run.Runs;
import dev.switchback.runbook.MigrationPage.PlaceRow;
import dev.switchback.step.StepKind;
import dev.switchback.web.Labels;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The page of a migration, and its runbook in full: printed, it is the paper runbook. */
@Path("/migrations/{key}")
@Produces(MediaType.TEXT_HTML)
public class RunbookPages {

    private static final int LATEST = 5;

    @Inject
    CallerOfRequest caller;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    RunsOfMigration runs;

    @Inject
    VerdictsOfMigration verdicts;

    @Inject
    ReadChecklist checklist;

    @Inject
    ShowReadiness readiness;

    @Inject
    Runs everyRun;

    @Inject
    InstantSource clock;

    /** The pages. */
    @CheckedTemplate(basePath = "runbook", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance overview(
                MigrationPage page, Checklist checklist, List<ReadinessPanel> readiness, List<Run> unreviewed);

        static native TemplateInstance script(
                Migration migration, MigrationRevision revision, Runbook runbook, List<StepCard> steps, long runCount);
    }

    /** The page everybody links to. */
    @GET
    @Transactional
    public String show(@RestPath String key) {
        Migration migration = migrations.require(key);
        MigrationRevision revision = migrations.present(migration);
        Runbook runbook = Runbook.of(revision);
        return Templates.overview(
                        new MigrationPage(
                                migration,
                                revision,
                                runbook,
                                StepCard.of(runbook),
                                MigrationPage.gravestFirst(Linter.of(revision.content())),
                                environments.byTier().stream()
                                        .map(each -> place(migration, runbook, each))
                                        .toList(),
                                runs.latest(migration, LATEST),
                                runs.count(migration),
                                runs.took(migration),
                                estimate(migration, runbook),
                                verdicts.latest(migration)),
                        checklist.summary(revision, runbook),
                        migration.isArchived() || migration.state().isLastWord()
                                ? List.of()
                                : readiness.beforeProduction(migration, revision),
                        everyRun.unreviewed(migration))
                .render();
    }

    private RunsOfMigration.Estimate estimate(Migration migration, Runbook runbook) {
        Map<Boolean, List<String>> ids = runbook.steps().stream()
                .collect(Collectors.partitioningBy(
                        step -> step.kind() == StepKind.MANUAL,
                        Collectors.mapping(RunbookStep::id, Collectors.toList())));
        return runs.estimate(migration, ids.get(false), ids.get(true)).orElse(null);
    }

    private PlaceRow place(Migration migration, Runbook runbook, Environment environment) {
        Right right = environment.tier().isProduction() ? Right.OPERATE : Right.REHEARSE;
        Optional<Long> holder = runs.holding(runbook.service(), environment);
        return new PlaceRow(
                environment.key(),
                environment.name(),
                environment.tier().word(),
                holder.isPresent() ? "held by a run" : obstacle(migration, runbook, environment),
                holder.orElse(null),
                right,
                caller.get().may(right, Where.of(runbook.service(), environment.key())));
    }

    private String obstacle(Migration migration, Runbook runbook, Environment environment) {
        if (migration.isArchived() || migration.state().isLastWord()) {
            return "it is "
                    + (migration.isArchived() ? "archived" : migration.state().word());
        }
        if (migration.needsReview() && environment.tier().isProduction()) {
            return "nobody has read it yet";
        }
        if (runbook.steps().isEmpty()) {
            return "the runbook has no steps yet";
        }
        var missing = new TreeSet<String>();
        StepCard.of(runbook).forEach(step -> step.targets().forEach(missing::add));
        missing.removeAll(environment.content().targets().keySet());
        if (!missing.isEmpty()) {
            return "has no target " + String.join(", ", missing);
        }
        return environment
                .content()
                .frozenAt(clock.instant())
                .map(freeze -> "frozen until " + Labels.full(freeze.to())
                        + (freeze.reason().isEmpty() ? "" : ", " + freeze.reason()))
                .orElse("");
    }

    /** Step by step, with every command and its way back. */
    @GET
    @Path("runbook")
    @Transactional
    public String script(@RestPath String key, @RestQuery Integer rev) {
        Migration migration = migrations.require(key);
        MigrationRevision revision =
                rev == null ? migrations.present(migration) : migrations.requireRevision(migration, rev);
        Runbook runbook = Runbook.of(revision);
        return Templates.script(migration, revision, runbook, StepCard.of(runbook), runs.count(migration))
                .render();
    }
}
