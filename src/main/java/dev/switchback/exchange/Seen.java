package dev.switchback.exchange;

import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.web.IfMatch;

/** The present state of what two people may change at once, for who has not seen it. */
final class Seen {

    private Seen() {}

    static IfMatch.Present of(Migration migration, MigrationRevision present) {
        return new IfMatch.Present(
                present.etag(),
                migration.key() + " is at revision " + present.number(),
                present.createdBy(),
                present.createdAt());
    }

    static IfMatch.Present of(Environment environment) {
        return new IfMatch.Present(
                environment.etag(),
                environment.key() + " is at revision " + environment.revision(),
                environment.changedBy(),
                environment.changedAt());
    }
}
