package dev.switchback.runbook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

    /** Every run that ends asks this, of content that never changes: by its hash, the answer of this version. */
    private final Cache<String, Boolean> sound =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /** Looks again, in the transaction of the caller. */
    public void refresh(Migration migration) {
        // Somebody may decide about it, or keep its next revision, at this very moment: what is derived must be from
        // that.
        migrations.lock(migration);
        MigrationRevision present = migrations.present(migration);
        migration.stands(MigrationState.derive(
                isRunnable(migration, present), runs.wasRehearsed(present), runs.lastLive(present)));
    }

    private boolean isRunnable(Migration migration, MigrationRevision present) {
        return !migration.needsReview() && sound.get(present.contentHash(), hash -> isSound(present.content()));
    }

    private static boolean isSound(ObjectNode content) {
        return !Runbook.of(content).steps().isEmpty()
                && Linter.of(content).stream().noneMatch(Finding::isError);
    }
}
