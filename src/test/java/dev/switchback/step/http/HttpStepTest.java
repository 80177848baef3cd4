package dev.switchback.step.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.switchback.step.Attempt;
import dev.switchback.step.Cancellation.Reason;
import dev.switchback.step.Outcome;
import dev.switchback.step.Outcome.Result;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutorContract;
import dev.switchback.step.TargetChecks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpStepTest extends StepExecutorContract {

    private static final StepExecutor EXECUTOR = new HttpStepExecutor();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server;
    private Attempt attempt;

    @BeforeEach
    void startService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopService() {
        release.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().toASCIIString() + " " + body);
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/status/")) {
            reply(exchange, Integer.parseInt(path.substring(8)), "status page");
        } else if (path.startsWith("/to/")) {
            String to = exchange.getRequestURI().getQuery();
            exchange.getResponseHeaders().set("Location", to == null ? path : to);
            reply(exchange, Integer.parseInt(path.substring(4)), "");
        } else if (path.equals("/hang")) {
            hang();
        } else if (path.equals("/drop")) {
            exchange.getRequestBody().close();
            exchange.close();
        } else if (path.equals("/headers")) {
            reply(
                    exchange,
                    200,
                    exchange.getRequestHeaders().get("Authorization") + " "
                            + exchange.getRequestHeaders().get("X-Env") + " "
                            + exchange.getRequestHeaders().get("Content-Type"));
        } else if (path.equals("/large")) {
            reply(exchange, 200, "line\n".repeat(400_000));
        } else {
            reply(exchange, 200, "{\"read_from\": \"settings_v2\", \"n\": 1}");
        }
    }

    private void hang() {
        try {
            release.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    protected StepExecutor executor() {
        return EXECUTOR;
    }

    @Override
    protected Attempt attempt() {
        attempt = new Attempt().target("web", "{kind: http, url: '" + url() + "', headers: {X-Env: staging}}");
        return attempt;
    }

    @Override
    protected String ordinary() {
        return "{target: web, request: GET /health}";
    }

    @Override
    protected String endless() {
        return "{target: web, request: GET /hang}";
    }

    @Override
    protected String leaky() {
        return "{target: web, request: GET /headers, headers: {Authorization: \"secret:TOKEN\"}}";
    }

    private Outcome run(String action) {
        return (attempt == null ? attempt() : attempt).run(EXECUTOR, "{target: web, " + action + "}");
    }

    @Test
    void the_value_is_the_body_and_the_exit_status_is_the_status() {
        Outcome outcome = run("request: GET /status/404");

        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.value()).contains("status page");
        assertThat(outcome.exitStatus()).contains(404);
        assertThat(outcome.message()).isEqualTo("status 404: status page");
        assertThat(outcome.expected()).isEqualTo("status 200-299");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | true",
                "'400-499' | true",
                "[200, 404] | true",
                "[200, '400-410'] | true",
                "200 | false",
                "'500-599' | false"
            })
    void accepts_a_number_a_range_or_a_list(String expected, boolean accepted) {
        assertThat(run("request: GET /status/404, expectStatus: " + expected).succeeded())
                .isEqualTo(accepted);
    }

    @Test
    void expects_members_of_a_json_answer() {
        assertThat(run("request: GET /flags, expectJson: {read_from: settings_v2}")
                        .succeeded())
                .isTrue();
        Outcome outcome = run("request: GET /flags, expectJson: {n: '1'}");
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message()).isEqualTo("status 200, but n was 1, expected \"1\"");
        assertThat(outcome.value()).isPresent();
    }

    @Test
    void encodes_values_so_that_they_stay_values() {
        attempt().variable("category", "shoes & hats/../x?y=1#z").variable("id", "ü");
        run("request: 'GET /api/{id}/products?category={category}'");

        assertThat(requests.get(0).strip())
                .isEqualTo("GET /api/%C3%BC/products?category=shoes%20%26%20hats%2F..%2Fx%3Fy%3D1%23z");
    }

    @Test
    void refuses_a_value_that_climbs_up_the_path() {
        attempt().variable("id", "..");

        assertThat(run("request: 'GET /a/{id}'").result()).isEqualTo(Result.ERRORED);
        assertThat(requests).isEmpty();
    }

    @Test
    void a_variable_that_is_not_set_is_errored_and_nothing_is_sent() {
        Outcome outcome = run("request: 'POST /x?y={nobody}'");

        assertThat(outcome.result()).isEqualTo(Result.ERRORED);
        assertThat(outcome.message()).isEqualTo("the variable nobody is not set in this environment");
        assertThat(requests).isEmpty();
    }

    @Test
    void fills_strings_of_json_as_values_and_sends_a_body_as_it_stands() {
        attempt().variable("name", "a\"b\\c").secret("PASS", "geheim");
        run("request: POST /a, json: {x: ['{name}', 1, true], p: 'secret:PASS', n: null}");
        run("request: POST /b, body: 'plain {name}'");

        assertThat(requests)
                .containsExactly(
                        "POST /a {\"x\":[\"a\\\"b\\\\c\",1,true],\"p\":\"geheim\",\"n\":null}", "POST /b plain {name}");
    }

    @Test
    void sends_headers_of_the_target_and_its_own() {
        attempt().secret("TOKEN", "geheim").variable("token", "secret:TOKEN");
        run("request: POST /headers, json: {}, headers: {Authorization: 'Bearer {token}', x-env: '{token}'}");

        assertThat(attempt.log.out()).containsExactly("[Bearer ••••••••] [••••••••] [application/json]");
    }

    @Test
    void refuses_a_header_value_with_a_line_end() {
        attempt().variable("evil", "x\r\nHost: elsewhere");

        assertThat(run("request: GET /, headers: {X-A: '{evil}'}").result()).isEqualTo(Result.ERRORED);
        assertThat(run("request: GET /, headers: {Host: elsewhere}").message())
                .isEqualTo("the header Host cannot be sent");
    }

    @Test
    void refuses_a_request_to_another_place_than_the_target() {
        assertThat(run("request: 'GET http://elsewhere/'").result()).isEqualTo(Result.ERRORED);
        assertThat(run("request: 'GET @elsewhere/'").result()).isEqualTo(Result.ERRORED);
        assertThat(run("request: 'GET'").result()).isEqualTo(Result.ERRORED);
    }

    @Test
    void judges_a_redirect_as_an_answer_unless_it_shall_follow() {
        assertThat(run("request: 'GET /to/302?/flags'").exitStatus()).contains(302);
        assertThat(run("request: 'GET /to/302?/flags', expectStatus: 302").succeeded())
                .isTrue();
        assertThat(run("request: 'GET /to/302?/flags', follow: true").value().orElseThrow())
                .contains("read_from");
    }

    @Test
    void turns_a_post_into_a_get_as_browsers_do_except_for_307() {
        run("request: 'POST /to/303?/flags', body: x, follow: true");
        run("request: 'POST /to/307?/flags', body: x, follow: true");

        assertThat(requests)
                .containsExactly("POST /to/303?/flags x", "GET /flags ", "POST /to/307?/flags x", "POST /flags x");
    }

    @Test
    void never_follows_to_another_host_nor_for_ever() {
        assertThat(run("request: 'GET /to/302?http://127.0.0.2:1/', follow: true")
                        .exitStatus())
                .contains(302);
        assertThat(run("request: 'GET /to/302?http://127.0.0.1:1/', follow: true")
                        .exitStatus())
                .contains(302);
        assertThat(run("request: 'GET /to/302?/to/302', follow: true").exitStatus())
                .isPresent();
        assertThat(requests.size()).isLessThan(10);
    }

    @Test
    void no_connection_is_errored_because_nothing_was_sent() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        attempt().target("web", "{kind: http, url: 'http://127.0.0.1:" + free + "'}");
        Outcome refused = run("request: POST /x");
        assertThat(refused.result()).isEqualTo(Result.ERRORED);
        assertThat(refused.message()).contains("connection refused; nothing was sent");

        attempt().target("web", "{kind: http, url: 'http://no-such-host.invalid'}");
        assertThat(run("request: POST /x").message()).contains("unknown host");
    }

    @Test
    void a_post_that_was_sent_and_not_answered_is_unknown() {
        attempt();
        var running = attempt.start(EXECUTOR, "{target: web, request: POST /hang}");
        await().until(() -> !requests.isEmpty());
        attempt.cancellation.cancel(Reason.TIMEOUT);

        Outcome outcome = Attempt.end(running);
        assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
        assertThat(outcome.message()).startsWith("timed out after").contains("may or may not have taken effect");
    }

    @Test
    void a_lost_connection_is_unknown_for_a_post_and_errored_for_a_get() {
        assertThat(run("request: POST /drop").result()).isEqualTo(Result.UNKNOWN);
        assertThat(run("request: GET /drop").result()).isEqualTo(Result.ERRORED);
    }

    @Test
    void reads_a_large_answer_up_to_a_limit_and_shows_its_beginning() {
        Outcome outcome = run("request: GET /large");

        assertThat(outcome.value().orElseThrow()).hasSize(1024 * 1024);
        assertThat(outcome.warning()).isPresent();
        assertThat(attempt.log.out()).hasSize(20);
        assertThat(attempt.log.engine()).contains("the rest of the body is not shown");
    }

    @Test
    void the_target_is_reachable_when_it_answers_with_any_status() {
        attempt().target("web", "{kind: http, url: '" + url() + "/status/503'}");
        var checks = new TargetChecks(List.of(new HttpTargetCheck()));

        var state = checks.check(attempt.targets.get("web"), attempt.context().secrets());
        assertThat(state.reachable()).isTrue();
        assertThat(state.message()).endsWith("status 503");

        stopService();
        assertThat(checks.check(attempt.targets.get("web"), attempt.context().secrets())
                        .reachable())
                .isFalse();
    }
}
