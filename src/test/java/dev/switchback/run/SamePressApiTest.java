package dev.switchback.run;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several people press the same button at once. Which instance each of them talks to makes no difference. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SamePressApiTest {

    private static final int PEOPLE = 6;

    private static final String LOOK = """
          - {id: one, title: One, phase: change, shell: {target: host, command: "true"}, rollback: {shell: {target: host, command: "true"}}}
          - {id: look, title: Look, phase: verify, manual: {instructions: Look.}}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    private String waitingRun() {
        importFile(Samples.environment("env-" + unique, "staging", "/tmp"));
        importFile(Samples.migration("mig-" + unique, "svc-" + unique, LOOK));
        String run = post(
                        "/api/v1/migrations/mig-" + unique + "/runs",
                        "{\"environment\": \"env-" + unique + "\", \"purpose\": \"live\"}")
                .header("Location");
        awaitState(run, "waiting");
        return run;
    }

    private static Response post(String address, String body) {
        return admin().contentType(ContentType.JSON).body(body).post(address);
    }

    private static void awaitState(String run, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(admin().get(run).<String>path("state")).isEqualTo(state));
    }

    private static List<Response> allPress(String address) {
        List<CompletableFuture<Response>> presses = IntStream.range(0, PEOPLE)
                .mapToObj(person -> CompletableFuture.supplyAsync(() -> post(address, "{}")))
                .toList();
        return presses.stream().map(CompletableFuture::join).toList();
    }

    private static void assertOneEffect(List<Response> answers) {
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 200).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.<String>path("detail")).contains(" is ");
            assertThat(answer.<Boolean>path("retrySafe")).isTrue();
        });
    }

    private static long succeeded(String run, String step) {
        return admin().get(run + "/events")
                .asString()
                .lines()
                .filter(line -> line.contains("\"action\":\"succeed\"") && line.contains('"' + step + '"'))
                .count();
    }

    @Test
    void an_answer_that_several_give_at_once_is_taken_once() {
        String run = waitingRun();
        assertOneEffect(allPress(run + "/steps/look/confirm"));
        awaitState(run, "succeeded");

        assertThat(succeeded(run, "look")).isEqualTo(1);
    }

    @Test
    void a_run_that_several_turn_back_at_once_is_undone_once() {
        String run = waitingRun();
        assertOneEffect(allPress(run + "/rollback"));
        awaitState(run, "rolled-back");

        assertThat(admin().get(run + "/log?step=one&leg=back&format=full").asString())
                .isNotNull();
        assertThat(admin().get(run)
                        .jsonPath()
                        .getList("steps.findAll { it.leg == 'back' && it.id == 'one' }.attempt", Integer.class))
                .containsExactly(1);
    }

    @Test
    void a_run_that_several_stop_at_once_is_stopped_once() {
        String run = waitingRun();
        assertOneEffect(allPress(run + "/abort"));
        awaitState(run, "aborted");
    }

    @Test
    void a_run_that_is_over_is_taken_back_by_one_run_only() {
        String run = waitingRun();
        post(run + "/steps/look/confirm", "{}").then().statusCode(200);
        awaitState(run, "succeeded");
        List<Response> answers = allPress(run + "/rollback");

        assertThat(answers).filteredOn(answer -> answer.statusCode() < 300).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() >= 300)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(409));
    }
}
