package dev.switchback.shape;

import dev.switchback.step.Durations;
import java.util.List;
import java.util.Locale;

/**
 * How much a runbook file may hold. Every limit stands here once; errors, the JSON Schema and the table in
 * {@code docs/runbook-file.md} are made from it.
 */
public final class Limits {
    /** A file, in bytes of UTF-8. */
    public static final int FILE_BYTES = 5 * 1024 * 1024;

    /** Documents in one file. */
    public static final int DOCUMENTS = 1_000;

    /** Lists and mappings inside one another, the document itself being the first. */
    public static final int NESTING = 20;

    /** Values in one document: texts, numbers, lists and mappings together. */
    public static final int VALUES = 100_000;

    /** Entries of a list or mapping that has no limit of its own. */
    public static final int ENTRIES = 1_000;

    /** Titles, names, owners and other single lines, in characters. */
    public static final int TITLE = 200;

    /** Any other text: commands, scripts, statements, notes, in characters. */
    public static final int TEXT = 100_000;

    /** URLs and request lines, in characters. */
    public static final int ADDRESS = 2_000;

    /** Keys, step ids, target names, in characters. */
    public static final int KEY = 63;

    /** Keys of free mappings: attributes, JSON bodies, in characters. */
    public static final int MEMBER = 400;

    /** Digits of a number, sign and point included. */
    public static final int NUMBER = 40;

    /** Steps of a migration. */
    public static final int STEPS = 500;

    /** Metrics of a migration. */
    public static final int METRICS = 6;

    /** Statements of one SQL action. */
    public static final int STATEMENTS = 500;

    /** Repetitions of a step that failed. */
    public static final int RETRIES = 100;

    /** People who must approve. */
    public static final int APPROVALS = 20;

    /** A duration, in hours. */
    public static final int DURATION_HOURS = (int) Durations.LONGEST.toHours();

    /** Problems told at once. */
    public static final int PROBLEMS = 500;

    private Limits() {}

    /** One line of the table. */
    public record Row(String what, int most, String unit) {

        /** The number as people read it: {@code 100,000 characters}. */
        public String text() {
            return unit.equals("bytes") && most % (1024 * 1024) == 0
                    ? most / (1024 * 1024) + " MiB"
                    : String.format(Locale.ROOT, "%,d %s", most, unit).strip();
        }
    }

    /** All limits, in the order in which the documentation shows them. */
    public static List<Row> table() {
        return List.of(
                new Row("File", FILE_BYTES, "bytes"),
                new Row("Documents in a file", DOCUMENTS, ""),
                new Row("Nesting of lists and mappings", NESTING, "levels"),
                new Row("Values in a document", VALUES, ""),
                new Row("Entries of a list or mapping, where no other limit is named", ENTRIES, ""),
                new Row("Title, name, owner and other single lines", TITLE, "characters"),
                new Row("Any other text", TEXT, "characters"),
                new Row("URL, request line", ADDRESS, "characters"),
                new Row("Key, step id, target name, variable name", KEY, "characters"),
                new Row("Key of a free mapping (attributes, JSON)", MEMBER, "characters"),
                new Row("Number", NUMBER, "digits"),
                new Row("Steps of a migration", STEPS, ""),
                new Row("Metrics of a migration", METRICS, ""),
                new Row("Statements of an SQL action", STATEMENTS, ""),
                new Row("Retries of a step", RETRIES, ""),
                new Row("Approvals", APPROVALS, ""),
                new Row("Duration", DURATION_HOURS, "hours"),
                new Row("Problems reported at once", PROBLEMS, ""));
    }
}
