package dev.switchback.edit;

import java.util.List;

/**
 * One control.
 *
 * @param id the name of the field and the id of its control
 * @param label its name for people
 * @param hint what to type, or empty
 * @param look {@code line}, {@code area}, {@code choice}, {@code flag} or {@code checks}
 * @param text what is typed
 * @param css the classes of its place in the grid and of its letters
 * @param rows how high an area is at least
 * @param options what can be chosen
 * @param suggestions the id of a list of suggestions, or empty
 * @param errors what is wrong with it
 * @param action where the form goes, when another choice changes what else there is to fill in; else empty
 */
public record FieldPart(
        String id,
        String label,
        String hint,
        String look,
        String text,
        Css css,
        int rows,
        List<Option> options,
        String suggestions,
        List<String> errors,
        String action)
        implements FormPart {

    /**
     * Classes.
     *
     * @param place how many columns it takes: {@code two}, {@code all} or empty
     * @param letters {@code mono} or empty
     * @param numeric whether a phone shows digits first
     */
    public record Css(String place, String letters, boolean numeric) {}

    /**
     * Something that can be chosen.
     *
     * @param value what is sent
     * @param label what is shown
     * @param chosen whether it is
     */
    public record Option(String value, String label, boolean chosen) {}

    @Override
    public boolean isFilled() {
        return !text.isBlank();
    }

    @Override
    public boolean isWrong() {
        return !errors.isEmpty();
    }

    /** The ids of what describes the control, or empty. */
    public String describedBy() {
        String ids = (hint.isEmpty() ? "" : id + "~hint") + (errors.isEmpty() ? "" : " " + id + "~error");
        return ids.strip();
    }
}
