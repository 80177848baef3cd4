package dev.switchback.edit;

import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.web.CsrfGuard;
import dev.switchback.web.Note;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/**
 * What a browser sends.
 *
 * @param fields what is typed
 * @param button which button was pressed: {@code save}, {@code check}, {@code file}, or a move
 * @param base the revision that the form was filled from; 0 for something new
 * @param note why, or empty
 */
record Posted(Fields fields, String button, int base, String note) {
    /** The name of a hidden field with a folded entry. */
    static final String FOLDED = "~folded";

    private static final Set<String> OURS = Set.of(CsrfGuard.FIELD, "do", "base", "note");

    static Posted of(MultipartFormDataInput input) {
        Fields fields = new Fields();
        input.getValues().forEach((name, values) -> {
            for (FormValue value : values) {
                if (!value.isFileItem() && !OURS.contains(name)) {
                    put(fields, name, value.getValue());
                }
            }
        });
        return new Posted(
                fields,
                text(input, "do").orElse("save"),
                base(input),
                text(input, "note").orElse(""));
    }

    private static void put(Fields fields, String name, String value) {
        if (name.endsWith(FOLDED)) {
            fields.unfold(name.substring(0, name.length() - FOLDED.length()), value);
        } else {
            fields.add(name, value);
        }
    }

    private static Optional<String> text(MultipartFormDataInput input, String name) {
        var values = input.getValues().get(name);
        return values == null
                ? Optional.empty()
                : values.stream()
                        .filter(value -> !value.isFileItem())
                        .findFirst()
                        .map(FormValue::getValue);
    }

    private static int base(MultipartFormDataInput input) {
        try {
            return Integer.parseInt(text(input, "base").orElse("0"));
        } catch (NumberFormatException madeUp) {
            throw noBase();
        }
    }

    /** The revision that the form was filled from, of something that there is; throws when it does not say any. */
    int baseOfKept() {
        if (base < 1) {
            throw noBase();
        }
        return base;
    }

    private static ProblemException noBase() {
        return Problem.syntax("The form does not say which revision it was filled from", "the form as the page sent it")
                .toException();
    }

    /** Why; throws when it is too long or no text. */
    Optional<String> why() {
        return Note.of("note", note);
    }
}
