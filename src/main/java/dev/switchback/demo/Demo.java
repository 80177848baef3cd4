package dev.switchback.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the demo hands to the server that starts beside it. */
public final class Demo {

    /** System property with the path of the demo's runbook file, set while the demo is on. */
    static final String FILE = "switchback.demo.file";

    private Demo() {}

    /** The runbook file with the ports and folders of this machine, while the demo is on. */
    public static Optional<String> runbookFile() {
        return Optional.ofNullable(System.getProperty(FILE)).map(path -> read(Path.of(path)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's runbook file " + file + " cannot be read", e);
        }
    }
}
