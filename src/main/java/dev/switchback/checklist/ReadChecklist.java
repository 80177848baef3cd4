package dev.switchback.checklist;

import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.Migrations;
import dev.switchback.runbook.Runbook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Reads how the checklist of a migration stands. Needs a transaction or a request. */
@ApplicationScoped
public class ReadChecklist {

    @Inject
    Migrations migrations;

    @Inject
    ChecklistTicks ticks;

    /** With everything that was said, the latest 200 entries. */
    public Checklist whole(Migration migration) {
        MigrationRevision present = migrations.present(migration);
        return Checklist.of(present, Runbook.of(present), ticks.latestOfEach(migration), ticks.history(migration));
    }

    /** Only how it stands. */
    public Checklist summary(MigrationRevision present, Runbook runbook) {
        return runbook.checklist().isEmpty()
                ? new Checklist(present.number(), List.of())
                : Checklist.of(present, runbook, ticks.latestOfEach(present.migration()), List.of());
    }
}
