package dev.switchback.checklist;

import dev.switchback.migration.Migration;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.util.List;

/**
 * The checklist with its forms.
 *
 * @param migration whose it is
 * @param runCount how many runs it has
 * @param checklist how it stands
 * @param typed what somebody typed that was not accepted; null when nothing was
 */
public record ChecklistPage(Migration migration, long runCount, Checklist checklist, Typed typed) {

    /** Words that were not accepted, so that they are not lost. */
    public record Typed(String item, TickForm form, Problem problem) {}

    /** A row with what was typed for it. */
    public record Shown(Checklist.Row row, boolean isWrong, String note, String evidence, Problem problem) {

        /** What is wrong with this field, or null. */
        public String wrong(String field) {
            return problem == null
                    ? null
                    : problem.violations().stream()
                            .filter(violation -> violation.field().equals(field))
                            .map(violation -> violation.message() + ". Expected: " + violation.expected())
                            .findFirst()
                            .orElse(null);
        }
    }

    /** What is not done, first those that ask again, in the order of the runbook within. */
    public List<Shown> open() {
        return checklist.items().stream()
                .filter(row -> !row.isDone())
                .sorted((a, b) -> Boolean.compare(b.outdated(), a.outdated()))
                .map(this::shown)
                .toList();
    }

    public List<Shown> done() {
        return checklist.items().stream()
                .filter(Checklist.Row::isDone)
                .map(this::shown)
                .toList();
    }

    private Shown shown(Checklist.Row row) {
        if (typed != null && typed.item().equals(row.item().id())) {
            return new Shown(row, true, text(typed.form().note), text(typed.form().evidence), typed.problem());
        }
        boolean keep = row.outdated();
        return new Shown(
                row,
                false,
                keep ? text(row.note()) : "",
                keep && row.evidence() != null ? row.evidence().text() : "",
                null);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    public Problem problem() {
        return typed == null ? null : typed.problem();
    }

    /** What is wrong and stands at a field. */
    public List<Violation> violations() {
        return typed == null ? List.of() : typed.problem().violations();
    }

    public boolean isLocked() {
        return migration.isArchived();
    }
}
