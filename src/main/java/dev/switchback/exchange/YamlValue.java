package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.problem.Violation;
import dev.switchback.shape.Lines;
import dev.switchback.shape.Report;
import dev.switchback.shape.WellFormed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One value of a runbook file on its own, as a form shows and reads it: YAML with the rules and limits of the whole file.
 * Pure functions, safe for use by several threads.
 */
public final class YamlValue {

    private static final String MEMBER = "value";
    private static final int INDENT = 2;
    private static final Pattern SEVERAL = Pattern.compile("(?m)^(---|\\.\\.\\.)(\\s|$)");

    private YamlValue() {}

    /**
     * What a text says.
     *
     * @param value the value; empty when the text could not be read
     * @param problems everything that is wrong with it; the field is that of the whole, the line that of the text
     */
    public record Read(Optional<JsonNode> value, List<Violation> problems) {}

    /**
     * Reads a value.
     *
     * @param field the field that problems point at
     */
    public static Read read(String text, String field) {
        if (SEVERAL.matcher(text).find()) {
            return new Read(
                    Optional.empty(),
                    List.of(Violation.of(field, "A line that begins another document (--- or ...)", "one value")));
        }
        Report report = new Report(new Lines());
        Optional<JsonNode> tree = YamlTree.read(text, 1, new Lines(), report);
        tree.ifPresent(value -> WellFormed.check(value, report));
        List<Violation> problems = report.violations().stream()
                .map(each -> Violation.of(field, message(each), each.expected()))
                .collect(Collectors.toList());
        return new Read(problems.isEmpty() ? tree : Optional.empty(), problems);
    }

    private static String message(Violation problem) {
        return problem.line() == null ? problem.message() : "Line " + problem.line() + ": " + problem.message();
    }

    /** Writes a value so that {@link #read} gives an equal one: small things in one line, texts as they are. */
    public static String write(JsonNode value) {
        ObjectNode whole = Json.object("{}");
        whole.set(MEMBER, value);
        String text = RunbookFileWriter.write(whole).stripTrailing();
        String begin = MEMBER + ":";
        String rest = text.substring(begin.length());
        return rest.startsWith("\n") ? rest.substring(1).indent(-INDENT).stripTrailing() : rest.substring(1);
    }
}
