package dev.switchback.edit;

import java.util.List;

/**
 * A list of entries, each with fields of its own.
 *
 * @param id the field
 * @param label its name for people
 * @param hint what it is for, or empty
 * @param noun one entry: {@code step}
 * @param look {@code cards} that fold, {@code boxes}, {@code rows} or {@code texts}
 * @param entries the entries in order
 * @param kinds what a new entry can be, when that is to be chosen first
 * @param first the field where somebody goes on typing after adding an entry
 * @param errors what is wrong with the list as a whole
 * @param action where the form goes
 */
public record ListPart(
        String id,
        String label,
        String hint,
        String noun,
        String look,
        List<FormEntry> entries,
        List<FieldPart.Option> kinds,
        String first,
        List<String> errors,
        String action)
        implements FormPart {

    @Override
    public boolean isFilled() {
        return entries.stream().flatMap(entry -> entry.all().stream()).anyMatch(FormPart::isFilled)
                || entries.stream().anyMatch(FormEntry::isFolded);
    }

    @Override
    public boolean isWrong() {
        return !errors.isEmpty() || entries.stream().anyMatch(entry -> entry.problems() > 0);
    }

    public boolean isCards() {
        return look.equals("cards");
    }

    /** The noun with its article. */
    public String one() {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }
}
