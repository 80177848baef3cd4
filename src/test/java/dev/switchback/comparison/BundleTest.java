package dev.switchback.comparison;

import static dev.switchback.Http.admin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.TestDatabase;
import dev.switchback.comparison.Imported.Load;
import dev.switchback.platform.Tool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle proves a verdict where there is no database. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class BundleTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int comparison() {
        var shop = Imported.requests("warm", "p50: improve 10%, p95: keep");
        int before = shop.measured("before", Load.seeded(51));
        int after = shop.measured("after", Load.seeded(52).median(80));
        return admin().get("/api/v1/comparisons?before=" + before + "&after=" + after)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private Path bundle(int comparison) throws IOException {
        byte[] zip = admin().get("/api/v1/comparisons/" + comparison + "/bundle.zip")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
        return Files.write(folder.resolve("bundle.zip"), zip);
    }

    private int judge(Path bundle) {
        return Tool.named("judge")
                .orElseThrow()
                .run(List.of(bundle.toString()), new PrintStream(out, true), new PrintStream(err, true));
    }

    @Test
    void the_command_line_says_the_same_bytes_as_the_server() throws IOException {
        Path bundle = bundle(comparison());

        int status = judge(bundle);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("The same as result.json");
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(read(bundle).get("result.json"))
                .contains("\"verdict\" : \"improved\"");
    }

    @Test
    void the_bundle_has_everything_and_is_always_the_same() throws IOException {
        int comparison = comparison();
        byte[] first = Files.readAllBytes(bundle(comparison));
        Path bundle = bundle(comparison);

        assertThat(Files.readAllBytes(bundle)).isEqualTo(first);
        assertThat(read(bundle).keySet())
                .contains("README.md", "input.json", "result.json", "parameters.json")
                .filteredOn(name -> name.startsWith("samples/"))
                .hasSize(2);
    }

    private static Map<String, String> read(Path bundle) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipFile(bundle.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (var stream = zip.getInputStream(entry)) {
                    files.put(entry.getName(), new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }
}
