package dev.switchback.exchange;

import dev.switchback.diff.ContentDiff;
import dev.switchback.exchange.ImportFile.Item;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a file would do, or what keeps it from doing anything.
 *
 * @param name the name of the uploaded file, or empty
 * @param original the text as it was sent; it travels on in the form that confirms, and only when nothing is wrong
 * @param correctable the text to correct: as it was sent, but a secret that has to go is already gone
 * @param lineCount how many lines it has
 * @param problems what is wrong
 * @param source the lines around the problems
 * @param items what would happen to each document
 * @param diffs what would differ in what is there, by kind and key
 * @param advice what the linter says, with the line
 */
public record ImportPage(
        String name,
        String original,
        String correctable,
        int lineCount,
        List<Violation> problems,
        List<SourceLine> source,
        List<Item> items,
        Map<String, ContentDiff> diffs,
        List<Advice> advice) {

    private static final int AROUND = 3;

    /**
     * A line of the file.
     *
     * @param number from 1
     * @param text masked
     * @param messages what is wrong with it
     * @param skipped how many lines before it are left out
     */
    public record SourceLine(int number, String text, List<Violation> messages, int skipped) {
        public boolean isBad() {
            return !messages.isEmpty();
        }
    }

    /** A finding at a line. */
    public record Advice(Finding finding, int line) {}

    static ImportPage of(
            String name, String text, ImportFile.Result result, Map<String, ContentDiff> diffs, List<Advice> advice) {
        List<String> lines = MaskedText.lines(text);
        return new ImportPage(
                name,
                result.isFine() ? text : "",
                result.isFine() ? "" : correctable(text, lines, result.problems()),
                (int) text.lines().count(),
                result.problems(),
                excerpt(lines, result.problems()),
                result.items(),
                diffs,
                advice);
    }

    private static String correctable(String text, List<String> masked, List<Violation> problems) {
        List<String> lines = new ArrayList<>(MaskedText.split(text));
        for (Violation problem : problems) {
            if (problem.line() == null || !problem.message().contains("plain text")) {
                continue;
            }
            int line = problem.line() - 1;
            do {
                lines.set(line, masked.get(line));
                line++;
            } while (line < lines.size() && MaskedText.isHidden(masked.get(line)));
        }
        return String.join("\n", lines);
    }

    private static List<SourceLine> excerpt(List<String> lines, List<Violation> problems) {
        Map<Integer, List<Violation>> byLine = new HashMap<>();
        var shown = new TreeSet<Integer>();
        for (Violation problem : problems) {
            int line = problem.line() == null ? 1 : Math.min(Math.max(1, problem.line()), lines.size());
            byLine.computeIfAbsent(line, key -> new ArrayList<>()).add(problem);
            for (int near = Math.max(1, line - AROUND); near <= Math.min(lines.size(), line + AROUND); near++) {
                shown.add(near);
            }
        }
        var excerpt = new ArrayList<SourceLine>();
        int last = 0;
        for (int line : shown) {
            excerpt.add(
                    new SourceLine(line, lines.get(line - 1), byLine.getOrDefault(line, List.of()), line - last - 1));
            last = line;
        }
        return List.copyOf(excerpt);
    }

    public boolean isFine() {
        return problems.isEmpty();
    }

    /** Whether importing it would change anything. */
    public boolean changesAnything() {
        return items.stream().anyMatch(item -> !item.change().equals("unchanged") || item.rewritten());
    }

    /** What would differ in what is there; null for a new document and one that says the same. */
    public ContentDiff diffOf(Item item) {
        return diffs.get(item.kind() + " " + item.key());
    }

    public long errors() {
        return advice.stream().filter(each -> each.finding().isError()).count();
    }
}
