package dev.switchback.platform;

import io.quarkus.logging.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A connection outside all pools with a thread that works on it. When it breaks it is opened again, at once and then
 * after pauses that grow to a second. An answer that takes longer than 5 seconds counts as broken.
 */
final class OwnConnection implements AutoCloseable {

    private static final int FIRST_PAUSE_MS = 50;
    private static final int LONGEST_PAUSE_MS = 1_000;
    private static final long WORKED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Address address;
    private final String name;
    private final Runnable whenUnreachable;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Open open;
    private Thread thread;

    /** Where the database is. */
    record Address(String url, String user, String password) {}

    /**
     * What another connection told.
     *
     * @param from the number of the server process that it came through
     */
    record Notice(int from, String text) {}

    /** Works on the connection until it breaks or nothing is left to do. */
    interface Work {
        void on(Open connection) throws SQLException, InterruptedException;
    }

    /** One with this name; told is each time that it cannot be opened because nobody answers. */
    OwnConnection(Address address, String name, Runnable whenUnreachable) {
        this.address = address;
        this.name = name;
        this.whenUnreachable = whenUnreachable;
    }

    /** Starts a thread that opens the connection and works on it, again and again until {@link #close}. */
    void keep(String threadName, Work work) {
        thread = new Thread(() -> workOn(work), threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /** The number of its process in the server; 0 while there is none. */
    int backend() {
        Open now = open;
        return now == null ? 0 : now.backend;
    }

    /** Breaks the connection; its thread ends. */
    @Override
    public void close() {
        closed.countDown();
        Open now = open;
        if (now != null) {
            now.abort();
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Waits so long, or until it is closed; answers whether it goes on. */
    boolean rest(int millis) throws InterruptedException {
        return !closed.await(millis, TimeUnit.MILLISECONDS);
    }

    private void workOn(Work work) {
        try {
            int pause = FIRST_PAUSE_MS;
            do {
                pause = workOnce(work) ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
            } while (rest(pause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers whether it worked for a while, so that a server which breaks every connection at once is not flooded. */
    private boolean workOnce(Work work) throws InterruptedException {
        long since = System.nanoTime();
        try (Open connection = connect()) {
            open = connection;
            work.on(connection);
        } catch (SQLException e) {
            Log.debugf(e, "%s: the connection is broken", name);
            if (open == null && isSilence(e.getSQLState())) {
                whenUnreachable.run();
            }
        }
        open = null;
        return System.nanoTime() - since > WORKED_NANOS;
    }

    /** Nobody answers, or a server that is being stopped or started; one that refuses for another reason is there. */
    private static boolean isSilence(String state) {
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    private Open connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        // A notice that a crash of the server swallows is missed by nobody: all connections are gone with it.
        properties.setProperty("options", "-c synchronous_commit=off");
        Connection connection = new Driver().connect(address.url(), properties);
        if (connection == null) {
            throw new SQLException("not an address of PostgreSQL: " + address.url());
        }
        return new Open(connection);
    }

    /** The connection while it works. */
    static final class Open implements AutoCloseable {

        private final Connection connection;
        private final PGConnection postgres;
        private final int backend;
        private PreparedStatement telling;

        private Open(Connection connection) throws SQLException {
            this.connection = connection;
            this.postgres = connection.unwrap(PGConnection.class);
            this.backend = postgres.getBackendPID();
        }

        void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /** Tells every connection that listens on this channel. */
        void tell(String channel, Collection<String> notices) throws SQLException {
            if (telling == null) {
                telling = connection.prepareStatement("SELECT pg_notify('" + channel + "', n) FROM unnest(?) AS n");
            }
            telling.setArray(1, connection.createArrayOf("text", notices.toArray()));
            telling.execute();
        }

        /** Waits for notices; none after so many milliseconds of silence. */
        List<Notice> wait(int millis) throws SQLException {
            PGNotification[] came = postgres.getNotifications(millis);
            var notices = new ArrayList<Notice>();
            if (came != null) {
                for (PGNotification each : came) {
                    notices.add(new Notice(each.getPID(), each.getParameter()));
                }
            }
            return notices;
        }

        private void abort() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                Log.debug("a connection that was to be broken was broken already", alreadyGone);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
