package dev.switchback.instance;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class InstanceApiTest {

    @Inject
    DataSource database;

    private void execute(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void forget() {
        execute("DELETE FROM instance WHERE name LIKE 'other-%'");
    }

    private void other(String name, String heard, boolean draining) {
        execute("INSERT INTO instance (name, machine, process, version, started_at, heard_at, draining) VALUES"
                + " ('other-" + name + "', 'machine-7 boot-id ns', '7 x', '1.2.3', now() - interval '1 hour', "
                + heard + ", " + draining + ")");
    }

    private static List<Map<String, Object>> items() {
        return admin().get("/api/v1/instances").then().statusCode(200).extract().path("items");
    }

    private static Map<String, Object> item(String name) {
        return items().stream()
                .filter(item -> item.get("name").equals("other-" + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_instance_says_that_it_lives() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(items())
                        .filteredOn(item -> item.get("state").equals("alive"))
                        .isNotEmpty()
                        .allSatisfy(
                                item -> assertThat((String) item.get("version")).isNotBlank()));
    }

    @Test
    void tells_who_is_silent_and_who_is_being_stopped() {
        other("silent", "now() - interval '9 s'", false);
        other("stopping", "now() + interval '1 min'", true);

        assertThat(item("silent")).containsEntry("state", "silent").containsEntry("machine", "machine-7");
        assertThat(((Number) item("silent").get("silentMs")).longValue()).isBetween(9_000L, 60_000L);
        assertThat(item("stopping")).containsEntry("state", "stopping").containsEntry("drives", 0);
    }

    @Test
    void the_page_shows_the_same() {
        other("silent", "now() - interval '9 s'", false);

        assertThat(Visitor.signedIn().page("/instances"))
                .contains("other-silent", "Silent", "on machine-7 · version 1.2.3", "Alive");
    }

    @Test
    void nobody_sees_it_without_signing_in() {
        nobody().get("/api/v1/instances").then().statusCode(401);
    }
}
