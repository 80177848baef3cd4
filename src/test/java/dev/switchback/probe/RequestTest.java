package dev.switchback.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.sampling.HttpSender;
import dev.switchback.secret.EnvironmentSecrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.verdict.Probe.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTest {

    private ProbedService service;

    @BeforeEach
    void start() throws IOException {
        service = new ProbedService();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private Request request(String members, boolean keep) {
        var secrets = new TrackingSecrets(new EnvironmentSecrets(Map.of(), Map.of("KEY", "s3cret-value")));
        return new Request(service.plan(members), secrets, new HttpSender(keep), keep);
    }

    private Failure failure(String members) {
        return request(members, false).send(0).failure();
    }

    private static String status(String line) {
        return "HTTP/1.1 " + line + "\r\nContent-Length: 0\r\n\r\n";
    }

    @Test
    void an_answer_as_expected_is_no_failure() {
        assertThat(failure(", \"expectJson\": {\"status\": \"ok\"}")).isNull();
    }

    @Test
    void kinds_of_failure_are_told_apart() throws IOException {
        service.answers((path, fresh) -> status("503 Service Unavailable"));
        assertThat(failure("")).isEqualTo(Failure.SERVER_ERROR);
        service.answers((path, fresh) -> status("404 Not Found"));
        assertThat(failure("")).isEqualTo(Failure.CLIENT_ERROR);
        service.answers((path, fresh) -> status("302 Found"));
        assertThat(failure("")).isEqualTo(Failure.WRONG_STATUS);
        service.answers((path, fresh) -> null);
        assertThat(failure("")).isEqualTo(Failure.RESET);
        service.answers((path, fresh) -> "");
        assertThat(failure(", \"timeout\": \"50ms\"")).isEqualTo(Failure.TIMEOUT);
        service.answers((path, fresh) -> ProbedService.FINE);
        assertThat(failure(", \"expectJson\": {\"status\": \"fine\"}")).isEqualTo(Failure.WRONG_BODY);
        service.dies();
        assertThat(failure("")).isEqualTo(Failure.REFUSED);
    }

    @Test
    void a_kept_open_connection_sees_what_a_new_one_does_not() {
        service.answers((path, fresh) -> fresh ? ProbedService.FINE : status("500 Internal Server Error"));
        Request kept = request("", true);
        assertThat(kept.send(0).failure()).isNull();
        assertThat(kept.send(1).failure()).isEqualTo(Failure.SERVER_ERROR);
        Request fresh = request("", false);
        assertThat(fresh.send(0).failure()).isNull();
        assertThat(fresh.send(1).failure()).isNull();
    }

    @Test
    void asks_for_every_input_in_turn() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        service.answers((path, fresh) -> {
            asked.add(path);
            return ProbedService.FINE;
        });
        Request request = request(
                ", \"request\": \"GET /products?c={c}\", \"inputs\": [{\"c\": \"shoes\"}, {\"c\": \"a b\"}]", false);
        for (int turn = 0; turn < 3; turn++) {
            assertThat(request.send(turn).failure()).isNull();
        }
        assertThat(asked).containsExactly("/products?c=shoes", "/products?c=a%20b", "/products?c=shoes");
    }

    @Test
    void follows_a_redirect_only_when_it_is_declared() {
        service.answers((path, fresh) -> path.equals("/health")
                ? "HTTP/1.1 301 Moved\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
                : ProbedService.FINE);
        assertThat(failure("")).isEqualTo(Failure.WRONG_STATUS);
        assertThat(failure(", \"follow\": true")).isNull();
    }

    @Test
    void says_what_was_wrong() {
        service.answers((path, fresh) -> status("503 Service Unavailable"));
        assertThat(request("", false).send(0).message()).isEqualTo("status 503, expected status 200-299");
    }

    @Test
    void a_missing_secret_is_a_failure_and_not_a_success() {
        Request.Result result = request(", \"headers\": {\"X-Key\": \"secret:NOT_THERE\"}", false)
                .send(0);
        assertThat(result.failure()).isEqualTo(Failure.OTHER);
        assertThat(result.message()).contains("the secret NOT_THERE is not configured");
    }
}
