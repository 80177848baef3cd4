package dev.switchback.demo;

import dev.switchback.platform.Private;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/** What the demo hands to the server that starts beside it. */
public final class Demo {

    /** System property with the path of the demo's runbook file, set while the demo is on. */
    static final String FILE = "switchback.demo.file";

    private static final String PASSWORD = "password";

    private Demo() {}

    /** The runbook file with the ports and folders of this machine, while the demo is on. */
    public static Optional<String> runbookFile() {
        return Optional.ofNullable(System.getProperty(FILE)).map(path -> read(Path.of(path)));
    }

    /** Who says yes to what the reader of the demo asks for. */
    static final String REVIEWER = "reviewer";

    /** The password of the second person, while the demo is on and has written it down. */
    static Optional<String> reviewerPassword() {
        return Optional.ofNullable(System.getProperty(FILE))
                .map(path -> Private.read(reviewer(Path.of(path).getParent())).get(PASSWORD));
    }

    /** The same, made at the first start; only who started the demo can read it. */
    static String reviewerPassword(Path directory) {
        var kept = new TreeMap<>(Private.read(reviewer(directory)));
        String password = kept.computeIfAbsent(PASSWORD, name -> Private.newSecret());
        Private.write(reviewer(directory), kept);
        return password;
    }

    private static Path reviewer(Path directory) {
        return directory.resolve("reviewer.properties");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's runbook file " + file + " cannot be read", e);
        }
    }
}
