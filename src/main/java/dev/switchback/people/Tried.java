package dev.switchback.people;

import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.util.List;
import java.util.Map;

/**
 * What was sent and refused.
 *
 * @param problem why; null when nothing was tried
 * @param typed what was typed, by field; never a password
 */
public record Tried(Problem problem, Map<String, String> typed) {

    static final Tried NOTHING = new Tried(null, Map.of());

    /** What stands in this field. */
    public String value(String field) {
        return typed.getOrDefault(field, "");
    }

    /** What is wrong, as sentences, all at once. */
    public List<String> sentences() {
        if (problem == null) {
            return List.of();
        }
        return problem.violations().isEmpty()
                ? List.of(problem.detail() + ". Expected: " + problem.expected() + ".")
                : problem.violations().stream().map(Tried::sentence).toList();
    }

    private static String sentence(Violation violation) {
        return violation.message() + ". Expected: " + violation.expected() + ".";
    }
}
