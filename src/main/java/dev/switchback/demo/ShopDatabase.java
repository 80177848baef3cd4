package dev.switchback.demo;

import dev.switchback.platform.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A shop's own database with its own role, which owns that database and may do nothing elsewhere. */
record ShopDatabase(LocalPostgres server) {

    /** Creates what is missing and sets the password; safe to repeat. */
    void prepare(ShopPlace place, String password) {
        server.createDatabaseIfMissing(place.database());
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            String role = place.database();
            try (var rows = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
                if (!rows.next()) {
                    statement.executeUpdate("CREATE ROLE " + role + " LOGIN");
                }
            }
            statement.executeUpdate("ALTER ROLE " + role + " PASSWORD " + statement.enquoteLiteral(password));
            statement.executeUpdate("ALTER DATABASE " + role + " OWNER TO " + role);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the database of the demo shop " + place.name() + " could not be prepared: " + e.getMessage(), e);
        }
        countStatements(place);
    }

    private void countStatements(ShopPlace place) {
        try (Connection connection = server.connect(place.database());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        } catch (SQLException e) {
            throw new IllegalStateException("pg_stat_statements could not be set up: " + e.getMessage(), e);
        }
    }
}
