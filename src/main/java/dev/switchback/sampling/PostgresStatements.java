package dev.switchback.sampling;

import dev.switchback.secret.Secrets;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Target;
import dev.switchback.step.sql.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** {@code pg_stat_statements} of the database of a target, read only. Its own questions are not counted. */
final class PostgresStatements implements StatementSource {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String OURS = "switchback counts statements";

    private final Connection connection;
    private final String database;
    private final String rowsSql;
    private final boolean hasInfo;

    private PostgresStatements(Connection connection) throws SQLException {
        this.connection = connection;
        this.database = text("SELECT current_database()");
        int version = connection.getMetaData().getDatabaseMajorVersion();
        this.hasInfo = version >= 14;
        this.rowsSql = "SELECT /* " + OURS + " */ queryid::text, min(left(query, 500)), sum(calls)::bigint, sum("
                + (version >= 13 ? "total_exec_time" : "total_time")
                + "), sum(rows)::bigint, sum(shared_blks_hit)::bigint, sum(shared_blks_read)::bigint"
                + " FROM pg_stat_statements"
                + " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
                + " AND queryid IS NOT NULL AND query NOT LIKE '%" + OURS + "%' GROUP BY queryid";
    }

    /** @throws CouldNotAskException when the database does not let us in or does not count */
    static PostgresStatements open(Target target, Secrets secrets) {
        try {
            Connection connection = Postgres.connect(target, secrets);
            try {
                connection.setReadOnly(true);
                var source = new PostgresStatements(connection);
                source.now();
                return source;
            } catch (SQLException | RuntimeException refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException failed) {
            throw cannot(failed);
        }
    }

    private static CouldNotAskException cannot(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        // 55000: the extension is there, but its library was not loaded at the start of the server.
        if (state.equals(UNDEFINED_TABLE) || state.equals("55000")) {
            return new CouldNotAskException(
                    "this database does not count statements: " + Postgres.words(failed),
                    "shared_preload_libraries = 'pg_stat_statements' in postgresql.conf, a restart of PostgreSQL, then"
                            + " CREATE EXTENSION pg_stat_statements in this database");
        }
        return new CouldNotAskException(
                "the statements could not be counted: " + Postgres.words(failed),
                "a user that may read pg_stat_statements, for example with the role pg_read_all_stats");
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public Snapshot now() {
        try {
            String reset =
                    hasInfo ? text("SELECT /* " + OURS + " */ stats_reset::text FROM pg_stat_statements_info") : null;
            String dealloc =
                    hasInfo ? text("SELECT /* " + OURS + " */ dealloc::text FROM pg_stat_statements_info") : null;
            Map<String, Counted> rows = rows();
            return new Snapshot(System.nanoTime(), reset, dealloc == null ? null : Long.valueOf(dealloc), rows);
        } catch (SQLException failed) {
            throw cannot(failed);
        }
    }

    private Map<String, Counted> rows() throws SQLException {
        var rows = new HashMap<String, Counted>();
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(rowsSql)) {
            while (found.next()) {
                rows.put(
                        found.getString(1),
                        new Counted(
                                String.valueOf(found.getString(2)),
                                found.getLong(3),
                                found.getDouble(4),
                                found.getLong(5),
                                found.getLong(6),
                                found.getLong(7)));
            }
        }
        return rows;
    }

    private String text(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return found.next() ? found.getString(1) : null;
        }
    }

    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
