package dev.switchback.step.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.secret.Secrets;
import dev.switchback.step.Action;
import dev.switchback.step.StepContext;
import dev.switchback.step.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * One connection for one attempt. When the brake is pulled, the running statement is cancelled in the database itself,
 * again and again until it has ended; when it has not after the grace time, the connection is cut. Used by one thread.
 */
final class SqlSession implements AutoCloseable {

    private static final int SHOWN_ROWS = 20;
    private static final int LONGEST_ROW = 4000;
    private static final Pattern RETURNING = Pattern.compile("\\bRETURNING\\b", Pattern.CASE_INSENSITIVE);
    private static final String BLOCKERS =
            "SELECT 'pid ' || pid || ' (' || coalesce(usename, '?') || coalesce(nullif(', ' || application_name, ',"
                    + " '), '') || coalesce(', ' || state, '') || '): ' || left(regexp_replace(query, '\\s+', ' ', 'g'),"
                    + " 100) FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids(?)) ORDER BY pid LIMIT 3";
    private static final String INVALID_INDEXES =
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1 LIMIT 5";

    private final Connection connection;
    private final Target target;
    private final Secrets secrets;
    private final StepContext context;
    private final Duration lockTimeout;
    private volatile boolean over;
    private volatile boolean cut;
    private volatile CompletableFuture<Optional<String>> blockers;

    private SqlSession(Connection connection, Target target, StepContext context, Duration lockTimeout) {
        this.connection = connection;
        this.target = target;
        this.secrets = context.secrets();
        this.context = context;
        this.lockTimeout = lockTimeout;
    }

    /** A session on a fresh connection, with its brake in place. */
    static SqlSession open(Target target, StepContext context, Duration lockTimeout) throws SQLException {
        var session = new SqlSession(Postgres.connect(target, context.secrets()), target, context, lockTimeout);
        context.cancellation().onCancel(session::cancelInBackground);
        return session;
    }

    /** Begins, with the time limits set for the transaction or, without one, for the connection. */
    void begin(boolean transaction, boolean readOnly, Optional<Duration> statementTimeout) throws SQLException {
        endStatementsOfALostClient();
        if (readOnly) {
            connection.setReadOnly(true);
        }
        connection.setAutoCommit(!transaction);
        String set = transaction ? "SET LOCAL " : "SET ";
        run(set + "lock_timeout = " + lockTimeout.toMillis());
        if (statementTimeout.isPresent()) {
            run(set + "statement_timeout = " + statementTimeout.get().toMillis());
        }
    }

