package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.StartedRun;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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

    private StartedRun startAndAwaitQuestion() {
        importFile(Samples.environment("env-" + unique, "staging", folder.toString()));
        importFile(Samples.migration("mig-" + unique, "svc-" + unique, PRINTS));
        StartedRun run = StartedRun.of("mig-" + unique, "env-" + unique);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        String.valueOf(run.now().getString("steps[0].message")).startsWith("It has printed 4 MiB"));
        return run;
    }

    @Test
    void stands_still_until_a_person_lets_it_print_more_and_then_loses_nothing() {
        StartedRun run = startAndAwaitQuestion();
        assertThat(run.state()).isEqualTo("running");
        assertThat(Visitor.signedIn().page(run.page()))
                .contains("Let it print more")
                .contains("its output waits for you");

        run.press("steps/one/print-more", "{}", 200);

        run.awaitState("succeeded");
        assertThat(admin().get(run.api() + "/log")
                        .asString()
                        .lines()
                        .map(Long::parseLong)
                        .toList())
                .hasSize(LINES)
                .isSorted();
    }

    @Test
    void ends_the_step_when_a_person_stops_it() {
        StartedRun run = startAndAwaitQuestion();

        run.press("steps/one/stop", "{\"note\": \"enough\"}", 200);

        assertThat(run.awaitState("waiting").getString("steps[0].state")).isEqualTo("failed");
        run.press("steps/one/print-more", "{}", 409);
    }
}
