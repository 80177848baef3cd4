package dev.switchback;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Tests ask thousands of times as the administrator, with a password that is looked at each time. The hash of that one is
 * made as cheap as bcrypt allows (its cost stands in the hash), which takes a tenth of a second less a request.
 */
@ApplicationScoped
class QuickPassword {

    private static final int CHEAPEST = 4;

    @Inject
    DataSource database;

    /** After the administrator was made, before anybody asks. */
    void make(@Observes @Priority(1500) StartupEvent event) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("UPDATE person SET password_hash = ? WHERE name = 'admin'")) {
            update.setString(1, BcryptUtil.bcryptHash(TestDatabase.PASSWORD, CHEAPEST));
            update.executeUpdate();
        }
    }
}
