package dev.switchback.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.switchback.exchange.RunbookFileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The runbook files that there are, each a little spoilt: lines lost, doubled, moved, turned into something else. */
final class FileMutation {

    /** The files of the demo and of the tests. */
    private static final List<String> FILES = Stream.concat(
                    files("src/main/resources/demo"), files("src/test/resources/runbooks"))
            .toList();

    private static final List<JsonNode> CONTENTS = FILES.stream()
            .flatMap(text -> RunbookFileReader.read(text).documents().stream())
            .<JsonNode>map(document -> document.content())
            .toList();

    private static final List<String> PIECES = List.of(
            "&a ",
            "*a",
            "<<: *a",
            "!!java.net.URL [x]",
            "!!binary aGFsbG8=",
            "!x ",
            "? ",
            "- - - ",
            "{{{{",
            "[[[[",
            "%YAML 9.9",
            "---",
            "...",
            "\t",
            "\"",
            "'",
            "|+9",
            ">-",
            "\u0000",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u202e",
            "~",
            ".nan",
            "-.inf",
            "0x7fffffffffffffff",
            "1e999",
            "2026-11-23",
            "yes",
            "{a: 1, a: 2}",
            "[".repeat(200),
            "{a: ".repeat(200),
            "x".repeat(70_000));

    private final Random random;

    FileMutation(Random random) {
        this.random = random;
    }

    private static Stream<String> files(String folder) {
        try (var files = Files.walk(Path.of(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(FileMutation::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            // Under keys of its own: what of it can be stored after all is nobody else's.
            return new String(Files.readAllBytes(file), UTF_8).replaceAll("(?m)^key: ", "key: fz-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a document as JSON, whole. */
    JsonNode json() {
        return CONTENTS.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : CONTENTS.get(random.nextInt(CONTENTS.size())).deepCopy();
    }

    /** A file whose lines were changed a few times. */
    String file() {
        var lines =
                new ArrayList<>(FILES.get(random.nextInt(FILES.size())).lines().toList());
        for (int i = 1 + random.nextInt(4); i > 0 && !lines.isEmpty(); i--) {
            change(lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private void change(List<String> lines) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        int colon = line.indexOf(": ");
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size()), line);
            case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            case 3 -> lines.set(at, " ".repeat(1 + random.nextInt(3)) + line);
            case 4 -> lines.set(at, line.stripLeading());
            case 5 -> lines.add(at, piece);
            default -> lines.set(at, colon < 0 ? line + piece : line.substring(0, colon + 2) + piece);
        }
    }

    /** The same bytes but for a few that were changed, lost, doubled or cut off. */
    static byte[] bytewise(byte[] bytes, Random random) {
        var changed = new ByteArrayOutputStream();
        int rare = Math.max(1, bytes.length / (1 + random.nextInt(6)));
        int end = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        for (int i = 0; i < end; i++) {
            switch (random.nextInt(rare) == 0 ? random.nextInt(4) : 9) {
                case 0 -> changed.write(random.nextInt(256));
                case 1 -> changed.write(bytes[i] ^ 1 << random.nextInt(8));
                case 2 -> changed.writeBytes(new byte[] {bytes[i], bytes[i]});
                case 3 -> {}
                default -> changed.write(bytes[i]);
            }
        }
        return changed.toByteArray();
    }
}
