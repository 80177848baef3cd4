package dev.switchback.measurement;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpServer;
import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service has to do besides what is measured, told by a Prometheus. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class BackgroundLoadApiTest {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "loaded-" + unique;
    private final String place = "busy-" + unique;
    private HttpServer prometheus;
    private volatile double cpu = 0.2;

    @BeforeEach
    void open() throws IOException {
        prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        prometheus.createContext("/", exchange -> {
            boolean knows = exchange.getRequestURI().getQuery().contains("cpu");
            byte[] body = (knows
                            ? "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},"
                                    + "\"value\":[1," + "\"" + cpu + "\"]}]}}"
                            : "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        prometheus.start();
        importFile(Samples.environment(place, "staging", ".")
                + "  metrics: {kind: prometheus, url: \"http://127.0.0.1:"
                + prometheus.getAddress().getPort() + "\"}\n"
                + "load:\n"
                + "  - {name: CPU, share: true, prometheus: {target: metrics, query: cpu}}\n"
                + "  - {name: visitors, prometheus: {target: metrics, query: nobody}}\n");
        importFile(Samples.migration(key, "svc-" + unique, "")
                .replace(
                        "steps:\n",
                        "metrics:\n  - {name: steady, shell: {target: host, command: echo 5, repeat: 10}}\n"));
    }

    @AfterEach
    void close() {
        prometheus.stop(0);
    }

    private int measured(String moment) {
        String location = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + place + "\", \"moment\": \"" + moment + "\"}")
                .post("/api/v1/migrations/" + key + "/measurements")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !admin().get(location).path("state").equals("running"));
        assertThat(admin().get(location).<String>path("state")).isEqualTo("complete");
        return Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    }

    @Test
    void two_sides_under_another_load_are_not_comparable() {
        int before = measured("before");
        admin().get("/measurements/" + before)
                .then()
                .body(containsString("CPU 20 %, then 20 %; visitors not known, then not known"));
        int alike = measured("after");
        admin().get("/api/v1/comparisons?before=" + before + "&after=" + alike)
                .then()
                .body("checks.findAll { it.key == 'load' }.state", hasItem("holds"));
        cpu = 0.6;
        int busy = measured("after");
        admin().get("/api/v1/comparisons?before=" + before + "&after=" + busy)
                .then()
                .body("reason", is("NC_LOAD"))
                .body("sentence", containsString("CPU was 20 %, then 60 %"));
    }

    @Test
    void a_load_that_asks_a_target_of_another_place_is_refused() {
        String file = Samples.environment("else-" + unique, "staging", ".")
                + "load:\n  - {name: CPU, prometheus: {target: nowhere, query: cpu}}\n";
        admin().contentType("application/yaml")
                .body(file)
                .post("/api/v1/import")
                .then()
                .statusCode(422)
                .body(containsString("This environment has no target"));
    }
}
