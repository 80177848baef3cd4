package dev.switchback.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What this machine saw of the chain, in a file outside the database: {@code DATA/audit/CHAIN} holds the number and the
 * hash of the last batch. A chain that was cut off at its end, or rewritten as a whole, does not fit it any more.
 *
 * @param file where
 */
record Anchor(Path file) {

    /** A batch that was there once. */
    record Seen(long number, String hash) {}

    /** For the chain with this name. */
    static Anchor of(Path data, String chain) {
        return new Anchor(data.resolve("audit").resolve(chain.replaceAll("[^0-9A-Za-z-]", "_")));
    }

    /** The last batch that was seen; empty when there is no such file, or none of ours. */
    Optional<Seen> read() {
        try {
            String[] words = Files.exists(file) ? Files.readString(file).strip().split(" ") : new String[0];
            return words.length == 2 && words[0].matches("[0-9]{1,18}")
                    ? Optional.of(new Seen(Long.parseLong(words[0]), words[1]))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the anchor of the audit trail cannot be read: " + file, e);
        }
    }

    /** Remembers this batch in place of the one before. */
    void write(Seen seen) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, seen.number() + " " + seen.hash() + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the anchor of the audit trail cannot be written: " + file, e);
        }
    }
}
