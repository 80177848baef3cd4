package dev.switchback.shape;

import dev.switchback.problem.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts violations in the order of the file and keeps their number readable. */
public final class FileProblems {
    private FileProblems() {}

    public static List<Violation> sorted(List<Violation> violations) {
        var byLine = new ArrayList<>(violations);
        byLine.sort(Comparator.comparing(Violation::line, Comparator.nullsFirst(Comparator.naturalOrder())));
        return capped(byLine);
    }

    public static List<Violation> capped(List<Violation> violations) {
        if (violations.size() <= Limits.PROBLEMS) {
            return List.copyOf(violations);
        }
        var shown = new ArrayList<>(violations.subList(0, Limits.PROBLEMS));
        Violation next = violations.get(Limits.PROBLEMS);
        int more = violations.size() - Limits.PROBLEMS;
        shown.add(
                new Violation("", more + " more problems, from here on", "the problems above put right", next.line()));
        return List.copyOf(shown);
    }
}
