package dev.switchback.edit;

import dev.switchback.edit.BuildForm.Built;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The form as a page.
 *
 * @param what what it is about and where it goes
 * @param sections its sections
 * @param errors what must be put right, when somebody asked; else only what must be said
 * @param carried fields that no control shows
 * @param suggestions what some fields suggest
 * @param note why, as typed
 * @param noteErrors what is wrong with that
 * @param answer what the last press of a button brought
 */
public record FormPage(
        What what,
        List<FormSection> sections,
        List<FormError> errors,
        Map<String, String> carried,
        List<Suggestions> suggestions,
        String note,
        List<String> noteErrors,
        Answer answer) {

    /**
     * What the form is about.
     *
     * @param noun {@code migration} or {@code environment}
     * @param key its key, or empty when it is new
     * @param title what it is called, or empty
     * @param base the revision the form was filled from; 0 when it is new
     * @param changedAt when that revision was made, or null
     * @param changedBy who made it, or empty
     */
    public record What(String noun, String key, String title, int base, Instant changedAt, String changedBy) {

        /** Something that is not there yet. */
        public static What fresh(String noun) {
            return new What(noun, "", "", 0, null, "");
        }

        public boolean isNew() {
            return base == 0;
        }

        /** The same where somebody has saved since: who and when would be said of another revision. */
        What overtaken() {
            return new What(noun, key, title, base, null, "");
        }

        public boolean isOvertaken() {
            return !isNew() && changedAt == null;
        }

        /** The revision that saving makes. */
        public int next() {
            return base + 1;
        }

        /** Where the form goes. */
        public String action() {
            return "/" + noun + "s/" + (isNew() ? "new" : key + "/edit");
        }

        /** Where somebody goes who does not save. */
        public String away() {
            return "/" + noun + "s" + (isNew() ? "" : "/" + key);
        }
    }

    /**
     * What the last press brought.
     *
     * @param checked whether everything was checked; false when a form was only shown or laid out anew
     * @param findings the linter's advice, each with the field where it belongs
     * @param file the text of the file as it would be, or null
     * @param refused why it cannot be saved, although nothing is wrong with the form; or null
     */
    public record Answer(boolean checked, List<Advice> findings, String file, Problem refused) {

        /** A page that only shows the form. */
        public static Answer none() {
            return new Answer(false, List.of(), null, null);
        }
    }

    /**
     * A finding.
     *
     * @param finding what the linter says
     * @param field where it is put right
     */
    public record Advice(Finding finding, String field) {}

    static FormPage of(What what, Built built, List<Suggestions> suggestions, String note, Answer answer) {
        return new FormPage(
                what, built.sections(), built.errors(), built.carried(), suggestions, note, built.noteErrors(), answer);
    }

    /** Whether a press of a button did not do what it was to do. */
    public boolean isError() {
        return !errors.isEmpty() || answer.checked() && answer.refused() != null;
    }

    /** Whether nothing is in the way of saving, after a check. */
    public boolean isFine() {
        return answer.checked() && errors.isEmpty() && answer.refused() == null;
    }
}
