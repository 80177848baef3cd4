package dev.switchback.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One packaged Switchback in a process of its own, behind a {@link Wire} of its own. */
final class Instance implements AutoCloseable {

    /** Another instance may take over after so long: the default, which is not set here. */
    static final Duration LEASE = Duration.ofSeconds(12);

    /** How long a stopping instance waits for the step under way. */
    static final Duration DRAIN = Duration.ofSeconds(5);

    private static final Path APPLICATION =
            Path.of(System.getProperty("faults.application", "target/quarkus-app/quarkus-run.jar"));
    private static final String PASSWORD = "faults-password-1";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final String name;
    final Wire wire;
    private final Path folder;
    private final Database database;
    private final int port;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private Process process;

    Instance(String name, Path folder, Database database) {
        this.name = name;
        this.folder = folder;
        this.database = database;
        this.wire = new Wire(database::port);
        this.port = freePort();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process; {@link #awaitReady()} waits for it. */
    void launch() {
        if (!Files.exists(APPLICATION)) {
            throw new IllegalStateException("There is no " + APPLICATION + "; expected the packaged application"
                    + " (./mvnw -DskipTests package)");
        }
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        APPLICATION.toString(),
                        "start",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        folder.resolve(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("SWITCHBACK_"));
        builder.environment()
                .put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + wire.port() + "/switchback");
        builder.environment().put("QUARKUS_DATASOURCE_USERNAME", database.user());
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        builder.environment().put("SWITCHBACK_ADMIN_PASSWORD", PASSWORD);
        builder.environment().put("SWITCHBACK_ENGINE_INSTANCE", name);
        builder.environment().put("SWITCHBACK_SHELL_ENABLED", "true");
        // One person does here what many do elsewhere.
        List.of("STARTS", "IMPORTS", "MEASUREMENTS", "CHECKS")
                .forEach(what -> builder.environment().put("SWITCHBACK_LIMIT_" + what, "0"));
        builder.environment().put("SWITCHBACK_ENGINE_DRAIN", DRAIN.toSeconds() + "s");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return folder.resolve(name + ".log");
    }

    /** What it wrote last, for the message of a failure. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(logFile(), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    void awaitReady() {
        Waiting.until(Duration.ofSeconds(90), name + " is ready", this::ready);
    }

    private boolean ready() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " did not start:\n" + lastWords());
        }
        try {
            return get("/q/health/ready").status() == 200;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() {
        Signals.send("KILL", process.pid());
        awaitEnd(Duration.ofSeconds(10));
    }

    /** It stands still and knows nothing of it. */
    void freeze() {
        Signals.send("STOP", process.pid());
    }

    void thaw() {
        Signals.send("CONT", process.pid());
    }

    /** It is asked to stop; {@link #awaitEnd} waits for it. */
    void terminate() {
        Signals.send("TERM", process.pid());
    }

    void awaitEnd(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + atMost + ":\n" + lastWords());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it answered. */
    record Answer(int status, String body) {
        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException(body, e);
            }
        }

        /** Itself, when it is this status. */
        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected status " + expected + ", got " + status + ": " + body);
            }
            return this;
        }
    }

    Answer get(String address) {
        return send(request(address).GET());
    }

    Answer post(String address, String json) {
        return send(request(address).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer postYaml(String address, String yaml) {
        return send(request(address).header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(yaml)));
    }

    HttpRequest.Builder request(String address) {
        String basic = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.ISO_8859_1));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + basic);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(name + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (alive()) {
            thaw();
            kill();
        }
        wire.close();
    }
}
