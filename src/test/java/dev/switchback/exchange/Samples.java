package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.problem.Violation;
import dev.switchback.shape.RunbookShapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sample files of the tests. */
final class Samples {
    static final Path FOLDER = Path.of("src/test/resources/runbooks");

    static final String ENVIRONMENT = """
        apiVersion: switchback/v1
        kind: Environment
        key: staging
        name: Staging
        tier: staging
        """;

    static final String MIGRATION = """
        apiVersion: switchback/v1
        kind: Migration
        key: shop
        title: Move the settings
        service: shop
        owner: team-shop
        expected: no failed request
        rollbackNote: Set the flag back.
        """;

    private static final List<ReadDocument> CONTRACT =
            RunbookFileReader.read(text("contract.yaml")).documents();

    private Samples() {}

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The migration of the contract's example, as text. */
    static String migrationText() {
        return CONTRACT.stream()
                .filter(document -> document.kind().equals("Migration"))
                .findFirst()
                .orElseThrow()
                .source();
    }

    static List<Path> in(String folder) {
        try (var files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The content of a file with one document and no problem. */
    static ObjectNode content(String yaml) {
        ReadFile read = RunbookFileReader.read(yaml);
        if (!read.problems().isEmpty()) {
            throw new AssertionError(read.problems());
        }
        return read.documents().get(0).content();
    }

    static ObjectNode contractMigration() {
        return CONTRACT.get(1).content().deepCopy();
    }

    static ObjectNode contractEnvironment() {
        return CONTRACT.get(0).content().deepCopy();
    }

    static List<Violation> validate(JsonNode content) {
        return content.path("kind").asText().equals("Environment")
                ? RunbookShapes.validateEnvironment(content)
                : RunbookShapes.validateMigration(content);
    }
}
