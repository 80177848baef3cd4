package dev.switchback.platform;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.switchback.Http;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The way back in for whoever was locked out. */
@QuarkusTest
class ResetPasswordTest {

    private static final String NEW_PASSWORD = "a-new-way-back-in";
    private static final String ADMIN = "(SELECT id FROM person WHERE name = 'admin')";

    @Inject
    DataSource database;

    @Test
    void lets_an_admin_back_in_who_was_deactivated_and_lost_the_role() throws SQLException {
        String before = hash();
        sql("UPDATE person SET active = false, local_admin = false WHERE name = 'admin'");
        sql("DELETE FROM role_grant WHERE person_id = " + ADMIN);
        try {
            try (Connection connection = database.getConnection()) {
                ResetPassword.change(connection, NEW_PASSWORD);
            }
            Http.nobody()
                    .auth()
                    .preemptive()
                    .basic("admin", NEW_PASSWORD)
                    .get("/api/v1/me")
                    .then()
                    .statusCode(200)
                    .body("grants.role", hasItem("admin"));
            Http.nobody()
                    .auth()
                    .preemptive()
                    .basic("admin", NEW_PASSWORD)
                    .get("/api/v1/people/admin")
                    .then()
                    .body("localAdmin", equalTo(true));
        } finally {
            sql("UPDATE person SET active = true, password_hash = '" + before + "' WHERE name = 'admin'");
            sql("INSERT INTO role_grant (person_id, role, granted_at, granted_by) SELECT " + ADMIN
                    + ", r.role, now(), 'switchback' FROM unnest(ARRAY['viewer', 'author', 'operator', 'approver',"
                    + " 'admin']) AS r (role) ON CONFLICT DO NOTHING");
        }
    }

    private String hash() throws SQLException {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement("SELECT password_hash FROM person WHERE name = 'admin'");
                var found = select.executeQuery()) {
            found.next();
            return found.getString(1);
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                var change = connection.prepareStatement(statement)) {
            change.executeUpdate();
        }
    }
}
