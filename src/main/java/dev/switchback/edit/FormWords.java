package dev.switchback.edit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What everything in the form is called. All words stand in one file, {@code edit/words.txt}. */
final class FormWords {
    private static final Map<String, Word> WORDS = read();

    private FormWords() {}

    /**
     * What one member is called and how it is laid out.
     *
     * @param label its name for people
     * @param hint what to type, or empty
     * @param options how it looks, by name; an option without a value has the value "yes"
     */
    record Word(String label, String hint, Map<String, String> options) {

        boolean is(String option) {
            return options.containsKey(option);
        }

        String option(String name, String otherwise) {
            return options.getOrDefault(name, otherwise).replace('_', ' ');
        }

        /** How many columns of the grid it takes. */
        String width() {
            return is("all") ? "all" : is("two") ? "two" : "";
        }

        int rows() {
            return Integer.parseInt(option("rows", "2"));
        }
    }

    /** The words for a member of a shape: {@code step.title}. Every member of every shape has them. */
    static Word of(String name) {
        Word word = WORDS.get(name);
        if (word == null) {
            throw new IllegalArgumentException("edit/words.txt has no words for " + name);
        }
        return word;
    }

    static Set<String> names() {
        return WORDS.keySet();
    }

    private static Map<String, Word> read() {
        var words = new HashMap<String, Word>();
        var file = Objects.requireNonNull(FormWords.class.getResourceAsStream("/edit/words.txt"), "edit/words.txt");
        try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> line.contains("|"))
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split("\\|", -1);
                        words.put(parts[0].strip(), word(parts));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(words);
    }

    private static Word word(String[] parts) {
        Map<String, String> options = parts.length < 4
                ? Map.of()
                : Arrays.stream(parts[3].strip().split("\\s+"))
                        .filter(each -> !each.isEmpty())
                        .map(each -> each.split("=", 2))
                        .collect(Collectors.toMap(
                                each -> each[0],
                                each -> each.length > 1 ? each[1] : "yes",
                                (a, b) -> b,
                                LinkedHashMap::new));
        return new Word(parts[1].strip(), parts[2].strip(), options);
    }
}
