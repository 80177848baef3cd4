package dev.switchback.measurement;

import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The form for samples that another tool took, and what kept them from being kept.
 *
 * @param migration whose they are to be
 * @param runCount how many runs it has
 * @param environments where they may have been taken
 * @param metrics the names of the metrics of which they may be
 * @param form what was chosen
 * @param problem why they were not kept; null when nothing was tried
 * @param text what was sent, to be put right; empty when there is nothing, or too much for a field
 * @param lines the lines that are wrong, with those around them
 */
public record SamplesPage(
        Migration migration,
        long runCount,
        List<Environment> environments,
        List<String> metrics,
        SamplesForm form,
        Problem problem,
        String text,
        List<Line> lines) {

    /** A longer file is chosen again rather than put right in a field of a page. */
    private static final int IN_A_FIELD = 512 * 1024;

    private static final String EXAMPLE = """
        atMs,valueMs,ok,cache
        0,84.1,true,miss
        100,21.7,true,hit
        200,2000,false,
        """;

    private static final int SHOWN = 20;
    private static final int AROUND = 1;
    private static final int LONGEST = 240;

    /**
     * A line of the file.
     *
     * @param number from 1
     * @param messages what is wrong with it
     * @param skipped how many lines before it are left out
     */
    public record Line(int number, String text, List<Violation> messages, int skipped) {
        public boolean isBad() {
            return !messages.isEmpty();
        }
    }

    /** Nothing was tried yet. */
    static SamplesPage fresh(Migration migration, long runCount, List<Environment> environments, List<String> metrics) {
        return new SamplesPage(migration, runCount, environments, metrics, new SamplesForm(), null, "", List.of());
    }

    /**
     * It was tried.
     *
     * @param sent the whole file
     */
    SamplesPage refused(SamplesForm form, Problem problem, String sent) {
        return new SamplesPage(
                migration,
                runCount,
                environments,
                metrics,
                form,
                problem,
                sent.length() > IN_A_FIELD ? "" : sent,
                excerpt(sent, problem.violations()));
    }

    private static List<Line> excerpt(String sent, List<Violation> violations) {
        Map<Integer, List<Violation>> wrong = violations.stream()
                .filter(each -> each.line() != null)
                .limit(SHOWN)
                .collect(Collectors.groupingBy(Violation::line, TreeMap::new, Collectors.toList()));
        if (wrong.isEmpty()) {
            return List.of();
        }
        List<String> all = sent.lines().toList();
        var numbers = new TreeSet<Integer>();
        wrong.keySet().forEach(line -> {
            for (int near = line - AROUND; near <= line + AROUND; near++) {
                if (near >= 1 && near <= all.size()) {
                    numbers.add(near);
                }
            }
        });
        var lines = new ArrayList<Line>();
        int last = 0;
        for (int number : numbers) {
            lines.add(new Line(
                    number, cut(all.get(number - 1)), wrong.getOrDefault(number, List.of()), number - last - 1));
            last = number;
        }
        return List.copyOf(lines);
    }

    private static String cut(String line) {
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** A table of three samples. */
    public String example() {
        return EXAMPLE;
    }

    /** What is wrong with a field, or null. */
    public String wrong(String field) {
        return problem == null
                ? null
                : problem.violations().stream()
                        .filter(each -> each.line() == null && each.field().equals(field))
                        .map(each -> each.message() + ". Expected: " + each.expected())
                        .findFirst()
                        .orElse(null);
    }

    /** How many more lines are wrong than are shown. */
    public long unshown() {
        long wrong = problem == null
                ? 0
                : problem.violations().stream()
                        .filter(each -> each.line() != null)
                        .count();
        return Math.max(0, wrong - SHOWN);
    }

    /** Whether the file has to be chosen again: a browser hands none back, and it is too long for the field. */
    public boolean isToChooseAgain() {
        return problem != null && text.isEmpty() && !form.fileName().isEmpty();
    }
}
