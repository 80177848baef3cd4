package dev.switchback.edit;

import dev.switchback.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with the form: told once at its field, and once in the summary, in the order of the page. */
final class FormErrors {
    private final List<Violation> problems;
    private final Map<String, List<Violation>> byField;
    private final Set<String> told = new HashSet<>();
    private final List<FormError> summary = new ArrayList<>();

    /** The violations point at fields, not at places of the content. */
    FormErrors(List<Violation> problems) {
        this.problems = problems;
        this.byField = problems.stream().collect(Collectors.groupingBy(Violation::field));
    }

    /** What is wrong with one field, in its own words. */
    List<String> of(String field, String label, String context) {
        var messages = new ArrayList<String>();
        for (Violation each : byField.getOrDefault(field, List.of())) {
            String message = message(each, label);
            messages.add(message + ". Expected: " + each.expected() + ".");
            if (told.add(field + " " + message)) {
                summary.add(new FormError(field, context + message + "; expected: " + each.expected()));
            }
        }
        return List.copyOf(messages);
    }

    /** The label that the page shows instead of the name that the file has. */
    private static String message(Violation violation, String label) {
        String message = violation.message();
        int end = message.indexOf('”');
        if (!message.startsWith("“") || end < 0 || label.isEmpty()) {
            return message;
        }
        String rest = message.substring(end + 1);
        return label + (rest.startsWith(" is missing") ? " is missing" : rest);
    }

    boolean isWrong(String entry) {
        return count(entry) > 0;
    }

    /** How much is wrong in an entry. */
    int count(String entry) {
        return (int) problems.stream()
                .map(Violation::field)
                .filter(field -> field.startsWith(entry))
                .filter(field -> field.length() == entry.length() || ".[~".indexOf(field.charAt(entry.length())) >= 0)
                .count();
    }

    /** Everything, also what no control of the page stands for. */
    List<FormError> summary() {
        var all = new ArrayList<>(summary);
        var fields = summary.stream().map(FormError::field).collect(Collectors.toSet());
        problems.stream()
                .filter(each -> !fields.contains(each.field()))
                .forEach(each -> all.add(new FormError("", each.message() + "; expected: " + each.expected())));
        return List.copyOf(all);
    }
}
