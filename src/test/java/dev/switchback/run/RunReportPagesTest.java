package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The report of a run, as a page and as Markdown. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RunReportPagesTest {

    private static final String STEPS = """
              - {id: one, title: "One | two", phase: change, shell: {target: host, command: "true"}, rollback: {shell: {target: host, command: "true"}}}
            checklist: [{id: asked, title: Somebody was asked}]
            rollbackWithin: 5m
            """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String environment = "env-" + unique;
    private final String migration = "mig-" + unique;

    @Test
    void says_what_was_planned_what_came_and_how_long_the_way_back_took() {
        importFile(Samples.environment(environment, "staging", "/tmp"));
        importFile(Samples.migration(migration, "svc-" + unique, STEPS));
        String run = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + environment + "\", \"purpose\": \"rehearsal\", \"measure\": \"none\"}")
                .post("/api/v1/migrations/" + migration + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        await().until(() -> admin().get(run).path("state").equals("succeeded"));
        String address = run.replace("/api/v1", "") + "/report";
        var visitor = Visitor.signedIn();

        assertThat(visitor.page(address))
                .contains("Planned and actual", "One | two", "objective 5 min: kept", "Somebody was asked");
        var text = visitor.get(address + ".md");
        assertThat(text.contentType()).startsWith("text/markdown");
        assertThat(text.asString())
                .startsWith("# Run ")
                .contains("1. One \\| two", "objective 5 min: kept", "- Somebody was asked: no.")
                .contains("| Step | Planned | Actual |");
        assertThat(visitor.page(run.replace("/api/v1", ""))).contains(address, "objective 5 min: kept");
        assertThat(admin().get("/api/v1/migrations/" + migration + "/export").asString())
                .contains("rollbackWithin: 5m");
        admin().get(run + "/preview").then().statusCode(200);
    }
}
