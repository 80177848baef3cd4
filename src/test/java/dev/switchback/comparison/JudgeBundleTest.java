package dev.switchback.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.platform.Json;
import dev.switchback.platform.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge on the command line, without any database. */
class JudgeBundleTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Told told = new Told().leg("before", "before", 100).leg("after", "after", 75);
    private final String result = VerdictJson.text(VerdictView.of(told.verdict(), told.input()));

    private int judge(Path file) {
        return Tool.named("judge")
                .orElseThrow()
                .run(List.of(file.toString()), new PrintStream(out, true), new PrintStream(err, true));
    }

    private Path bundle(String result, Map<String, byte[]> samples) throws IOException {
        Path file = folder.resolve("bundle.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, Bundle.INPUT, Json.pretty(told.input().tree()).getBytes(StandardCharsets.UTF_8));
            put(zip, Bundle.RESULT, result.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> each : samples.entrySet()) {
                put(zip, "samples/" + each.getKey() + ".jsonl.gz", each.getValue());
            }
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    @Test
    void says_the_same_bytes_as_the_bundle() throws IOException {
        assertThat(judge(bundle(result, told.blobs()))).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(result).contains("\"verdict\" : \"improved\"");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("The same as result.json");
    }

    @Test
    void prints_the_same_json_with_nothing_in_it_that_a_terminal_obeys() throws IOException {
        told.leg("check\u009b2J\u202eout", "after", 75);
        String said = VerdictJson.text(VerdictView.of(told.verdict(), told.input()));

        assertThat(judge(bundle(said, told.blobs()))).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("check\\u009b2J\\u202eout");
        assertThat(Json.parse(out.toString(StandardCharsets.UTF_8))).isEqualTo(Json.parse(said));
    }

    @Test
    void notices_another_result() throws IOException {
        assertThat(judge(bundle(result.replace("improved", "regressed"), told.blobs())))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("not what result.json");
    }

    @Test
    void notices_samples_that_were_changed_or_taken_out() throws IOException {
        var samples = new java.util.HashMap<>(told.blobs());
        String first = samples.keySet().iterator().next();
        samples.put(first, "other".getBytes(StandardCharsets.UTF_8));
        assertThat(judge(bundle(result, samples))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("was changed");

        samples.remove(first);
        assertThat(judge(bundle(result, samples))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("not in the bundle");
    }

    @Test
    void refuses_what_is_no_bundle() throws IOException {
        assertThat(judge(Files.writeString(folder.resolve("some.txt"), "hello")))
                .isEqualTo(2);
        assertThat(judge(folder.resolve("missing.zip"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("expected a bundle.zip");
        assertThat(out.toByteArray()).isEmpty();
    }
}
