package dev.switchback.shape;

import dev.switchback.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong with one document, so that it can be told all at once. */
public final class Report {
    private final Lines lines;
    private final List<Violation> violations = new ArrayList<>();
    private final Set<String> spoiled = new HashSet<>();

    public Report(Lines lines) {
        this.lines = lines;
    }

    public void add(Place place, String message, String expected) {
        if (!spoiled.contains(place.path())) {
            violations.add(new Violation(place.path(), message, expected, lines.of(place)));
        }
    }

    public void addOnLine(int line, Place place, String message, String expected) {
        violations.add(new Violation(place.path(), message, expected, line));
    }

    /** Reports a value that could not be read; whatever else is wrong with it would only be noise. */
    public void spoil(Place place, int line, String message, String expected) {
        addOnLine(line, place, message, expected);
        spoiled.add(place.path());
    }

    /** The same for a value that was read, but is no good whatever it stands for. */
    public void spoil(Place place, String message, String expected) {
        add(place, message, expected);
        spoiled.add(place.path());
    }

    public boolean isEmpty() {
        return violations.isEmpty();
    }

    public int size() {
        return violations.size();
    }

    public List<Violation> violations() {
        return List.copyOf(violations);
    }
}
