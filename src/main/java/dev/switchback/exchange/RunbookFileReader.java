package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.problem.Violation;
import dev.switchback.shape.ChoiceShape;
import dev.switchback.shape.FileProblems;
import dev.switchback.shape.Limits;
import dev.switchback.shape.Lines;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.Place;
import dev.switchback.shape.Report;
import dev.switchback.shape.RunbookShapes;
import dev.switchback.shape.WellFormed;
import dev.switchback.shape.Words;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads runbook files: YAML 1.2 with environments and migrations (section 2 of the contract). Reports all problems of
 * all documents at once, each with its line; nothing is read in part, filled in or ignored. Never throws for what the
 * text says. Pure functions, safe for use by several threads.
 */
public final class RunbookFileReader {
    private static final Map<String, ObjectShape> SHAPES =
            Map.of("Environment", RunbookShapes.ENVIRONMENT, "Migration", RunbookShapes.MIGRATION);

    private final List<ReadDocument> documents = new ArrayList<>();
    private final List<Violation> problems = new ArrayList<>();
    private final Map<String, Integer> linesByKey = new HashMap<>();

    private RunbookFileReader() {}

    /** Reads a file as it was sent: it must be UTF-8 without a byte order mark. */
    public static ReadFile read(byte[] file) {
        if (file.length > Limits.FILE_BYTES) {
            return ReadFile.refused(tooLarge(file.length));
        }
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer decoded = CharBuffer.allocate(file.length);
        if (strict.decode(ByteBuffer.wrap(file), decoded, true).isError()) {
            int line = lineAt(decoded.flip().toString(), decoded.length());
            return ReadFile.refused(new Violation("", "The file is not UTF-8", "a text file in UTF-8", line));
        }
        return read(decoded.flip().toString());
    }

    /** Reads the text of a file. */
    public static ReadFile read(String text) {
        return refusal(text).map(ReadFile::refused).orElseGet(() -> {
            RunbookFileReader reader = new RunbookFileReader();
            reader.readDocuments(FileParts.of(text));
            return new ReadFile(reader.documents, FileProblems.sorted(reader.problems));
        });
    }

    private static Optional<Violation> refusal(String text) {
        long bytes = text.length() > Limits.FILE_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Limits.FILE_BYTES) {
            return Optional.of(tooLarge(bytes));
        }
        if (text.startsWith("\uFEFF")) {
            return Optional.of(
                    new Violation("", "The file begins with a byte order mark", "UTF-8 without a byte order mark", 1));
        }
        return strangeCharacter(text);
    }

    private static Violation tooLarge(long bytes) {
        return new Violation(
                "", "The file has " + bytes + " bytes", "at most " + Limits.FILE_BYTES + " bytes (5 MiB)", 1);
    }

    private static Optional<Violation> strangeCharacter(String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int character = text.codePointAt(i);
            if (WellFormed.isStrange(character)) {
                String message = character == 0xFFFD
                        ? "The file is not UTF-8, or was damaged on the way (U+FFFD)"
                        : String.format("The file contains the invisible character U+%04X", character);
                return Optional.of(new Violation("", message, "printable text in UTF-8", lineAt(text, i)));
            }
        }
        return Optional.empty();
    }

    private static int lineAt(String text, int index) {
        String before = text.substring(0, index).replace("\r\n", "\n");
        return 1 + (int) before.chars().filter(c -> c == '\n' || c == '\r').count();
    }

    private void readDocuments(List<FileParts.Part> parts) {
        if (parts.isEmpty()) {
            problems.add(new Violation("", "The file has no document", "at least one Environment or Migration", 1));
        }
        if (parts.size() > Limits.DOCUMENTS) {
            int line = parts.get(Limits.DOCUMENTS).line();
            String message = "The file has " + parts.size() + " documents";
            problems.add(new Violation("", message, "at most " + Limits.DOCUMENTS, line));
            return;
        }
        parts.forEach(this::readDocument);
    }

    private void readDocument(FileParts.Part part) {
        Lines lines = new Lines();
        Report report = new Report(lines);
        YamlTree.read(part.text(), part.line(), lines, report).ifPresent(tree -> {
            WellFormed.check(tree, report);
            checkDocument(tree, lines, report);
            if (report.isEmpty()) {
                documents.add(new ReadDocument(
                        tree.get("kind").textValue(),
                        tree.get("key").textValue(),
                        lines.of(Place.DOCUMENT),
                        (ObjectNode) tree,
                        part.source(),
                        lines.all()));
            }
        });
        problems.addAll(report.violations());
    }

    private void checkDocument(JsonNode tree, Lines lines, Report report) {
        if (!tree.isObject()) {
            report.add(
                    Place.DOCUMENT, "The document is " + Words.kind(tree), "a mapping with apiVersion, kind and key");
            return;
        }
        ObjectShape shape = SHAPES.get(tree.path("kind").asText());
        if (shape == null) {
            refuseKind(tree, report);
            return;
        }
        shape.check(tree, Place.DOCUMENT, report);
        checkFirst(tree, lines, report);
    }

    private static void refuseKind(JsonNode tree, Report report) {
        Place kind = Place.DOCUMENT.member("kind");
        if (!tree.has("kind")) {
            report.add(kind, "“kind” is missing", "Environment or Migration");
        } else {
            ChoiceShape.of("Environment", "Migration").check(tree.get("kind"), kind, report);
        }
        JsonNode version = tree.path("apiVersion");
        if (!version.asText().equals(RunbookShapes.API_VERSION)) {
            Place place = Place.DOCUMENT.member("apiVersion");
            String found = version.isMissingNode() ? " is missing" : " is " + Words.quoted(version.asText());
            report.add(place, "“apiVersion”" + found, RunbookShapes.API_VERSION);
        }
    }

    private void checkFirst(JsonNode tree, Lines lines, Report report) {
        JsonNode key = tree.path("key");
        Place place = Place.DOCUMENT.member("key");
        if (!key.isTextual()) {
            return;
        }
        String kind = tree.path("kind").asText();
        Integer first = linesByKey.putIfAbsent(kind + " " + key.textValue(), lines.of(place));
        if (first != null) {
            report.add(
                    place,
                    "The file has two documents " + kind + " " + Words.quoted(key.textValue()) + ", the first on line "
                            + first,
                    "one document for each kind and key");
        }
    }
}
