package dev.switchback.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.MergeSection.Side;
import dev.switchback.platform.Json;
import dev.switchback.problem.Problem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/**
 * What somebody chose on the page of a conflict.
 *
 * @param mine what they wanted to save
 * @param base the revision that they had begun with
 * @param theirs the revision that they saw beside theirs
 * @param note why, or empty
 * @param choices whose version to take, by the key of the section
 * @param inForm whether they want to see the result in the form before it is saved
 */
record ConflictForm(ObjectNode mine, int base, int theirs, String note, Map<String, Side> choices, boolean inForm) {

    /** What the name of a choice begins with. */
    static final String TAKE = "take:";

    static ConflictForm of(MultipartFormDataInput input) {
        var choices = new HashMap<String, Side>();
        input.getValues().keySet().stream()
                .filter(name -> name.startsWith(TAKE))
                .forEach(name -> choices.put(name.substring(TAKE.length()), side(text(input, name))));
        return new ConflictForm(
                content(text(input, "mine")),
                number(input, "base"),
                number(input, "theirs"),
                text(input, "note"),
                choices,
                text(input, "do").equals("form"));
    }

    private static String text(MultipartFormDataInput input, String name) {
        var values = input.getValues().get(name);
        return values == null
                ? ""
                : values.stream()
                        .filter(value -> !value.isFileItem())
                        .findFirst()
                        .map(FormValue::getValue)
                        .orElse("");
    }

    private static Side side(String word) {
        try {
            return Side.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw madeUp();
        }
    }

    private static ObjectNode content(String json) {
        try {
            if (Json.parse(json) instanceof ObjectNode content) {
                return content;
            }
            throw madeUp();
        } catch (JsonProcessingException e) {
            throw madeUp();
        }
    }

    private static int number(MultipartFormDataInput input, String name) {
        try {
            return Integer.parseInt(text(input, name));
        } catch (NumberFormatException e) {
            throw madeUp();
        }
    }

    private static RuntimeException madeUp() {
        return Problem.syntax("The form did not arrive as the page sent it", "the form of the page, whole")
                .toException();
    }
}
