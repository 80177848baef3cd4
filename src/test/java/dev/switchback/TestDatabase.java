package dev.switchback;

import dev.switchback.platform.LocalPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** The embedded PostgreSQL for tests that speak HTTP: a fresh one for each test run, the same that users get. */
public class TestDatabase implements QuarkusTestResourceLifecycleManager {

    /** The password of admin in tests. */
    public static final String PASSWORD = "test-password-1";

    private Path data;
    private LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            data = Files.createTempDirectory("switchback-test");
            postgres = LocalPostgres.start(data);
            postgres.createDatabaseIfMissing("switchback");
            forgetful();
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    postgres.jdbcUrl("switchback"),
                    "quarkus.datasource.username",
                    postgres.user(),
                    "quarkus.datasource.password",
                    postgres.password(),
                    "switchback.secret.TEST_TOKEN",
                    "t0p-secret-value",
                    "switchback.engine.lease",
                    "3s",
                    "switchback.log.limit",
                    "4M",
                    "switchback.watch.every",
                    "300ms",
                    "switchback.engine.drain",
                    "1s",
                    "switchback.admin.password",
                    PASSWORD);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Nothing of a test needs to outlive a power cut, so no commit waits for the disk. */
    private void forgetful() {
        try (var connection = postgres.connect("switchback");
                var statement = connection.createStatement()) {
            statement.executeUpdate("ALTER DATABASE switchback SET synchronous_commit = off");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.stop();
            Leftovers.remove(data);
        }
    }
}
