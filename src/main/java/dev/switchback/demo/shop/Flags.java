package dev.switchback.demo.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** The flags of the shop in a file of their own, so that a restart keeps what was switched. */
final class Flags {

    private static final String READ_FROM = "read_from";

    private final Path file;

    Flags(Path file) {
        this.file = file;
    }

    /** Where the settings come from; the file, until somebody switched. */
    LiveSettings.From readFrom() {
        var flags = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                flags.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return LiveSettings.From.of(flags.getProperty(READ_FROM, LiveSettings.From.FILE.word()));
    }

    void readFrom(LiveSettings.From from) {
        try {
            Path aside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(aside, READ_FROM + "=" + from.word() + "\n");
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
