package dev.switchback.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/**
 * The folder that holds everything Switchback keeps on this machine: the embedded database, its password, the pid file,
 * the demo. Created for its owner only.
 */
public record DataDirectory(Path path) {

    /**
     * Makes the folder unless it is there, and makes sure that files can be written to it.
     *
     * @throws StartRefused with one sentence when they cannot
     */
    public static DataDirectory prepare(Path wished) {
        Path path = wished.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            Files.delete(Files.createTempFile(path, "writable-", null));
            return new DataDirectory(path.toRealPath());
        } catch (IOException e) {
            throw new StartRefused("The data directory " + path + " cannot be written to by the user "
                    + System.getProperty("user.name") + " (" + reason(e)
                    + "); make it writable, or choose another one with --data DIR or SWITCHBACK_DATA.");
        }
    }

    /** Where the running server says who and where it is. */
    Path pidFile() {
        return path.resolve("switchback.pid");
    }

    Path lockFile() {
        return path.resolve("switchback.lock");
    }

    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(DataDirectory::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        return e.getMessage();
    }
}
