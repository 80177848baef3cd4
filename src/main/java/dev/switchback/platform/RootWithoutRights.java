package dev.switchback.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL refuses to run as root. Root therefore runs it in a user namespace of its own, where the same files belong
 * to the same user, but root's power over everybody else's files is gone.
 */
final class RootWithoutRights {

    private static final Duration QUICK = Duration.ofSeconds(10);

    private RootWithoutRights() {}

    /** Whether this process runs as root. */
    static boolean needed() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Why it cannot work here, when it cannot: in words that say what to do. */
    static Optional<String> reason(Path directory, Path programs) {
        if (!needed()) {
            return Optional.empty();
        }
        if (!succeeds(directory, "true")) {
            return Optional.of("PostgreSQL does not run as root, and root may not create a user namespace here"
                    + " (`unshare -U true` fails): start Switchback as an ordinary user, or set"
                    + " QUARKUS_DATASOURCE_JDBC_URL to a PostgreSQL of your own");
        }
        if (!succeeds(directory, "test", "-w", directory.toString())
                || !succeeds(
                        directory,
                        "test",
                        "-x",
                        programs.resolve("bin/postgres").toString())) {
            return Optional.of("PostgreSQL runs without root's rights and cannot reach " + directory
                    + ", because a folder above it belongs to somebody else: choose another one with --data, for"
                    + " example --data /var/lib/switchback, or start as the user it belongs to");
        }
        return Optional.empty();
    }

    private static boolean succeeds(Path directory, String... command) {
        var all = new java.util.ArrayList<>(List.of("unshare", "-U"));
        all.addAll(List.of(command));
        return LocalPostgres.Ran.of(all, directory, QUICK).status() == 0;
    }
}
