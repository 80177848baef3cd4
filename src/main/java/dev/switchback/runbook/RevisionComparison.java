package dev.switchback.runbook;

import dev.switchback.diff.ContentDiff;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;

/**
 * Two revisions of a migration side by side.
 *
 * @param migration the migration
 * @param from the one on the left
 * @param to the one on the right
 * @param diff what differs
 */
public record RevisionComparison(Migration migration, MigrationRevision from, MigrationRevision to, ContentDiff diff) {

    static RevisionComparison of(Migration migration, MigrationRevision from, MigrationRevision to) {
        return new RevisionComparison(migration, from, to, ContentDiff.of(from.content(), to.content()));
    }

    /** Whether somebody compares a revision with itself. */
    public boolean isOne() {
        return from.number() == to.number();
    }

    /** Whether the mark that nobody has read it came or went. */
    public boolean hasOtherMark() {
        return needsReview(from) != needsReview(to);
    }

    private static boolean needsReview(MigrationRevision revision) {
        return revision.content().path("needsReview").asBoolean(false);
    }

    /** The older of both, which can be restored; null when both are the present one. */
    public MigrationRevision restorable() {
        MigrationRevision older = from.number() < to.number() ? from : to;
        return older.number() == migration.revision() ? null : older;
    }
}
