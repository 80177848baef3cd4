package dev.switchback.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the checkout, as the guards read them. Maven runs tests in the folder of the project. */
final class Tree {

    static final Path MAIN = Path.of("src/main/java/dev/switchback");
    static final Path TEST = Path.of("src/test/java/dev/switchback");
    static final Path RESOURCES = Path.of("src/main/resources");

    private Tree() {}

    /** The files below a folder whose names end so, in the order of their names. */
    static List<Path> files(Path folder, String end) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
