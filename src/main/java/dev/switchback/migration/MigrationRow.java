package dev.switchback.migration;

import dev.switchback.migration.RunsOfMigration.LatestRun;
import java.time.Instant;
import java.time.LocalDate;

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

    /**
     * Everything that its cells are written from: what it shows, and the day, because times are shortened by it. The
     * parts cannot run into each other: no text from the database holds the sign between them.
     */
    public String seenOn(LocalDate day) {
        String ran =
                run == null ? "" : String.join("\0", "" + run.id(), run.state(), run.environment(), run.sentence());
        String found = hit == null ? "" : String.join("\0", hit.where(), hit.before(), hit.hit(), hit.after());
        return String.join(
                "\0",
                "migration",
                "" + day,
                key,
                title,
                service,
                owner,
                state,
                "" + changedAt,
                needsReview + "" + archived,
                ran,
                found);
    }

    /** What of a migration its row shows, to look for words in. */
    static String shown(Migration migration) {
        return String.join("\n", migration.title(), migration.key(), migration.service(), migration.owner());
    }
}
