package dev.switchback.web;

import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.util.List;
import java.util.Optional;

/** What somebody says along with a decision: why, or what they saw. */
public final class Note {

    /** In characters. */
    public static final int AT_MOST = 10_000;

    private Note() {}

    /**
     * What was typed, without blanks around it; empty when nothing was.
     *
     * @param field the name of the field, for the error
     * @throws dev.switchback.problem.ProblemException 422 when it is too long or holds what is no text
     */
    public static Optional<String> of(String field, String typed) {
        String text = typed == null ? "" : typed.replace("\r\n", "\n").strip();
        if (text.length() > AT_MOST) {
            throw wrong(field, field + " has " + text.length() + " characters", "at most " + AT_MOST);
        }
        text.codePoints().filter(Note::isStrange).findFirst().ifPresent(sign -> {
            throw wrong(field, "%s contains the character U+%04X".formatted(field, sign), "printable text");
        });
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The same, where nothing is not enough. */
    public static String required(String field, String typed, String what) {
        return of(field, typed).orElseThrow(() -> wrong(field, field + " is empty", what));
    }

    /** Control characters, halves of characters, and signs that turn the text around them. */
    private static boolean isStrange(int sign) {
        boolean control = Character.isISOControl(sign) && sign != '\n' && sign != '\t';
        boolean turning = sign >= 0x202A && sign <= 0x202E || sign >= 0x2066 && sign <= 0x2069;
        return control || turning || Character.getType(sign) == Character.SURROGATE;
    }

    private static RuntimeException wrong(String field, String message, String expected) {
        return Problem.content(List.of(Violation.of(field, message, expected))).toException();
    }
}
