package dev.switchback.exchange;

import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Deletes what was never used: a migration that ran is part of the history. */
@ApplicationScoped
class DeleteDraft {

    @Inject
    Migrations migrations;

    @Inject
    Runs runs;

    /** Deletes the migration with its revisions, in the transaction of the caller. */
    void delete(Migration migration) {
        if (runs.everRan(migration)) {
            throw Problem.conflict(
                            migration.key() + " has run and is part of the history; it cannot be deleted",
                            "a migration that never ran")
                    .toException();
        }
        migrations
                .getEntityManager()
                .createQuery("delete from MigrationRevision where migration = :migration")
                .setParameter("migration", migration)
                .executeUpdate();
        // The revision that If-Match was compared with is still in memory and would be missed at the commit.
        migrations.getEntityManager().clear();
        migrations.deleteById(migration.id());
    }
}
