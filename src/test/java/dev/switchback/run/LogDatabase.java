package dev.switchback.run;

import dev.switchback.platform.LocalPostgres;
import dev.switchback.spool.Batch;
import dev.switchback.step.StepLog.Stream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of its own with a few runs, for tests of what is stored of their logs. */
public final class LogDatabase implements AutoCloseable {

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

    private final LocalPostgres postgres;
    public final PGSimpleDataSource database = new PGSimpleDataSource();
    public final RunLog log = new RunLog();

    public LogDatabase() throws Exception {
        postgres = LocalPostgres.start(Files.createTempDirectory("switchback-log"));
        postgres.createDatabaseIfMissing("switchback");
        database.setUrl(postgres.jdbcUrl("switchback"));
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        Flyway.configure().dataSource(database).load().migrate();
        for (String sql : ROWS) {
            execute(sql);
        }
        log.database = database;
        log.own = database;
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Lines of a step, as one chunk. */
    public static Batch batch(long runId, String stepId, String... lines) {
        var chunk = new LogChunk.Builder();
        for (String line : lines) {
            chunk.add(1_700_000_000_000L, Stream.OUT, line);
        }
        return new Batch(runId, 4, 1, stepId, 1, RunLog.nextPart(), chunk.lines(), chunk.toBytes());
    }

    @Override
    public void close() {
        postgres.stop();
    }
}
