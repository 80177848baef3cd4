package dev.switchback.edit;

import java.util.List;

/**
 * A section of the form.
 *
 * @param id its anchor
 * @param number its place, from 1
 * @param title what it is about
 * @param note one line beside the title, or empty
 * @param parts groups without a label, and lists
 */
public record FormSection(String id, int number, String title, String note, List<FormPart> parts) {

    /** Whether its list needs a heading of its own beside others. */
    public boolean isShared() {
        return parts.size() > 1;
    }

    /** Whether something in it must be put right. */
    public boolean isWrong() {
        return parts.stream().anyMatch(FormPart::isWrong);
    }
}
