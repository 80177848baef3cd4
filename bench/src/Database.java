import dev.switchback.platform.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** An embedded PostgreSQL in a temporary folder, with Switchback's tables; shared by the servers that are measured. */
final class Database implements AutoCloseable {

    private static final String NAME = "switchback";

    final Path folder;
    final LocalPostgres postgres;
    final Connection connection;

    Database() throws Exception {
        folder = Files.createTempDirectory("switchback-bench");
        postgres = LocalPostgres.start(folder.resolve("postgres-home"));
        postgres.createDatabaseIfMissing(NAME);
        Flyway.configure()
                .dataSource(url(), postgres.user(), postgres.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        connection = connect();
    }

    String url() {
        return postgres.jdbcUrl(NAME);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), postgres.user(), postgres.password());
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    String value(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            ResultSet rows = statement.executeQuery();
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        postgres.stop();
        delete();
    }

    private void delete() {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (java.io.IOException left) {
            System.err.println(folder + " could not be deleted: " + left);
        }
    }
}
