package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.Place;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Cancellation;
import dev.switchback.step.StepExecutors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service has to do besides what is measured, asked of a Prometheus. */
class BackgroundLoadTest {

    private final TrackingSecrets secrets = new TrackingSecrets(name -> Optional.empty());
    private HttpServer prometheus;
    private volatile double cpu = 0.2;

    @BeforeEach
    void open() throws IOException {
        prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        prometheus.createContext("/", exchange -> {
            boolean knows = exchange.getRequestURI().getQuery().contains("cpu");
            String result = knows ? "{\"metric\":{},\"value\":[1,\"" + cpu + "\"]}" : "";
            byte[] body = ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + result + "]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        prometheus.start();
    }

    @AfterEach
    void close() {
        prometheus.stop(0);
    }

    private BackgroundLoad load(String declared) {
        var environment = EnvironmentContent.of(
                """
                {"key": "staging", "tier": "staging", "load": [%s],
                 "targets": {"metrics": {"kind": "prometheus", "url": "http://127.0.0.1:%d"}}}\
                """.formatted(declared, prometheus.getAddress().getPort()));
        var place = new Place(environment.targets(), environment.variables(), secrets, "test");
        return new BackgroundLoad(environment, new StepExecutors(List.of()), place, secrets);
    }

    @Test
    void is_asked_before_and_after() {
        BackgroundLoad load = load(
                "{\"name\": \"CPU\", \"share\": true, \"prometheus\": {\"target\": \"metrics\", \"query\": \"cpu\"}}");
        load.look("before", new Cancellation());
        cpu = 0.6;
        load.look("after", new Cancellation());
        assertThat(load.known())
                .hasToString("{\"load\":[{\"name\":\"CPU\",\"share\":true,\"before\":0.2,\"after\":0.6}]}");
    }

    @Test
    void what_cannot_be_asked_is_noted_and_stops_nothing() {
        BackgroundLoad load =
                load("{\"name\": \"visitors\", \"prometheus\": {\"target\": \"metrics\", \"query\": \"nobody\"}},"
                        + "{\"name\": \"rows\", \"sql\": {\"target\": \"db\", \"query\": \"SELECT 1\"}},"
                        + "{\"name\": \"CPU\", \"prometheus\": {\"target\": \"metrics\", \"query\": \"cpu\"}}");
        load.look("before", new Cancellation());
        assertThat(load.known().at("/load/0/trouble").asText()).isNotEmpty();
        assertThat(load.known().at("/load/0").has("before")).isFalse();
        assertThat(load.known().at("/load/1/trouble").asText()).contains("cannot run sql steps yet");
        assertThat(load.known().at("/load/2/before").asDouble()).isEqualTo(0.2);
    }

    @Test
    void nothing_is_known_where_nothing_is_declared() {
        BackgroundLoad load = load("");
        load.look("before", new Cancellation());
        assertThat(load.known().path("load")).isEmpty();
    }
}
