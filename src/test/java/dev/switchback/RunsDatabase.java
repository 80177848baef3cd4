package dev.switchback;

import dev.switchback.platform.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of its own with nine runs that move, numbered 1 to 9, each under the fence 4; no engine looks at it. For
 * tests of what is written and asked in plain SQL.
 */
public class RunsDatabase implements AutoCloseable {

    private static final List<String> ROWS = List.of("""
        INSERT INTO migration (key, title, service, owner, state, revision, needs_review, created_at, created_by,
            changed_at, changed_by)
        VALUES ('m', 'M', 's', 'o', 'ready', 1, false, now(), 'a', now(), 'a')
        """, """
        INSERT INTO migration_revision (migration_id, number, content, content_hash, source, created_at, created_by)
        SELECT id, 1, '{}', 'x', 'x', now(), 'a' FROM migration
        """, """
        INSERT INTO environment (key, name, tier, content, content_hash, source, revision, created_at, created_by,
            changed_at, changed_by)
        VALUES ('e', 'E', 'staging', '{}', 'x', 'x', 1, now(), 'a', now(), 'a')
        """, """
        INSERT INTO run (migration_id, revision_id, environment_id, environment_content, service, purpose, finish,
            measure, state, direction, leg_no, requested_by, created_at, fence)
        SELECT 1, 1, 1, '{}', 's' || i, 'live', 'applied', 'none', 'running', 'forward', 1, 'a', now(), 4
        FROM generate_series(1, 9) i
        """);

    private final Path data;
    private final LocalPostgres postgres;

    /** Connections to it. */
    public final PGSimpleDataSource database = new PGSimpleDataSource();

    public RunsDatabase() throws Exception {
        data = Files.createTempDirectory("switchback-runs");
        postgres = LocalPostgres.start(data);
        postgres.createDatabaseIfMissing("switchback");
        database.setUrl(postgres.jdbcUrl("switchback"));
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        Flyway.configure().dataSource(database).load().migrate();
        for (String sql : ROWS) {
            execute(sql);
        }
    }

    /** Carries it out and commits. */
    public final void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row; "no row" when there is none. */
    public final String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "no row";
        }
    }

    /** The same as a number. */
    public final long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    @Override
    public void close() {
        postgres.stop();
        Leftovers.remove(data);
    }
}
