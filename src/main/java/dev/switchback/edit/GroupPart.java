package dev.switchback.edit;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

    private static final int SHORT = 40;

    @Override
    public boolean isFilled() {
        return parts.stream().anyMatch(FormPart::isFilled);
    }

    @Override
    public boolean isWrong() {
        return !errors.isEmpty() || parts.stream().anyMatch(FormPart::isWrong);
    }

    /** What is in it, in one line, for whoever does not open it. */
    public String brief() {
        return parts.stream()
                .map(GroupPart::brief)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static String brief(FormPart part) {
        if (!part.isFilled()) {
            return "";
        }
        if (part.field() == null) {
            return part.group() == null
                    ? part.list().label().toLowerCase(Locale.ROOT)
                    : part.group().brief();
        }
        String value = part.field().text().strip().lines().findFirst().orElse("");
        String shown = value.length() > SHORT ? value.substring(0, SHORT) + "…" : value;
        return part.field().look().equals("flag")
                ? part.field().label().toLowerCase(Locale.ROOT)
                : part.field().label().toLowerCase(Locale.ROOT) + " " + shown;
    }
}
