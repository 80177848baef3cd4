package dev.switchback.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Foreign code comes in with somebody's eyes open: what the application and its tests are made of is written down. */
class DependenciesTest {

    /** One line for each archive, in order: group:artifact:version, with its classifier where it has one, a space, its SHA-256. */
    private static final Path LIST = Path.of("src/test/resources/house/dependencies.txt");

    /** As every Maven repository lays them out: …/group/of/it/artifact/version/artifact-version.jar. */
    private static final Pattern ARCHIVE =
            Pattern.compile(".*?/repository/(?<group>.+)/(?<artifact>[^/]+)/(?<version>[^/]+)/(?<file>[^/]+)\\.jar");

    /** Maven takes the archive that fits the machine; and what starts the tests differs. */
    private static final Pattern OF_THE_MACHINE =
            Pattern.compile("/brotli4j/native-|/junit-platform-console|/org/apache/maven/surefire/");

    private static final String HEAD = """
        # Every library of the application and of its tests, with its SHA-256, as Maven Central has it.
        # After a change of pom.xml: ./mvnw test -Dtest=DependenciesTest -Dswitchback.dependencies=renew
        # and read what changed here: each new line is code that will run in production or in the build.

        """;

    @Test
    void of_the_application_and_its_tests_change_only_where_somebody_reads_it() throws IOException {
        String found = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(DependenciesTest::line)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        if ("renew".equals(System.getProperty("switchback.dependencies"))) {
            Files.writeString(LIST, HEAD + found);
        }

        List<String> listed = Tree.text(LIST)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();

        assertThat(found.lines().toList())
                .as("the libraries differ from " + LIST + "; read the difference, then renew the list as it says")
                .isNotEmpty()
                .isEqualTo(listed);
    }

    private static String line(String file) {
        var archive = ARCHIVE.matcher(file.replace(File.separatorChar, '/'));
        if (!archive.matches() || OF_THE_MACHINE.matcher(file).find()) {
            return null;
        }
        String plain = archive.group("artifact") + "-" + archive.group("version");
        String classifier = archive.group("file")
                .substring(Math.min(plain.length(), archive.group("file").length()));
        return archive.group("group").replace('/', '.') + ":" + archive.group("artifact") + ":"
                + archive.group("version") + classifier.replaceFirst("^-", ":") + " " + sum(Path.of(file));
    }

    private static String sum(Path file) {
        try (var stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[1 << 16];
            for (int read = stream.read(part); read >= 0; read = stream.read(part)) {
                digest.update(part, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