    /** If this server is killed, the database shall not go on with its statement (PostgreSQL 14 and newer). */
    private void endStatementsOfALostClient() {
        try {
            if (connection.getMetaData().getDatabaseMajorVersion() >= 14) {
                run("SET client_connection_check_interval = 2000");
            }
        } catch (SQLException notOnThisPlatform) {
            context.log().engine("the database cannot notice by itself when this server is gone");
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * What a statement did.
     *
     * @param touched rows it changed
     * @param rows rows it returned and that were read
     * @param value first column of the first row; absent for NULL and for no row
     */
    record Done(long touched, long rows, Optional<String> value) {}

    /** Runs one statement to its end; its rows and the notices of the database go to the log. */
    Done execute(NamedSql sql, List<JsonNode> values) throws SQLException {
        blockers = null;
        try (PreparedStatement statement = connection.prepareStatement(sql.sql())) {
            statement.setFetchSize(100);
            for (int i = 0; i < values.size(); i++) {
                bind(statement, i + 1, values.get(i));
            }
            var finished = watchForBlockers();
            Done done;
            try {
                done = read(statement, RETURNING.matcher(sql.bare()).find());
            } finally {
                finished.complete(null);
            }
            tellNotices(statement.getWarnings());
            return done;
        }
    }

    /** Nothing that this session does from now on can change a row, whatever a statement says. */
    void staysReadOnly() throws SQLException {
        connection.setReadOnly(true);
        run("SET default_transaction_read_only = on");
    }

    /**
     * How the database would carry a statement out, as JSON; the statement itself is not carried out. In a transaction of
     * its own, which is rolled back.
     */
    String explain(NamedSql sql, List<JsonNode> values, Duration atMost) throws SQLException {
        connection.setAutoCommit(false);
        try {
            run("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
            run("SET LOCAL statement_timeout = " + atMost.toMillis());
            String question = "EXPLAIN (FORMAT JSON) " + sql.sql();
            try (PreparedStatement statement = connection.prepareStatement(question)) {
                for (int i = 0; i < values.size(); i++) {
                    bind(statement, i + 1, values.get(i));
                }
                try (ResultSet said = statement.executeQuery()) {
                    return said.next() ? said.getString(1) : "";
                }
            }
        } finally {
            connection.rollback();
        }
    }

    private static void bind(PreparedStatement statement, int place, JsonNode value) throws SQLException {
        if (value.isNull()) {
            statement.setObject(place, null);
        } else if (value.isBoolean()) {
            statement.setBoolean(place, value.booleanValue());
        } else if (value.isInt()) {
            statement.setInt(place, value.intValue());
        } else if (value.isLong()) {
            statement.setLong(place, value.longValue());
        } else if (value.isNumber()) {
            statement.setBigDecimal(place, value.decimalValue());
        } else {
            statement.setString(place, value.isTextual() ? value.textValue() : value.toString());
        }
    }

    private Done read(PreparedStatement statement, boolean returnsWhatItTouched) throws SQLException {
        long touched = 0;
        long rows = 0;
        Optional<String> value = Optional.empty();
        boolean isRows = statement.execute();
        while (true) {
            if (isRows) {
                Done read = readRows(statement.getResultSet(), returnsWhatItTouched);
                rows += read.rows();
                touched += returnsWhatItTouched ? read.rows() : 0;
                value = read.value();
            } else if (statement.getLargeUpdateCount() >= 0) {
                touched += statement.getLargeUpdateCount();
            } else {
                return new Done(touched, rows, value);
            }
            isRows = statement.getMoreResults();
        }
    }

    private Done readRows(ResultSet found, boolean all) throws SQLException {
        Optional<String> value = Optional.empty();
        long rows = 0;
        while (found.next()) {
            rows++;
            if (rows == 1) {
                value = Optional.ofNullable(found.getString(1));
            }
            if (rows <= SHOWN_ROWS) {
                context.log().out(row(found));
            } else if (!all) {
                break;
            }
        }
        if (rows > SHOWN_ROWS) {
            context.log().engine("only the first " + SHOWN_ROWS + " rows are shown");
        }
        return new Done(0, rows, value);
    }

    private static String row(ResultSet found) throws SQLException {
        var columns = new ArrayList<String>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            String value = found.getString(i);
            columns.add(value == null ? "NULL" : value);
        }
        String row = String.join(" | ", columns);
        return row.length() > LONGEST_ROW ? row.substring(0, LONGEST_ROW) + " …" : row;
    }

    private void tellNotices(SQLWarning first) {
        for (SQLWarning notice = first; notice != null; notice = notice.getNextWarning()) {
            context.log().err(Postgres.words(notice));
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Whether it is certain that nothing stays; false when the connection is gone. */
    boolean rollBack() {
        over = true;
        try {
            connection.rollback();
            return true;
        } catch (SQLException gone) {
            return false;
        }
    }

    /** No statement of ours runs any more, so there is nothing left to cancel. */
    void isOver() {
        over = true;
    }

    /** Whether the connection was cut because a statement did not end within the grace time. */
    boolean wasCut() {
        return cut;
    }

    private void cancelInBackground() {
        daemon("sql-cancel", this::cancelUntilOver);
    }

    private void cancelUntilOver() {
        long deadline = System.nanoTime() + Math.max(context.grace().toNanos(), 1_000_000_000L);
        try {
            while (!over) {
                if (System.nanoTime() > deadline) {
                    cut = true;
                    connection.abort(Runnable::run);
                    return;
                }
                connection.unwrap(PGConnection.class).cancelQuery();
                Thread.sleep(200);
            }
        } catch (SQLException unreachable) {
            cut = true;
            abort();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            over = true;
        }
    }

    /** A statement that waits for a lock says who holds it, while it still waits: afterwards nobody knows. */
    private CompletableFuture<Void> watchForBlockers() {
        var finished = new CompletableFuture<Void>();
        long wait = Math.max(50, Math.min(1000, lockTimeout.isZero() ? 1000 : lockTimeout.toMillis() * 6 / 10));
        CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS).execute(() -> {
            if (!finished.isDone()) {
                blockers = new CompletableFuture<>();
                var asked = blockers;
                daemon("sql-blockers", () -> askForBlockers(asked));
            }
        });
        return finished;
    }

    private void askForBlockers(CompletableFuture<Optional<String>> answer) {
        Optional<String> found = Optional.empty();
        try (Connection other = Postgres.connect(target, secrets);
                PreparedStatement question = other.prepareStatement(BLOCKERS)) {
            question.setQueryTimeout(5);
            question.setInt(1, connection.unwrap(PGConnection.class).getBackendPID());
            var holders = new ArrayList<String>();
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    holders.add(rows.getString(1));
                }
            }
            if (!holders.isEmpty()) {
                found = Optional.of(String.join("; ", holders));
                context.log().engine("waits for a lock held by " + found.get());
            }
        } catch (SQLException | RuntimeException notToBeHad) {
            found = Optional.empty();
        } finally {
            answer.complete(found);
        }
    }

    /** Who held the lock that the last statement waited for, if that could be found out. */
    Optional<String> blockers() {
        CompletableFuture<Optional<String>> asked = blockers;
        if (asked == null) {
            return Optional.empty();
        }
        try {
            return asked.get(2, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException | TimeoutException unanswered) {
            return Optional.empty();
        }
    }

    /** Indexes that are not valid, as a failed {@code CREATE INDEX CONCURRENTLY} leaves them behind. */
    Optional<String> invalidIndexes() {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(INVALID_INDEXES)) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
        } catch (SQLException unanswered) {
            return Optional.empty();
        }
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        over = true;
        try {
            connection.close();
        } catch (SQLException gone) {
            context.log()
                    .engine("the connection was gone before it was closed: " + Action.firstLine(gone.getMessage()));
        }
    }
}
