package dev.switchback.step;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A part of what is executed: a text as it would be typed, named values, or both. Immutable.
 *
 * @param name what it is: {@code command, environment, request, headers, body, statement}
 * @param text exactly what is executed, or said about it; empty when there are only values
 * @param values by name, in order
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RenderedPart(String name, String text, Map<String, String> values) {

    private static final Set<String> WORDS = Set.of("wait", "transaction", "redirects", "instructions", "run by");

    public RenderedPart {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same with its texts passed through this; the names of values stay. */
    RenderedPart with(UnaryOperator<String> each) {
        var changed = new LinkedHashMap<String, String>();
        values.forEach((key, value) -> changed.put(key, each.apply(value)));
        return new RenderedPart(name, each.apply(text), changed);
    }

    /** Whether the text is executed as it stands, as opposed to said about it. */
    public boolean isCode() {
        return !text.isEmpty() && !WORDS.contains(name);
    }
}
