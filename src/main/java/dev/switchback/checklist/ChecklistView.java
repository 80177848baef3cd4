package dev.switchback.checklist;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A checklist as programs see it.
 *
 * @param migration the key
 * @param revision the present revision, whose questions these are
 * @param done how many are ticked off
 * @param outdated how many were ticked off on other work, and ask again
 * @param open how many are not done, the outdated ones among them
 */
public record ChecklistView(
        String migration, int revision, int total, int done, int outdated, int open, List<ItemView> items) {

    /**
     * An item.
     *
     * @param evidence what it wants to be shown: plan, run, data, comparison or note; null when a tick is enough
     * @param done whether it is ticked off and the tick counts
     * @param outdated whether it was ticked off on other work than the present revision's
     * @param given what was given to look at
     * @param revision on which revision this was said
     * @param history everything that was said, newest first
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ItemView(
            String id,
            String title,
            String evidence,
            boolean done,
            boolean outdated,
            String by,
            Instant at,
            String note,
            Given given,
            Integer revision,
            List<SaidView> history) {

        static ItemView of(Checklist.Row row) {
            return new ItemView(
                    row.item().id(),
                    row.item().title(),
                    row.item().wants().map(EvidenceKind::word).orElse(null),
                    row.isDone(),
                    row.outdated(),
                    row.by(),
                    row.at(),
                    row.note(),
                    Optional.ofNullable(row.evidence()).map(Given::of).orElse(null),
                    row.revision(),
                    row.history().stream().map(SaidView::of).toList());
        }
    }

    /**
     * What was given to look at.
     *
     * @param checked whether this version could look: false for words, links and addresses of what it cannot make yet
     */
    public record Given(String text, String link, boolean checked) {
        static Given of(Evidence evidence) {
            return new Given(
                    evidence.text(),
                    evidence.link().orElse(null),
                    evidence.run().isPresent());
        }
    }

    /** What somebody said once. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SaidView(boolean done, String by, Instant at, String note, String evidence, int revision) {
        static SaidView of(ChecklistTick tick) {
            return new SaidView(tick.done(), tick.by(), tick.at(), tick.note(), tick.evidence(), tick.revision());
        }
    }

    static ChecklistView of(String migration, Checklist checklist) {
        return new ChecklistView(
                migration,
                checklist.revision(),
                checklist.items().size(),
                checklist.done(),
                checklist.outdated(),
                checklist.open(),
                checklist.items().stream().map(ItemView::of).toList());
    }
}
