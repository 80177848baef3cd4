package dev.switchback.platform;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Files that only their owner may read, replaced whole: a reader sees the old text or the new one, never half of it. */
public final class Private {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Private() {}

    /** Replaces the file; mode 0600 from its first byte on. */
    public static void write(Path file, String text) {
        try {
            Path aside = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
            Files.deleteIfExists(aside);
            Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(aside, text, StandardCharsets.UTF_8);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    /** Replaces the file with these properties, in the order of their names. */
    public static void write(Path file, Map<String, String> values) {
        var lines = new StringBuilder();
        new TreeMap<>(values).forEach((name, value) -> lines.append(line(name, value)));
        write(file, lines.toString());
    }

    /** The properties in the file; empty when there is no such file. */
    public static Map<String, String> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            var values = new TreeMap<String, String>();
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }

    /** A new password or token: 144 random bits in 24 characters that need no quoting anywhere. */
    public static String newSecret() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String line(String name, String value) {
        try {
            var one = new Properties();
            one.setProperty(name, value);
            var text = new StringWriter();
            one.store(text, null);
            // Properties starts with the date as a comment: the same values would not give the same file.
            return text.toString()
                            .lines()
                            .filter(l -> !l.startsWith("#"))
                            .findFirst()
                            .orElseThrow() + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
