package dev.switchback.life;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Deletes what was never used, a draft or what is ready: a migration that ran is part of the history. */
@ApplicationScoped
public class DeleteDraft {

    @Inject
    Trail trail;

    @Inject
    Migrations migrations;

    @Inject
    LookAtLife life;

    /**
     * Deletes the migration with its revisions, decisions and ticks, in the transaction of the caller, who took their
     * turn.
     *
     * @throws dev.switchback.problem.ProblemException 409 when it ran, is archived, done or abandoned
     */
    public void delete(Migration migration) {
        migrations.lock(migration);
        life.require(migration, LifeVerb.DELETE);
        trail.record(Entry.of("migration.delete", "migration", migration.key())
                .where(migration.service(), null)
                .from("revision " + migration.revision() + ", “" + migration.title() + "”"));
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
