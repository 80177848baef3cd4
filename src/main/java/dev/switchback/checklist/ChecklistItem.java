package dev.switchback.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.runbook.Runbook;
import java.util.List;
import java.util.Optional;

/**
 * A question of a revision.
 *
 * @param id its name within the migration
 * @param title the question
 * @param wants what it wants to be shown; empty when a tick is enough
 */
public record ChecklistItem(String id, String title, Optional<EvidenceKind> wants) {

    static List<ChecklistItem> of(Runbook runbook) {
        return runbook.checklist().stream().map(ChecklistItem::of).toList();
    }

    private static ChecklistItem of(JsonNode item) {
        return new ChecklistItem(
                item.path("id").asText(),
                item.path("title").asText(),
                EvidenceKind.of(item.path("evidence").asText()));
    }

    /** Whether it can only be ticked off with something to look at; a note can be written anywhere. */
    public boolean wantsEvidence() {
        return wants.filter(kind -> kind != EvidenceKind.NOTE).isPresent();
    }
}
