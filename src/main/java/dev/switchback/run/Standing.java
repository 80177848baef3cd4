package dev.switchback.run;

import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.MigrationState;
import dev.switchback.migration.MigrationState.LastLive;
import dev.switchback.migration.Migrations;
import dev.switchback.runbook.Finding;
import dev.switchback.runbook.Linter;
import dev.switchback.runbook.Runbook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Derives where a migration stands from its present revision and its runs, whenever one of them is new. */
@ApplicationScoped
public class Standing {

    @Inject
    Migrations migrations;

    @Inject
    Runs runs;

    /** Looks again, in the transaction of the caller. */
    public void refresh(Migration migration) {
        MigrationRevision present = migrations.present(migration);
        migration.stands(
                MigrationState.derive(isRunnable(migration, present), runs.wasRehearsed(present), lastLive(present)));
    }

    private static boolean isRunnable(Migration migration, MigrationRevision present) {
        return !migration.needsReview()
                && !Runbook.of(present.content()).steps().isEmpty()
                && Linter.of(present.content()).stream().noneMatch(Finding::isError);
    }

    private LastLive lastLive(MigrationRevision present) {
        return runs.lastLiveOf(present)
                .map(run -> run.state() == RunState.SUCCEEDED ? LastLive.SUCCEEDED : LastLive.ROLLED_BACK)
                .orElse(LastLive.NONE);
    }
}
