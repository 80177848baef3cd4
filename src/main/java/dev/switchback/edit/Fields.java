package dev.switchback.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands in the fields of a form, by the name of the field: {@code title}, {@code steps[2].sql.target}. What is said
 * <em>about</em> a field has a tilde in its name: {@code steps[2]~kind}. Everything is kept exactly as it was typed, right
 * or wrong, so that nothing is lost between two pages; line ends are {@code \n}. Mutable, for one request.
 */
final class Fields {
    /** Which of several members that exclude one another is meant. */
    static final String KIND = "~kind";

    /** The name of an entry of a mapping whose names the author chooses. */
    static final String NAME = "~name";

    /** The original value, as JSON, of a field whose text alone does not say it. */
    static final String WAS = "~was";

    /** Says that an entry is folded: its fields travel as one. */
    static final String CLOSED = "~closed";

    private final NavigableMap<String, String> texts = new TreeMap<>();

    /** What was typed, or the empty text. */
    String text(String field) {
        return texts.getOrDefault(field, "");
    }

    boolean has(String field) {
        return texts.containsKey(field);
    }

    void put(String field, String text) {
        texts.put(field, text.replace("\r\n", "\n").replace('\r', '\n'));
    }

    /** A second value of the same field stands below the first, as with check boxes. */
    void add(String field, String text) {
        put(field, has(field) ? text(field) + "\n" + text : text);
    }

    void remove(String field) {
        texts.remove(field);
    }

    Map<String, String> all() {
        return texts;
    }

    /** The numbers of the entries of a list, in order; there may be gaps. */
    List<Integer> entries(String list) {
        var found = new TreeSet<Integer>();
        for (String name : texts.tailMap(list + "[").keySet()) {
            if (!name.startsWith(list + "[")) {
                break;
            }
            number(name.substring(list.length() + 1)).ifPresent(found::add);
        }
        return new ArrayList<>(found);
    }

    private static java.util.OptionalInt number(String text) {
        int end = text.indexOf(']');
        boolean right = end > 0 && end < 6 && text.substring(0, end).chars().allMatch(c -> c >= '0' && c <= '9');
        return right
                ? java.util.OptionalInt.of(Integer.parseInt(text.substring(0, end)))
                : java.util.OptionalInt.empty();
    }

    /** Whether anything is typed in this field or inside it. */
    boolean isTouched(String field) {
        return inside(field).entrySet().stream()
                .anyMatch(each ->
                        !each.getKey().endsWith(CLOSED) && !each.getValue().isBlank());
    }

    /** What is typed in this field, inside it and about it, by the end of the name. */
    NavigableMap<String, String> inside(String field) {
        var found = new TreeMap<String, String>();
        for (var each : texts.tailMap(field, true).entrySet()) {
            if (!each.getKey().startsWith(field)) {
                break;
            }
            String end = each.getKey().substring(field.length());
            if (end.isEmpty() || ".[~".indexOf(end.charAt(0)) >= 0) {
                found.put(end, each.getValue());
            }
        }
        return found;
    }

    /** Takes everything of a field out. */
    NavigableMap<String, String> take(String field) {
        var taken = inside(field);
        taken.keySet().forEach(end -> texts.remove(field + end));
        return taken;
    }

    /** Puts back what was taken, maybe elsewhere. */
    void place(String field, Map<String, String> taken) {
        taken.forEach((end, text) -> texts.put(field + end, text));
    }

    boolean isClosed(String entry) {
        return has(entry + CLOSED);
    }

    /** The field, or the folded entry in which it is not to be seen. */
    String shown(String field) {
        for (int end = field.indexOf(']'); end > 0; end = field.indexOf(']', end + 1)) {
            if (isClosed(field.substring(0, end + 1))) {
                return field.substring(0, end + 1);
            }
        }
        return field;
    }

    /** The fields of a folded entry as one text. */
    String folded(String entry) {
        ObjectNode folded = Json.object("{}");
        inside(entry).forEach((end, text) -> {
            if (!end.equals(CLOSED)) {
                folded.put(end, text);
            }
        });
        return Json.text(folded);
    }

    /** Unfolds an entry that came as one text. */
    void unfold(String entry, String folded) {
        JsonNode fields;
        try {
            fields = Json.parse(folded);
        } catch (JsonProcessingException damaged) {
            throw Problem.syntax(
                            "The folded part " + entry + " came back damaged, so nothing was done",
                            "the form as the page sent it")
                    .toException();
        }
        fields.properties()
                .forEach(each -> put(entry + each.getKey(), each.getValue().asText()));
        texts.put(entry + CLOSED, "yes");
    }
}
