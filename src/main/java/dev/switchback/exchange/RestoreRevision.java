package dev.switchback.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.runbook.ContentHash;
import dev.switchback.runbook.KeepMigration;
import dev.switchback.runbook.KeepMigration.Kept;
import dev.switchback.runbook.KeepMigration.Writing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Makes what an old revision said the present again: as a new revision, with the text of the old one. */
@ApplicationScoped
public class RestoreRevision {

    @Inject
    Migrations migrations;

    @Inject
    KeepMigration keep;

    /**
     * Restores a revision. One that says what the present one says makes none; at most its text is taken. What was
     * reviewed after it was written comes back as reviewed. The caller took their turn before it looked.
     *
     * @param note why; may be empty
     * @throws dev.switchback.problem.ProblemException 404 when there is no such revision
     */
    @Transactional
    public Kept restore(Migration migration, int number, Optional<String> note, Caller caller) {
        caller.require(Right.AUTHOR, migration.where());
        MigrationRevision old = migrations.requireRevision(migration, number);
        String text = migrations.text(old);
        String why = "Restored from revision " + number
                + note.map(said -> ": " + said).orElse("");
        return keep.keep(Writing.file(content(old, text), text, Optional.of(why)), caller);
    }

    /** As the latest text says it: a review takes its mark out of the text, while the first content keeps it. */
    private static ObjectNode content(MigrationRevision old, String text) {
        List<ReadDocument> documents = RunbookFileReader.read(text).documents();
        boolean isReadable = documents.size() == 1
                && ContentHash.of(documents.get(0).content()).equals(old.contentHash());
        return isReadable ? documents.get(0).content() : old.content();
    }
}
