package dev.switchback.readiness;

import dev.switchback.access.Sight;
import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.run.GateTable;
import dev.switchback.run.Gatekeeper.Question;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gathers what pages and programs are shown of the readiness of a migration. Needs a transaction or a request. */
@ApplicationScoped
public class ShowReadiness {

    @Inject
    AskReadiness readiness;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Runs runs;

    @Inject
    Sight sight;

    @Inject
    InstantSource clock;

    /** What is asked about a live run of a revision there, now or when the run that waits is to begin. */
    public Question question(Migration migration, MigrationRevision revision, Environment environment, Instant start) {
        Optional<Run> waiting = waiting(migration, environment);
        return new Question(
                migration.key(),
                revision.id(),
                environment.key(),
                Purpose.LIVE,
                waiting.map(Run::startAt)
                        .filter(planned -> planned.isAfter(clock.instant()))
                        .orElse(start == null ? clock.instant() : start),
                waiting.map(Run::id).orElse(null));
    }

    /** The panel of a page, from what is known. */
    public ReadinessPanel panel(Migration migration, MigrationRevision revision, Environment environment) {
        Question question = question(migration, revision, environment, null);
        return panel(migration, revision, environment, question, readiness.look(question));
    }

    ReadinessPanel panel(
            Migration migration,
            MigrationRevision revision,
            Environment environment,
            Question question,
            GateTable table) {
        return new ReadinessPanel(migration, environment, revision.number(), table, question.run());
    }

    /** Where the one who asks may know how it stands with the service of the migration, production last. */
    List<Environment> places(Migration migration) {
        return environments.byTier().stream()
                .filter(each -> sight.sees(Where.of(migration.service(), each.key())))
                .toList();
    }

    /** The panels of a migration's page: one for each environment with customers, as far as it may be seen. */
    public List<ReadinessPanel> beforeProduction(Migration migration, MigrationRevision revision) {
        return places(migration).stream()
                .filter(each -> each.tier().isProduction())
                .limit(2)
                .map(each -> panel(migration, revision, each))
                .toList();
    }

    /** A run of this migration that was asked for there and has not begun: it is not in its own way. */
    private Optional<Run> waiting(Migration migration, Environment environment) {
        return runs.holding(migration.service(), environment)
                .filter(run -> run.migration().equals(migration))
                .filter(Run::isStillToBegin);
    }
}
