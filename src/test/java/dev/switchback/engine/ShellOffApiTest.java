package dev.switchback.engine;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A server that runs no commands of its own, and connects nowhere it must not. */
@QuarkusTest
@TestProfile(ShellOffApiTest.Closed.class)
@QuarkusTestResource(TestDatabase.class)
class ShellOffApiTest {

    /** As a start with a PostgreSQL of one's own is. */
    public static class Closed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("switchback.shell.enabled", "false");
        }
    }

    private final String key = "off-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void starts_no_run_with_a_command_and_says_which_step_and_what_to_configure() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        importFile(Samples.migration(key, "svc-" + key, """
              - {id: one, title: One, phase: change, wait: {for: 1ms}, rollback: {shell: {target: host, command: "true"}}}
            """));

        admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + key + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(409)
                .body("violations.size()", is(1))
                .body("violations[0].field", is("steps[0].rollback"))
                .body("violations[0].message", containsString("switched off (switchback.shell.enabled)"))
                .body("violations[0].expected", containsString("docs/security.md"));
        assertThat(admin().get("/api/v1/runs?migration=" + key).jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    void says_at_the_check_of_an_environment_what_it_will_not_do() {
        importFile(Samples.environment(key, "staging", "/tmp") + """
              cloud: {kind: http, url: "http://169.254.169.254/latest/meta-data"}
              loads: {kind: jdbc, url: "jdbc:postgresql://127.0.0.1/shop?socketFactory=x", user: shop}
            """);

        var targets = admin().contentType(ContentType.JSON)
                .post("/api/v1/environments/" + key + "/check")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(targets.getString("targets.find { it.name == 'host' }.message"))
                .contains("switchback.shell.enabled");
        assertThat(targets.getString("targets.find { it.name == 'cloud' }.message"))
                .contains("switchback.targets.deny");
        assertThat(targets.getString("targets.find { it.name == 'loads' }.message"))
                .contains("states socketFactory");
        assertThat(targets.getList("targets.state")).containsOnly("unreachable");
    }

    @Test
    void keeps_the_editors_of_an_environment_through_import_and_export() {
        String file = Samples.environment(key, "staging", "/tmp")
                .replace("variables:", "editors: [anna, team-shop]\nvariables:");
        importFile(file);

        assertThat(admin().get("/api/v1/environments/" + key + "/export").asString())
                .contains("editors:", "team-shop");
        assertThat(admin().get("/api/v1/environments/" + key).asString()).contains("anna");
    }
}
