package dev.switchback.faults;

import dev.switchback.platform.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one PostgreSQL of both instances, and what stands in it, read past the instances. */
final class Database implements AutoCloseable {

    private static final String NAME = "switchback";

    private final Path folder;
    private LocalPostgres postgres;
    private Connection connection;

    Database(Path folder) {
        this.folder = folder;
        comeBack();
        postgres.createDatabaseIfMissing(NAME);
    }

    int port() {
        return postgres.port();
    }

    String user() {
        return postgres.user();
    }

    String password() {
        return postgres.password();
    }

    /** It dies at once, as in {@code pg_ctl -m immediate}: connections break, recovery is needed. */
    void crash() {
        long pid = Long.parseLong(firstLine(folder.resolve("postgres/postmaster.pid")));
        Optional<ProcessHandle> server = ProcessHandle.of(pid);
        Signals.send("QUIT", pid);
        server.ifPresent(process -> Waiting.until(Duration.ofSeconds(20), "PostgreSQL ends", () -> !process.isAlive()));
    }

    /** It is started, on the same port. */
    void comeBack() {
        postgres = LocalPostgres.start(folder);
        connection = null;
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, each as the texts of its columns. */
    synchronized List<List<String>> rows(String sql, Object... parameters) {
        try {
            return read(sql, parameters);
        } catch (SQLException broken) {
            connection = null;
            try {
                return read(sql, parameters);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }

    /** The first column of the first row. */
    String value(String sql, Object... parameters) {
        List<List<String>> rows = rows(sql, parameters);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    private List<List<String>> read(String sql, Object... parameters) throws SQLException {
        if (connection == null) {
            connection = postgres.connect(NAME);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var rows = new ArrayList<List<String>>();
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(found.getString(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() {
        postgres.stop();
    }
}
