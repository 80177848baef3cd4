package dev.switchback.runbook;

import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.MigrationState;
import dev.switchback.migration.Migrations;
import dev.switchback.migration.RunsOfMigration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Derives where a migration stands from its present revision and the runs of what that says, whenever one of them is
 * new.
 */
@ApplicationScoped
public class Standing {

    @Inject
    Migrations migrations;

    @Inject
    RunsOfMigration runs;

    /** Looks again, in the transaction of the caller. */
    public void refresh(Migration migration) {
        // Somebody may decide about it, or keep its next revision, at this very moment: what is derived must be from
        // that.
        migrations.lock(migration);
        MigrationRevision present = migrations.present(migration);
        migration.stands(MigrationState.derive(
                isRunnable(migration, present), runs.wasRehearsed(present), runs.lastLive(present)));
    }

    private static boolean isRunnable(Migration migration, MigrationRevision present) {
        return !migration.needsReview()
                && !Runbook.of(present.content()).steps().isEmpty()
                && Linter.of(present.content()).stream().noneMatch(Finding::isError);
    }
}
