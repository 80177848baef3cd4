package dev.switchback.runbook;

import dev.switchback.migration.Decision;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.RunsOfMigration.RunsOfRevision;
import java.time.Instant;

/**
 * A line of the history: a revision, or a decision about the migration.
 *
 * @param revision the revision, or null
 * @param summary what differs from the revision before, in one line; empty for the first
 * @param runs the runs that ran it, or null
 * @param decision the decision, or null
 */
public record RevisionRow(MigrationRevision revision, String summary, RunsOfRevision runs, Decision decision) {

    static RevisionRow of(Decision decision) {
        return new RevisionRow(null, "", null, decision);
    }

    /** When it happened. */
    public Instant at() {
        return decision == null ? revision.createdAt() : decision.decidedAt();
    }

    /** The number of the revision before, 0 for the first. */
    public int before() {
        return revision.number() - 1;
    }
}
