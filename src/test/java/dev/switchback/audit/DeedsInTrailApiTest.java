package dev.switchback.audit;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people do is in the trail: once, with who did it, where it belongs, and why. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DeedsInTrailApiTest {

    private final String key = "trail-" + UUID.randomUUID().toString().substring(0, 8);

    private List<String> actions(String object) {
        return admin().queryParam("service", "svc-" + key)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.findAll { it.object == '" + object + "' }.action");
    }

    private String file(String title) {
        return Samples.migration(key, "svc-" + key, """
              - {id: ask, title: Ask, phase: change, manual: {instructions: Look}, rollback: {manual: {instructions: Back}}}
            """).replaceFirst("title: .*", "title: " + title);
    }

    @Test
    void writing_a_migration_leaves_an_entry_for_each_revision_and_none_when_nothing_changed() {
        importFile(file("First"));
        importFile(file("First"));
        importFile(file("Second"));

        assertThat(actions(key)).containsExactly("migration.revise", "migration.create");
    }

    @Test
    void a_run_leaves_who_asked_for_it_what_they_decided_and_why_and_how_it_ended() {
        importFile(Samples.environment(key, "staging", "/tmp"));
        importFile(file("Run"));
        int run = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + key + "\", \"purpose\": \"live\", \"measure\": \"none\"}")
                .post("/api/v1/migrations/" + key + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        await().until(() -> admin().get("/api/v1/runs/" + run).path("state").equals("waiting"));
        admin().contentType(ContentType.JSON)
                .body("{\"reason\": \"wrong evening\"}")
                .post("/api/v1/runs/" + run + "/abort")
                .then()
                .statusCode(200);

        assertThat(actions("" + run)).contains("run.requested", "run.abort");
        var abort =
                admin().queryParam("service", "svc-" + key).get("/api/v1/audit").jsonPath();
        assertThat(abort.getString("items.find { it.action == 'run.abort' }.note"))
                .isEqualTo("wrong evening");
        assertThat(abort.getString("items.find { it.action == 'run.abort' }.actor"))
                .isEqualTo("admin");
        assertThat(abort.getString("items.find { it.action == 'run.abort' }.environment"))
                .isEqualTo(key);
    }
}
