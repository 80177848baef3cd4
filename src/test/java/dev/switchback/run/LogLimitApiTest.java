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
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that prints more than it may; the limit of these tests is 4 MiB. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LogLimitApiTest {

    private static final int LINES = 60_000;
    private static final String PRINTS = """
          - {id: one, title: Print, phase: prepare, shell: {target: host, command: "seq -f '%%099.0f' 1 %d"}, rollback: {shell: {target: host, command: "true"}}}
        """.formatted(LINES);

    @TempDir
    Path folder;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    private String startAndAwaitQuestion() {
        importFile(Samples.environment("env-" + unique, "staging", folder.toString()));
        importFile(Samples.migration("mig-" + unique, "svc-" + unique, PRINTS));
        String run = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"env-" + unique + "\", \"purpose\": \"live\"}")
                .post("/api/v1/migrations/mig-" + unique + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> String.valueOf((Object) admin().get(run).path("steps[0].message"))
                        .startsWith("It has printed 4 MiB"));
        return run;
    }

    private static void awaitState(String run, String state) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> state.equals(admin().get(run).path("state")));
    }

    @Test
    void stands_still_until_a_person_lets_it_print_more_and_then_loses_nothing() {
        String run = startAndAwaitQuestion();
        assertThat((String) admin().get(run).path("state")).isEqualTo("running");
        String page = Visitor.signedIn().get(run.substring("/api/v1".length())).asString();
        assertThat(page).contains("Let it print more").contains("its output waits for you");

        admin().contentType(ContentType.JSON)
                .post(run + "/steps/one/print-more")
                .then()
                .statusCode(200);

        awaitState(run, "succeeded");
        assertThat(admin().get(run + "/log")
                        .asString()
                        .lines()
                        .map(Long::parseLong)
                        .toList())
                .hasSize(LINES)
                .isSorted();
    }

    @Test
    void ends_the_step_when_a_person_stops_it() {
        String run = startAndAwaitQuestion();

        admin().contentType(ContentType.JSON)
                .body("{\"note\": \"enough\"}")
                .post(run + "/steps/one/stop")
                .then()
                .statusCode(200);

        awaitState(run, "waiting");
        assertThat((String) admin().get(run).path("steps[0].state")).isEqualTo("failed");
        admin().contentType(ContentType.JSON)
                .post(run + "/steps/one/print-more")
                .then()
                .statusCode(409);
    }
}
