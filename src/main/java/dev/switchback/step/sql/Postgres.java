package dev.switchback.step.sql;

import dev.switchback.secret.Secrets;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Outbound;
import dev.switchback.step.Target;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections to targets of kind {@code jdbc} {@code {url, user, password}}. Stateless. */
public final class Postgres {

    private static final String CONNECT_SECONDS = "5";
    private static volatile OwnDatabase own = OwnDatabase.UNKNOWN;

    private Postgres() {}

    /**
     * A fresh connection that shows up as {@code switchback} in the database.
     *
     * @throws CouldNotAskException when the target is not a PostgreSQL
     * @throws SQLException when it does not let us in; nothing was done
     */
    public static Connection connect(Target target, Secrets secrets) throws SQLException {
        JdbcAddress address = permit(target);
        var settings = new Properties();
        set(settings, "user", secrets.resolve(target.text("user", "")));
        set(settings, "password", secrets.resolve(target.text("password", "")));
        settings.setProperty("ApplicationName", "switchback");
        settings.setProperty("connectTimeout", CONNECT_SECONDS);
        settings.setProperty("loginTimeout", "10");
        settings.setProperty("tcpKeepAlive", "true");
        // Texts without a type: the database decides what they are, as it does for a literal.
        settings.setProperty("stringtype", "unspecified");
        Connection connection =
                new Driver().connect(pinned(address, target, settings.getProperty("user", "")), settings);
        if (connection == null) {
            throw new CouldNotAskException(
                    "the url of the target " + target.name() + " cannot be read",
                    "a url such as jdbc:postgresql://127.0.0.1:5432/shop");
        }
        return connection;
    }

    /**
     * Where a target leads, for people: {@code database shop on 127.0.0.1:5432 as shop}. Connects to nothing.
     *
     * @throws CouldNotAskException when the target is not a PostgreSQL, or its url states what is refused
     */
    static String place(Target target, Secrets secrets) {
        JdbcAddress address = permit(target);
        String user = secrets.resolve(target.text("user", ""));
        String hosts = address.hosts().stream()
                .map(host -> host.name() + ":" + host.port())
                .collect(java.util.stream.Collectors.joining(", "));
        String database = address.database().isEmpty() ? user : address.database();
        return "database " + database + " on " + hosts + (user.isEmpty() ? "" : " as " + user);
    }

    /** Tells which database no target may be. */
    public static void keepOut(OwnDatabase database) {
        own = database;
    }

    /**
     * What its url says, if it may say so. Connects to nothing.
     *
     * @throws CouldNotAskException when the target is not a PostgreSQL, or its url states what is refused
     */
    static JdbcAddress permit(Target target) {
        String url = target.text("url", "");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new CouldNotAskException(
                    "this version of Switchback speaks to PostgreSQL only; the url of the target " + target.name()
                            + " is of another kind",
                    "a url such as jdbc:postgresql://127.0.0.1:5432/shop");
        }
        return JdbcAddress.of(url, target.name());
    }

    private static String pinned(JdbcAddress address, Target target, String user) {
        try {
            if (own.isMeant(address, user)) {
                throw new CouldNotAskException(
                        "the target " + target.name() + " is the database of Switchback itself",
                        "a database of the service");
            }
            return address.pinned();
        } catch (UnknownHostException unknown) {
            throw new CouldNotAskException(
                    "the host of the target " + target.name() + " is not known: " + unknown.getMessage(),
                    "a host that this machine can look up");
        } catch (Outbound.DeniedException denied) {
            throw new CouldNotAskException(
                    "the target " + target.name() + ": " + denied.getMessage(), "an address that is allowed");
        }
    }

    private static void set(Properties settings, String name, String value) {
        if (!value.isEmpty()) {
            settings.setProperty(name, value);
        }
    }

    /** What the database said, in one line, with its code. */
    public static String words(SQLException failure) {
        String message = String.valueOf(failure.getMessage())
                .replaceAll("\\s*\\R\\s*", "; ")
                .strip();
        return failure.getSQLState() == null ? message : message + " (SQLSTATE " + failure.getSQLState() + ")";
    }

    /** Whether the connection is gone, as opposed to a statement refused. */
    static boolean lost(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.equals("57P01") || state.equals("57P02") || state.equals("57P03");
    }
}
