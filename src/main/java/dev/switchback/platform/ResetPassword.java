package dev.switchback.platform;

import dev.switchback.access.FirstPerson;
import dev.switchback.access.Passwords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Gives {@code admin} a new password and ends all sessions, whether the server is running or not. Only hashes are
 * stored; a generated password is printed once.
 */
final class ResetPassword {

    private static final String ADMIN = FirstPerson.NAME;
    private static final int SHORTEST = 12;
    private static final int LONGEST_BYTES = 72;

    private final CommandLine command;

    ResetPassword(CommandLine command) {
        this.command = command;
    }

    /** @throws StartRefused when the database cannot be reached or has no admin yet; nothing was changed then */
    void run(InputStream in, PrintStream out) {
        String password = command.passwordOnStdin() ? readFrom(in) : Passwords.generate();
        try {
            store(password);
        } catch (SQLException e) {
            throw new StartRefused("The password was not changed: " + e.getMessage() + ". Trying again is safe.");
        }
        out.println("The password of " + ADMIN + " was changed and all sessions were ended. " + ADMIN
                + " is active and has the role admin.");
        if (!command.passwordOnStdin()) {
            out.println("New password: " + password);
        }
    }

    private void store(String password) throws SQLException {
        new OpenDatabase(command).with(connection -> {
            change(connection, password);
            return null;
        });
    }

    static void change(Connection connection, String password) throws SQLException {
        connection.setAutoCommit(false);
        try (var person = connection.prepareStatement(
                        "UPDATE person SET password_hash = ?, active = true WHERE name = ?");
                var sessions = connection.prepareStatement("DELETE FROM session")) {
            person.setString(1, Passwords.hash(password));
            person.setString(2, ADMIN);
            if (person.executeUpdate() != 1) {
                throw new SQLException("there is no person " + ADMIN + " yet; start Switchback once");
            }
            sessions.executeUpdate();
            letBackIn(connection);
        }
        connection.commit();
    }

    /** Whoever was locked out gets back in, also when the role was taken; an older database has no roles and no trail yet. */
    private static void letBackIn(Connection connection) throws SQLException {
        if (has(connection, "role_grant")) {
            try (var grant =
                    connection.prepareStatement("INSERT INTO role_grant (person_id, role, granted_at, granted_by)"
                            + " SELECT p.id, 'admin', now(), 'switchback' FROM person p WHERE p.name = ?"
                            + " ON CONFLICT DO NOTHING")) {
                grant.setString(1, ADMIN);
                grant.executeUpdate();
            }
        }
        if (has(connection, "person_provider")) {
            try (var local = connection.prepareStatement("UPDATE person SET local_admin = true WHERE name = ?")) {
                local.setString(1, ADMIN);
                local.executeUpdate();
            }
        }
        if (has(connection, "audit_entry")) {
            try (var entry = connection.prepareStatement(
                    "INSERT INTO audit_entry (actor, means, instance, action, kind, object, note)"
                            + " VALUES ('switchback', 'system', 'reset-password', 'person.password', 'person', ?,"
                            + " 'by ./switchback reset-password: active, admin, local admin, all sessions ended')")) {
                entry.setString(1, ADMIN);
                entry.executeUpdate();
            }
        }
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (var look = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            look.setString(1, table);
            try (var found = look.executeQuery()) {
                found.next();
                return found.getBoolean(1);
            }
        }
    }

    private static String readFrom(InputStream in) {
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            int bytes = line == null ? 0 : line.getBytes(StandardCharsets.UTF_8).length;
            if (line == null || line.length() < SHORTEST || bytes > LONGEST_BYTES) {
                throw new StartRefused(
                        "The new password must have at least " + SHORTEST + " characters and at most " + LONGEST_BYTES
                                + " bytes, on one line of standard input. Nothing was changed.",
                        2);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
