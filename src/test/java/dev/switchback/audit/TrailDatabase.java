package dev.switchback.audit;

import dev.switchback.Leftovers;
import dev.switchback.platform.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL with nothing but the tables of the trail, a new database for whoever asks. */
final class TrailDatabase implements BeforeAllCallback, AfterAllCallback {

    private static final Path TABLES = Path.of("src/main/resources/db/migration/V017__audit_trail.sql");

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicInteger made = new AtomicInteger();
    private LocalPostgres server;
    private Path data;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        data = Files.createTempDirectory("switchback-trail");
        server = LocalPostgres.start(data);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop();
        Leftovers.remove(data);
    }

    /** The name of an empty trail. */
    String fresh() throws SQLException {
        String name = "trail" + made.incrementAndGet();
        server.createDatabaseIfMissing(name);
        try (Connection connection = connect(name)) {
            run(connection, Files.readString(TABLES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    Connection connect(String name) throws SQLException {
        return server.connect(name);
    }

    String password() {
        return server.password();
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Writes an entry as a deed does. */
    static void write(Connection connection, String actor, String action, String object) throws SQLException {
        run(
                connection,
                "INSERT INTO audit_entry (actor, means, instance, action, kind, object) VALUES ('" + actor
                        + "', 'browser', 'one', '" + action + "', 'run', '" + object + "')");
    }

    /** What the owner of the tables can do: change without the triggers. */
    static void behindItsBack(Connection connection, String... statements) throws SQLException {
        for (String table : new String[] {"entry", "batch", "checkpoint", "head"}) {
            run(connection, "ALTER TABLE audit_" + table + " DISABLE TRIGGER ALL");
        }
        run(connection, statements);
        for (String table : new String[] {"entry", "batch", "checkpoint", "head"}) {
            run(connection, "ALTER TABLE audit_" + table + " ENABLE TRIGGER ALL");
        }
    }

    static ChainReport verify(Connection connection) throws SQLException {
        return new VerifyChain(connection, Optional.empty(), chain -> Optional.empty()).verify(NOW);
    }
}
