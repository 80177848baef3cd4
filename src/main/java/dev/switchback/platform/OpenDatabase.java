package dev.switchback.platform;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;

/** Reaches the database of a Switchback, whether its server is running or not. */
final class OpenDatabase {

    /** What is done with it. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final CommandLine command;

    OpenDatabase(CommandLine command) {
        this.command = command;
    }

    /** @throws StartRefused when there is no data yet */
    <T> T with(Work<T> work) throws SQLException {
        if (command.database().isPresent()) {
            CommandLine.Database own = command.database().get();
            try (Connection connection = LocalPostgres.connect(own.url(), own.user(), own.password())) {
                return work.on(connection);
            }
        }
        DataDirectory data = existing();
        var running = LocalPostgres.running(data.path());
        if (running.isPresent()) {
            return with(running.get(), work);
        }
        try (ServerLock lock = ServerLock.take(data);
                LocalPostgres started = LocalPostgres.start(data.path())) {
            return with(started, work);
        }
    }

    private static <T> T with(LocalPostgres server, Work<T> work) throws SQLException {
        try (Connection connection = server.connect(LocalPostgres.DATABASE)) {
            return work.on(connection);
        }
    }

    private DataDirectory existing() {
        if (!Files.isDirectory(command.data().resolve("postgres"))) {
            throw new StartRefused("There is no Switchback data in " + command.data()
                    + " yet; name the directory with --data DIR, or start Switchback first.");
        }
        return DataDirectory.prepare(command.data());
    }
}
