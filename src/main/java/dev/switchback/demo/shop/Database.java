package dev.switchback.demo.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.postgresql.Driver;

/**
 * A handful of connections, and the count of the statements that the present thread sent. A connection that failed is
 * thrown away, so the shop finds back by itself after the database was gone. Safe for use by several threads.
 */
final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int ALIVE_SECONDS = 2;

    /** What is done with each row. */
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** What is done with a connection. */
    interface Work {
        void with(Connection connection) throws SQLException;
    }

    private final String url;
    private final Properties login = new Properties();
    private final Semaphore permits = new Semaphore(CONNECTIONS);
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final ThreadLocal<int[]> calls = ThreadLocal.withInitial(() -> new int[1]);

    Database(String url, String user, String password, String applicationName) {
        this.url = url;
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("ApplicationName", applicationName);
        login.setProperty("connectTimeout", "3");
        login.setProperty("socketTimeout", "30");
    }

    /** Starts counting anew for this thread. */
    void countFromHere() {
        calls.get()[0] = 0;
    }

    /** How many statements this thread sent since then. */
    int calls() {
        return calls.get()[0];
    }

    /** Asks and hands over each row. Parameters are values, never part of the statement. */
    void query(String sql, Row reader, Object... parameters) throws SQLException {
        use(connection -> {
            calls.get()[0]++;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            }
        });
    }

    /** All of it or nothing. */
    void inTransaction(Work work) throws SQLException {
        use(connection -> {
            connection.setAutoCommit(false);
            try {
                work.with(connection);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** Whether it answers a question. */
    boolean answers() {
        try {
            query("SELECT 1", row -> {});
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void use(Work work) throws SQLException {
        permits.acquireUninterruptibly();
        try {
            Connection connection = borrow();
            boolean healthy = false;
            try {
                work.with(connection);
                healthy = true;
            } finally {
                giveBack(connection, healthy);
            }
        } finally {
            permits.release();
        }
    }

    private Connection borrow() throws SQLException {
        for (Connection found = poll(); found != null; found = poll()) {
            if (found.isValid(ALIVE_SECONDS)) {
                return found;
            }
            closeQuietly(found);
        }
        return new Driver().connect(url, login);
    }

    private Connection poll() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    private void giveBack(Connection connection, boolean healthy) {
        if (!healthy) {
            closeQuietly(connection);
            return;
        }
        synchronized (idle) {
            idle.addFirst(connection);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is thrown away because it does not work; that it cannot even be closed tells nothing new.
            return;
        }
    }

    @Override
    public void close() {
        for (Connection connection = poll(); connection != null; connection = poll()) {
            closeQuietly(connection);
        }
    }
}
