package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo as a person finds it, packaged, with all its products: each of its stories rehearsed to the end with the numbers
 * of its runbook, about nine minutes. {@code DemoStoriesApiTest} tells them in one.
 */
@Tag("faults")
class DemoTest {

    private static final Path APPLICATION =
            Path.of(System.getProperty("faults.application", "target/quarkus-app/quarkus-run.jar"));
    private static final String PASSWORD = "demo-password-1";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> OVER = List.of("succeeded", "failed", "waiting", "aborted", "rollback-failed");

    @TempDir
    static Path folder;

    private static int port;
    private static Process demo;

    @BeforeAll
    static void start() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        APPLICATION.toString(),
                        "demo",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("demo.log").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("SWITCHBACK_"));
        builder.environment().put("SWITCHBACK_ADMIN_PASSWORD", PASSWORD);
        demo = builder.start();
        Waiting.until(Duration.ofMinutes(2), "the demo is ready", DemoTest::ready);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        demo.destroy();
        if (!demo.waitFor(30, TimeUnit.SECONDS)) {
            demo.destroyForcibly();
        }
    }

    @Test
    void the_index_is_improved_on_the_cold_class_with_evidence_reversed_by_rollback() {
        JsonNode run = rehearsed("shop-product-index", Duration.ofMinutes(12));
        JsonNode said = comparison(run);
        assertThat(run.get("state").asText()).as(run.toPrettyString()).isEqualTo("succeeded");
        assertThat(said.get("grade").asText()).isEqualTo("B");
        assertThat(judged(said, "product-list-cold", "p50").get("verdict").asText())
                .isEqualTo("improved");
        assertThat(judged(said, "product-list-warm", "p50").get("verdict").asText())
                .isNotEqualTo("regressed");
        assertThat(run.at("/probe/failed").asInt())
                .as(run.get("probe").toPrettyString())
                .isZero();
    }

    @Test
    void a_lucky_cache_is_not_comparable() {
        JsonNode said = comparison(rehearsed("shop-lucky-cache", Duration.ofMinutes(6)));
        assertThat(said.get("verdict").asText()).isEqualTo("not-comparable");
        assertThat(judged(said, "bargains", "p50").get("reason").asText()).isEqualTo("NC_CACHE");
        assertThat(said.get("headline").asText()).contains("cache state differs");
    }

    @Test
    void a_bad_release_is_regressed_by_its_errors_and_its_restart_is_a_gap() {
        JsonNode run = rehearsed("shop-bad-release", Duration.ofMinutes(6));
        JsonNode said = comparison(run);
        assertThat(run.get("state").asText()).as(run.toPrettyString()).isEqualTo("failed");
        assertThat(said.get("verdict").asText()).isEqualTo("regressed");
        assertThat(said.get("headline").asText()).startsWith("More requests fail");
        JsonNode errors = judged(said, "product-page", "errors");
        assertThat(errors.get("verdict").asText()).isEqualTo("regressed");
        assertThat(errors.get("after").asDouble()).isBetween(0.04, 0.06);
        assertThat(run.at("/probe/outages"))
                .isNotEmpty()
                .allSatisfy(outage -> assertThat(outage.get("step").asText()).isEqualTo("restart"));
    }

    private static JsonNode rehearsed(String migration, Duration atMost) {
        int id = post(
                        "/api/v1/migrations/" + migration + "/runs",
                        "{\"environment\": \"staging\", \"purpose\": \"rehearsal\"}")
                .get("id")
                .asInt();
        // Seldom: each question costs a password, and what is measured shall not feel it.
        await(migration + " is rehearsed")
                .atMost(atMost)
                .pollInterval(Duration.ofSeconds(3))
                .until(() ->
                        OVER.contains(get("/api/v1/runs/" + id).get("state").asText()));
        return get("/api/v1/runs/" + id);
    }

    private static JsonNode comparison(JsonNode run) {
        return get("/api/v1/comparisons?run=" + run.get("id").asInt());
    }

    private static JsonNode judged(JsonNode said, String metric, String endpoint) {
        return StreamSupport.stream(said.get("metrics").spliterator(), false)
                .filter(one -> one.get("name").asText().equals(metric))
                .filter(one -> one.get("endpoint").asText().equals(endpoint))
                .findFirst()
                .orElseThrow();
    }

    private static boolean ready() {
        if (!demo.isAlive()) {
            throw new IllegalStateException("the demo did not start; see " + folder.resolve("demo.log"));
        }
        try {
            return CLIENT.send(request("/q/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static JsonNode get(String address) {
        return send(request(address));
    }

    private static JsonNode post(String address, String json) {
        return send(request(address).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private static HttpRequest.Builder request(String address) {
        String basic = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + basic);
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("the demo does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
