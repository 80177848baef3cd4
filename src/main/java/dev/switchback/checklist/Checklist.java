package dev.switchback.checklist;

import dev.switchback.migration.MigrationRevision;
import dev.switchback.runbook.Runbook;
import dev.switchback.web.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The checklist of a migration as it stands: the questions of its present revision, and what was said to them. Pure.
 *
 * @param revision the number of the present revision
 * @param items the questions in their order
 */
public record Checklist(int revision, List<Row> items) {

    public Checklist {
        items = List.copyOf(items);
    }

    /**
     * One question.
     *
     * @param item what is asked
     * @param last what was said last, if anything was
     * @param outdated whether it was ticked off on other work than the present revision's
     * @param history everything that was said, newest first
     */
    public record Row(ChecklistItem item, Optional<ChecklistTick> last, boolean outdated, List<ChecklistTick> history) {

        public Row {
            history = List.copyOf(history);
        }

        /** Whether it is ticked off and the tick still counts. */
        public boolean isDone() {
            return last.filter(ChecklistTick::done).isPresent() && !outdated;
        }

        /** The number of what was said last; 0 when nothing was. */
        public long lastId() {
            return last.map(ChecklistTick::id).orElse(0L);
        }

        /** Who ticked it off, or took the tick away last; null when nobody did. */
        public String by() {
            return last.map(ChecklistTick::by).orElse(null);
        }

        public Instant at() {
            return last.map(ChecklistTick::at).orElse(null);
        }

        /** What was noted, or null. */
        public String note() {
            return last.map(ChecklistTick::note).orElse(null);
        }

        /** What was given to look at, or null. */
        public Evidence evidence() {
            return last.map(ChecklistTick::evidence)
                    .map(given -> Evidence.of(given, item.wants()))
                    .orElse(null);
        }

        /** On which revision, or null. */
        public Integer revision() {
            return last.map(ChecklistTick::revision).orElse(null);
        }
    }

    /** Puts the questions of this revision and what was said to them together. */
    static Checklist of(
            MigrationRevision present, Runbook runbook, List<ChecklistTick> latest, List<ChecklistTick> history) {
        Map<String, ChecklistTick> last =
                latest.stream().collect(Collectors.toMap(ChecklistTick::itemId, tick -> tick));
        Map<String, List<ChecklistTick>> before =
                history.stream().collect(Collectors.groupingBy(ChecklistTick::itemId));
        return new Checklist(
                present.number(),
                ChecklistItem.of(runbook).stream()
                        .map(item -> row(present, item, last.get(item.id()), before.getOrDefault(item.id(), List.of())))
                        .toList());
    }

    private static Row row(
            MigrationRevision present, ChecklistItem item, ChecklistTick last, List<ChecklistTick> history) {
        return new Row(item, Optional.ofNullable(last), last != null && last.done() && !last.isAbout(present), history);
    }

    public int done() {
        return (int) items.stream().filter(Row::isDone).count();
    }

    public int outdated() {
        return (int) items.stream().filter(Row::outdated).count();
    }

    /** What is not ticked off, or not any more. */
    public int open() {
        return items.size() - done();
    }

    public boolean isComplete() {
        return open() == 0;
    }

    public Optional<Row> row(String id) {
        return items.stream().filter(row -> row.item().id().equals(id)).findFirst();
    }

    /** How it stands, in a sentence without its end. */
    public String sentence() {
        if (items.isEmpty()) {
            return "This revision asks nothing";
        }
        if (isComplete()) {
            return items.size() == 1 ? "Done" : "All " + items.size() + " done";
        }
        String again = outdated() == 0 ? "" : ", " + Words.count(outdated(), "asks again", "ask again");
        return done() + " of " + items.size() + " done" + again;
    }
}
