package dev.switchback.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.switchback.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What really comes out of pool, driver, Hibernate and transaction manager when a connection breaks. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DatabaseTroubleApiTest {

    @Inject
    EntityManager entities;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private int backend() {
        return (int) entities.createNativeQuery("SELECT pg_backend_pid()", Integer.class)
                .getSingleResult();
    }

    private void end(int backend) {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.prepareStatement("SELECT pg_terminate_backend(?, 5000)")) {
            statement.setInt(1, backend);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_connection_that_breaks_before_the_commit_has_saved_nothing() {
        Throwable failure =
                catchThrowable(() -> QuarkusTransaction.requiringNew().run(() -> {
                    end(backend());
                    backend();
                }));

        assertThat(DatabaseTrouble.of(failure)).contains(new DatabaseTrouble(DatabaseTrouble.Kind.AWAY, false));
    }

    @Test
    void a_connection_that_breaks_at_the_commit_leaves_it_in_doubt() {
        Throwable failure =
                catchThrowable(() -> QuarkusTransaction.requiringNew().run(() -> end(backend())));

        assertThat(DatabaseTrouble.of(failure)).contains(new DatabaseTrouble(DatabaseTrouble.Kind.AWAY, true));
    }
}
