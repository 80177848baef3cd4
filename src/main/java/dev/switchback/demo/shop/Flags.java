package dev.switchback.demo.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.TreeSet;

/** The flags of the shop in a file of their own, so that a restart keeps what was switched. Safe for several threads. */
final class Flags {

    private static final String READ_FROM = "read_from";
    private static final String PRICING = "pricing";

    private final Path file;

    Flags(Path file) {
        this.file = file;
    }

    /** Where the settings come from; the file, until somebody switched. */
    LiveSettings.From readFrom() {
        return LiveSettings.From.of(read().getProperty(READ_FROM, LiveSettings.From.FILE.word()));
    }

    void readFrom(LiveSettings.From from) {
        write(READ_FROM, from.word());
    }

    /** How prices are found; the old way, until somebody switched. */
    Pricing pricing() {
        return Pricing.of(read().getProperty(PRICING, Pricing.OLD.word()));
    }

    void pricing(Pricing pricing) {
        write(PRICING, pricing.word());
    }

    private Properties read() {
        var flags = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                flags.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return flags;
    }

    private synchronized void write(String flag, String word) {
        Properties flags = read();
        flags.setProperty(flag, word);
        var lines = new StringBuilder();
        for (String name : new TreeSet<>(flags.stringPropertyNames())) {
            lines.append(name).append('=').append(flags.getProperty(name)).append('\n');
        }
        try {
            Path aside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(aside, lines);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
