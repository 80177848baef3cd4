package dev.switchback.measurement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.platform.Json;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads samples that another tool took. A table (CSV) with a header, in any order of columns: {@code atMs}, {@code
 * valueMs}, {@code ok}, {@code cache} and perhaps {@code block}; the CSV of {@code hey}; or the JSON lines of k6, of which
 * the points of {@code http_req_duration} count. Every wrong line is told at once, up to {@value #VIOLATIONS}.
 */
final class ImportSamples {

    /** What a body may have. */
    static final int BYTES = 10 * 1024 * 1024;

    /** How many samples one import may have. */
    static final int ROWS = 100_000;

    private static final int VIOLATIONS = 100;
    private static final int LARGEST_BLOCK = 9_999;
    private static final double LONGEST_MS = 7 * 86_400_000.0;

    /** A time from here on is one of the calendar, in milliseconds since 1970; below, it counts from some start. */
    private static final double CALENDAR = 946_684_800_000.0;

    private static final List<String> COLUMNS = List.of("atMs", "valueMs", "ok", "cache", "block");
    private static final Set<String> REQUIRED = Set.of("atMs", "valueMs", "ok");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Map<String, Boolean> YES_OR_NO =
            Map.of("true", true, "false", false, "1", true, "0", false, "yes", true, "no", false);

    /** What kind of file it is. */
    enum Form {
        TABLE,
        JSON_LINES;

        /** What a file looks like by its first sign: a line of JSON begins with a brace, a header never does. */
        static Form guess(byte[] file) {
            for (byte sign : file) {
                if (sign > ' ') {
                    return sign == '{' ? JSON_LINES : TABLE;
                }
            }
            return TABLE;
        }
    }

    /**
     * What was read.
     *
     * @param tool csv, hey or k6
     * @param samples in the order of their time, in blocks
     * @param from when the first was taken, if the file says so
     * @param to when the last was over
     */
    record Read(String tool, List<StoredSample> samples, Optional<Instant> from, Optional<Instant> to) {}

    /** One line that could be read; {@code block} is null when the file does not say it. */
    private record Row(double atMs, double value, boolean ok, int status, String cache, Integer block) {}

    private final boolean areTimes;
    private final List<Violation> wrong = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private int line;

    private ImportSamples(boolean areTimes) {
        this.areTimes = areTimes;
    }

    /**
     * Reads the file.
     *
     * @param areTimes whether the values are response times, which are never negative
     * @throws ProblemException 413 when it is too large; 422 with every line that is wrong
     */
    static Read of(byte[] file, Form form, boolean areTimes) {
        if (file.length > BYTES) {
            throw tooLarge("The samples have more than 10 MiB");
        }
        var reading = new ImportSamples(areTimes);
        String tool = reading.read(file, form);
        if (!reading.wrong.isEmpty()) {
            throw Problem.content(reading.wrong).toException();
        }
        return reading.ordered(tool);
    }

    private String read(byte[] file, Form form) {
        try (var text =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8))) {
            return form == Form.JSON_LINES ? k6(text) : table(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the samples could not be read", e);
        }
    }

    // --- tables

    private String table(BufferedReader text) throws IOException {
        String first = next(text);
        List<String> header =
                first == null ? List.of() : cells(first.startsWith("\uFEFF") ? first.substring(1) : first);
        if (header.contains("response-time")) {
            hey(text, header);
            return "hey";
        }
        if (isHeader(header)) {
            each(text, header, cells -> row(header, cells));
        }
        return "csv";
    }

    private boolean isHeader(List<String> header) {
        List<String> unknown = header.stream()
                .filter(name -> !COLUMNS.contains(name))
                .distinct()
                .toList();
        for (String name : unknown) {
            wrong(name, "The header has an unknown column “" + shown(name) + "”", "of " + String.join(", ", COLUMNS));
        }
        for (String name : COLUMNS) {
            if (header.stream().filter(name::equals).count() > 1) {
                wrong(name, "The header has the column " + name + " twice", "each column once");
            } else if (REQUIRED.contains(name) && !header.contains(name)) {
                wrong(
                        name,
                        "The header has no column " + name,
                        "atMs,valueMs,ok,cache and perhaps block, in any order");
            }
        }
        return wrong.isEmpty();
    }

    private void row(List<String> header, Map<String, String> cells) {
        int before = wrong.size();
        double at = number("atMs", cells.get("atMs"), 0, Double.MAX_VALUE);
        double value = number(
                "valueMs",
                cells.get("valueMs"),
                areTimes ? 0 : -Double.MAX_VALUE,
                areTimes ? LONGEST_MS : Double.MAX_VALUE);
        Boolean ok = YES_OR_NO.get(cells.get("ok").toLowerCase(Locale.ROOT));
        if (ok == null) {
            wrong("ok", "ok is “" + shown(cells.get("ok")) + "”", "true or false");
        }
        String cache = cells.getOrDefault("cache", "").toLowerCase(Locale.ROOT);
        if (!Set.of("", "hit", "miss").contains(cache)) {
            wrong(
                    "cache",
                    "cache is “" + shown(cells.get("cache")) + "”",
                    "hit, miss, or nothing when it is not known");
        }
        Integer block = header.contains("block") ? block(cells.get("block")) : null;
        if (wrong.size() == before) {
            keep(new Row(at, value, ok, 0, cache.isEmpty() ? "unknown" : cache, block));
        }
    }

    private Integer block(String text) {
        double number = number("block", text, 0, LARGEST_BLOCK);
        if (!Double.isNaN(number) && number != Math.rint(number)) {
            wrong("block", "block is “" + shown(text) + "”", "a whole number");
        }
        return (int) number;
    }

    /** Seconds; {@code offset} counts from the start. Requests without any answer are not in this file. */
    private void hey(BufferedReader text, List<String> header) throws IOException {
        for (String name : List.of("status-code", "offset")) {
            if (!header.contains(name)) {
                wrong(name, "The header has no column " + name, "the output of hey -o csv, unchanged");
            }
        }
        if (wrong.isEmpty()) {
            each(text, header, cells -> {
                int before = wrong.size();
                double value = number("response-time", cells.get("response-time"), 0, LONGEST_MS / 1000);
                double at = number("offset", cells.get("offset"), 0, 1e9);
                double status = number("status-code", cells.get("status-code"), 0, 999);
                if (wrong.size() == before) {
                    keep(new Row(at * 1000, value * 1000, isFine(status), (int) status, "unknown", null));
                }
            });
        }
    }

    private static boolean isFine(double status) {
        return status >= 200 && status < 300;
    }

    private void each(BufferedReader text, List<String> header, Consumer<Map<String, String>> row) throws IOException {
        for (String next = next(text); next != null && mayGoOn(); next = next(text)) {
            List<String> cells = cells(next);
            if (cells.size() != header.size()) {
                wrong(
                        "",
                        "The line has " + cells.size() + " columns, the header " + header.size(),
                        "as many as the header");
                continue;
            }
            var named = new HashMap<String, String>();
            for (int i = 0; i < cells.size(); i++) {
                named.put(header.get(i), cells.get(i));
            }
            row.accept(named);
        }
    }

    /** The next line that is not empty, or null. */
    private String next(BufferedReader text) throws IOException {
        String next = text.readLine();
        line++;
        while (next != null && next.isBlank()) {
            next = text.readLine();
            line++;
        }
        return next;
    }

    /** Cells may stand in quotation marks; a value never spans lines. */
    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(String::strip)
                .map(cell -> cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
                        ? cell.substring(1, cell.length() - 1)
                        : cell)
                .toList();
    }

    // --- k6

    private String k6(BufferedReader text) throws IOException {
        for (String next = next(text); next != null && mayGoOn(); next = next(text)) {
            try {
                JsonNode point = Json.parse(next);
                if (!point.isObject() || !point.has("metric")) {
                    wrong("", "The line is no point of k6", "the output of k6 run --out json=FILE");
                } else if (point.path("type").asText().equals("Point")
                        && point.path("metric").asText().equals("http_req_duration")) {
                    point(point.path("data"));
                }
            } catch (JsonProcessingException e) {
                wrong("", "The line is not valid JSON", "one JSON object a line, as k6 run --out json=FILE writes it");
            }
        }
        return "k6";
    }

    private void point(JsonNode data) {
        JsonNode value = data.path("value");
        Optional<Instant> over = time(data.path("time").asText());
        if (over.isEmpty()) {
            wrong("time", "time is “" + shown(data.path("time").asText()) + "”", "a time such as 2026-11-22T10:00:00Z");
        } else if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > LONGEST_MS) {
            wrong("value", "value is “" + shown(value.asText()) + "”", "milliseconds");
        } else {
            double began = over.get().getEpochSecond() * 1000.0 + over.get().getNano() / 1e6 - value.asDouble();
            keep(new Row(began, value.asDouble(), isFine(data.path("tags")), status(data), "unknown", null));
        }
    }

    private static int status(JsonNode data) {
        return data.path("tags").path("status").asInt(0);
    }

    /** k6 says itself whether it expected the answer; an old version does not. */
    private static boolean isFine(JsonNode tags) {
        String expected = tags.path("expected_response").asText("");
        return expected.isEmpty() ? isFine(tags.path("status").asInt(0)) : expected.equals("true");
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    // --- both

    private double number(String column, String text, double from, double to) {
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(number >= from && number <= to)) {
            wrong(
                    column,
                    column + " is “" + shown(text) + "”",
                    from >= 0 && !text.startsWith("-")
                            ? "a number with a point, such as 84.1"
                            : "a number that is not negative");
        }
        return number;
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private void wrong(String field, String message, String expected) {
        wrong.add(new Violation(field, "Line " + line + ": " + message, expected, line));
    }

    private boolean mayGoOn() {
        return wrong.size() < VIOLATIONS;
    }

    private void keep(Row row) {
        if (rows.size() == ROWS) {
            throw tooLarge("There are more than %,d samples".formatted(ROWS));
        }
        rows.add(row);
    }

    private static ProblemException tooLarge(String what) {
        return Problem.tooLarge(what, "at most 10 MiB and %,d samples in one import".formatted(ROWS))
                .toException();
    }

    private Read ordered(String tool) {
        rows.sort(Comparator.comparingDouble(Row::atMs));
        var samples = new ArrayList<StoredSample>(rows.size());
        double start = rows.isEmpty() ? 0 : rows.get(0).atMs();
        double end = start;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            samples.add(sample(row, i, start, row.block() == null ? blockOf(i, rows.size()) : row.block()));
            end = Math.max(end, row.atMs() + (areTimes ? row.value() : 0));
        }
        return new Read(tool, samples, calendar(start), calendar(end));
    }

    private StoredSample sample(Row row, int seq, double start, int block) {
        long at = Math.round((row.atMs() - start) * 1000);
        long done = areTimes ? at + Math.round(row.value() * 1000) : at;
        return new StoredSample(
                block,
                seq,
                -1,
                at,
                at,
                at,
                done,
                row.status(),
                row.ok() ? null : "other",
                0,
                false,
                null,
                row.cache(),
                row.cache().equals("unknown") ? null : "imported",
                null,
                null,
                null,
                null,
                false,
                false,
                row.value());
    }

    /** Equal blocks of consecutive samples: as many as 20 samples each allow, 10 to 20; the rest joins the last. */
    static int blockOf(int index, int n) {
        int blocks = Math.min(20, Math.max(10, n / 20));
        int size = Math.max(1, n / blocks);
        return Math.min(blocks - 1, index / size);
    }

    private static Optional<Instant> calendar(double ms) {
        return ms < CALENDAR || ms > CALENDAR * 10 ? Optional.empty() : Optional.of(Instant.ofEpochMilli((long) ms));
    }
}
