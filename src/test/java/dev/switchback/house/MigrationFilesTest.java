package dev.switchback.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tables change by new files only: what has landed stays as it is, because databases out there have run it. */
class MigrationFilesTest {

    private static final Path FOLDER = Tree.RESOURCES.resolve("db/migration");

    /** One line for each file that has landed: its SHA-256, two spaces, its name, as sha256sum writes it. */
    private static final Path LANDED = Path.of("src/test/resources/house/landed-migrations.sha256");

    private static final List<Path> FILES = Tree.files(FOLDER, "");

    @Test
    void are_numbered_without_a_gap_and_say_what_they_do() {
        assertThat(FILES).isNotEmpty();
        assertThat(IntStream.range(0, FILES.size()))
                .allMatch(i ->
                        FILES.get(i).getFileName().toString().matches(String.format("V%03d__[a-z0-9_]+\\.sql", i + 1)));
    }

    @Test
    void never_change_once_they_have_landed() {
        Map<String, String> sums = FILES.stream()
                .collect(Collectors.toMap(file -> file.getFileName().toString(), MigrationFilesTest::sum));
        Map<String, String> landed = Tree.text(LANDED)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" {2}"))
                .collect(Collectors.toMap(words -> words[1], words -> words[0]));
        assertThat(landed.keySet())
                .as("every migration is pinned in " + LANDED + "; add the line of a new one")
                .containsExactlyInAnyOrderElementsOf(sums.keySet());
        assertThat(sums)
                .as("a landed migration was changed; write a new file instead")
                .isEqualTo(landed);
    }

    private static String sum(Path file) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Tree.text(file).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
