package dev.switchback.platform;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs that come with Switchback, unpacked once a user. They go below the user's own cache folder,
 * so that no user ever runs what another one unpacked; where there is no home, below the data directory. Safe when
 * several processes unpack at once: each unpacks aside, the first one's folder is kept.
 */
final class PostgresBinaries {

    private static final int OWNER_MAY_EXECUTE = 0100;

    // Kept here because a logger that nobody holds is collected, and its level with it.
    private static final Logger RESOLVER = Logger.getLogger("io.zonky");

    private PostgresBinaries() {}

    /**
     * The folder with {@code bin}, {@code lib} and {@code share}.
     *
     * @throws StartRefused when there is no PostgreSQL for this machine
     */
    static Path unpacked(Path dataDirectory) {
        byte[] archive = archive();
        Path folder = cache(dataDirectory).resolve("postgres-" + fingerprint(archive));
        if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
            unpack(archive, folder);
        }
        return folder;
    }

    private static Path cache(Path dataDirectory) {
        Path home = Path.of(System.getProperty("user.home", "/nonexistent"));
        return Files.isDirectory(home) && Files.isWritable(home)
                ? home.resolve(".cache/switchback")
                : dataDirectory.resolve("programs");
    }

    private static byte[] archive() {
        RESOLVER.setLevel(Level.WARNING);
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "Darwin" : "Linux";
        String machine = ArchUtils.normalize(System.getProperty("os.arch"));
        try (InputStream found = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return found.readAllBytes();
        } catch (IOException | RuntimeException e) {
            throw new StartRefused("Switchback brings no PostgreSQL for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch")
                    + "; set QUARKUS_DATASOURCE_JDBC_URL, _USERNAME and _PASSWORD to use a PostgreSQL of your own.");
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(hash).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path folder) {
        try {
            Files.createDirectories(folder.getParent());
            Path aside = Files.createTempDirectory(folder.getParent(), "unpacking-");
            try {
                extract(archive, aside);
                keepFirst(aside, folder);
            } finally {
                DataDirectory.deleteAll(aside);
            }
        } catch (IOException e) {
            throw new StartRefused("The PostgreSQL programs could not be unpacked to " + folder + " (" + e.getMessage()
                    + "); about 70 MB of writable space are needed there.");
        }
    }

    private static void keepFirst(Path aside, Path folder) throws IOException {
        try {
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
                throw e;
            }
        }
    }

    private static void extract(byte[] archive, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, folder);
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path folder) throws IOException {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("an entry points outside: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, folder.resolve(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !path.toFile().setExecutable(true)) {
                throw new IOException(path + " cannot be made executable");
            }
        }
    }
}
