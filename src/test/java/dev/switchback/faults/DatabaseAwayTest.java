package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What people and programs read while PostgreSQL is away, and that all is well with the first request afterwards. */
@Tag("faults")
@ExtendWith(Traces.class)
@ParameterizedClass(name = "round {0}")
@MethodSource("dev.switchback.faults.FaultsTest#rounds")
class DatabaseAwayTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Cluster cluster = Cluster.get();
    private final HttpClient browser = HttpClient.newHttpClient();

    @Parameter
    int round;

    @BeforeEach
    void heal() {
        cluster.heal();
    }

    @Test
    void everybody_is_told_in_words_and_the_first_request_afterwards_is_answered() {
        cluster.database.crash();
        try {
            cluster.both().forEach(this::tellsThatItsDatabaseIsAway);
        } finally {
            cluster.database.comeBack();
        }
        for (Instance instance : cluster.both()) {
            Waiting.until(SOON, instance.name + " is ready again", () -> isReady(instance));
            instance.get("/api/v1/runs").expect(200);
        }
    }

    private void tellsThatItsDatabaseIsAway(Instance instance) {
        Waiting.until(SOON, instance.name + " is not ready", () -> !isReady(instance));
        instance.get("/q/health/live").expect(200);
        var problem = instance.get("/api/v1/runs").expect(503).json();
        assertThat(problem.path("detail").asText()).contains("cannot reach its database");
        assertThat(problem.path("retrySafe").asBoolean()).isTrue();

        var page = ask(instance.request("/runs").header("Accept", "text/html").GET());
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.body()).contains("The database does not answer", "Try again");

        var form = ask(instance.request("/import")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("text=typed+%3Chere%3E&password=never")));
        assertThat(form.body())
                .contains("Nothing was saved", "name=\"text\" value=\"typed &lt;here&gt;\"", "Send it again")
                .doesNotContain("never\"");
    }

    private static boolean isReady(Instance instance) {
        return instance.get("/q/health/ready").status() == 200;
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = browser.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("no answer at all", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
