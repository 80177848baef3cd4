package dev.switchback.migration;

import dev.switchback.migration.RunsOfMigration.LatestRun;
import java.time.Instant;

/**
 * A migration in the list.
 *
 * @param key its key
 * @param title its title
 * @param service its service
 * @param owner its owner
 * @param state the word of its state
 * @param changedAt when it was changed last
 * @param needsReview whether somebody must look at it first
 * @param run its latest run, or null
 */
public record MigrationRow(
        String key,
        String title,
        String service,
        String owner,
        String state,
        Instant changedAt,
        boolean needsReview,
        LatestRun run) {

    static MigrationRow of(Migration migration, LatestRun run) {
        return new MigrationRow(
                migration.key(),
                migration.title(),
                migration.service(),
                migration.owner(),
                migration.state().word(),
                migration.changedAt(),
                migration.needsReview(),
                run);
    }
}
