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
 * @param archived whether it was put away
 * @param run its latest run, or null
 * @param hit where a search hit, or null when the row shows it by itself
 */
public record MigrationRow(
        String key,
        String title,
        String service,
        String owner,
        String state,
        Instant changedAt,
        boolean needsReview,
        boolean archived,
        LatestRun run,
        SearchHit hit) {

    static MigrationRow of(Migration migration, LatestRun run, SearchHit hit) {
        return new MigrationRow(
                migration.key(),
                migration.title(),
                migration.service(),
                migration.owner(),
                migration.state().word(),
                migration.changedAt(),
                migration.needsReview(),
                migration.isArchived(),
                run,
                hit);
    }

    /** What of a migration its row shows, to look for words in. */
    static String shown(Migration migration) {
        return String.join("\n", migration.title(), migration.key(), migration.service(), migration.owner());
    }
}
