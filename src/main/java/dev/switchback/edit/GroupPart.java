package dev.switchback.edit;

import java.util.List;

/**
 * Several parts together.
 *
 * @param id the field that they make up
 * @param label its name for people; empty for a plain row of a section
 * @param hint what it is for, or empty
 * @param parts what is in it
 * @param folds whether it can be folded
 * @param errors what is wrong with it as a whole
 */
public record GroupPart(String id, String label, String hint, List<FormPart> parts, boolean folds, List<String> errors)
        implements FormPart {

    /** What is rarely used. */
    static final String MORE = "~more";

    @Override
    public boolean isFilled() {
        return parts.stream().anyMatch(FormPart::isFilled);
    }

    @Override
    public boolean isWrong() {
        return !errors.isEmpty() || parts.stream().anyMatch(FormPart::isWrong);
    }

    /** Whether it stands open: something is in it or wrong with it. */
    public boolean isOpen() {
        return isFilled() || isWrong();
    }

    public boolean isMore() {
        return id.endsWith(MORE);
    }
}
