import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server, started as people start it: by {@code ./switchback start}. */
final class Server implements AutoCloseable {

    private static final String PASSWORD = "bench-password-1";

    final String base;
    final Process process;
    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Path log;
    private String cookie = "a=b";
    private String authorization = "";

    /** Starts it and returns at once. */
    static Server launch(Database database, String name, Map<String, String> settings) throws IOException {
        return new Server(database, name, settings);
    }

    /** Starts it, waits until it is ready and signs in. */
    static Server start(Database database, String name) throws Exception {
        Server server = launch(database, name, Map.of());
        server.awaitAnswer("/q/health/ready");
        server.signIn();
        return server;
    }

    private Server(Database database, String name, Map<String, String> settings) throws IOException {
        int port = freePort();
        base = "http://127.0.0.1:" + port;
        log = database.folder.resolve(name + ".log");
        var builder = new ProcessBuilder(
                        "./switchback",
                        "start",
                        "--port",
                        "" + port,
                        "--data",
                        database.folder.resolve(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        builder.environment().put("QUARKUS_DATASOURCE_USERNAME", database.postgres.user());
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", database.postgres.password());
        builder.environment().put("SWITCHBACK_ADMIN_PASSWORD", PASSWORD);
        builder.environment().put("SWITCHBACK_ENGINE_INSTANCE", name);
        builder.environment().put("SWITCHBACK_SHELL_ENABLED", "true");
        // One person does here what many do elsewhere.
        for (String what : List.of("STARTS", "IMPORTS", "MEASUREMENTS", "CHECKS")) {
            builder.environment().put("SWITCHBACK_LIMIT_" + what, "0");
        }
        builder.environment().putAll(settings);
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Until this address answers with 200. */
    void awaitAnswer(String address) throws Exception {
        for (int i = 0; i < 24_000; i++) {
            try {
                // A request that is refused costs the client much, and both share this machine.
                new Socket("127.0.0.1", URI.create(base).getPort()).close();
                if (get(address).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended:\n" + Files.readString(log));
            }
            Thread.sleep(5);
        }
        throw new IllegalStateException("the server does not start:\n" + Files.readString(log));
    }

    /** The processor time that it took so far. */
    Duration worked() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    void signIn() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + "/signin"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "text/html")
                        .POST(BodyPublishers.ofString("name=admin&password=" + PASSWORD))
                        .build(),
                BodyHandlers.ofString());
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        takeToken();
    }

    /** From here on by a token, as a program does: checking a password is made to take a tenth of a second. */
    private void takeToken() throws Exception {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Matcher token = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"")
                .matcher(post("/api/v1/tokens", "application/json", "{\"name\": \"bench\"}", 201));
        if (!token.find()) {
            throw new IllegalStateException("there is no token in the answer");
        }
        authorization = "Bearer " + token.group(1);
    }

    HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(base + address)).header("Cookie", cookie);
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(request(address).build(), BodyHandlers.ofString());
    }

    private String post(String address, String type, String body, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + address))
                        .header("Authorization", authorization)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IllegalStateException(address + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** A migration with these steps on a service of its own, in an environment of its own with a shell target there. */
    void keep(String key, Path folder, String steps) throws Exception {
        Files.createDirectories(folder);
        post("/api/v1/import", "application/yaml", """
            apiVersion: switchback/v1
            kind: Environment
            key: %1$s
            name: %1$s
            tier: development
            targets: {host: {kind: shell, directory: "%2$s"}}
            ---
            apiVersion: switchback/v1
            kind: Migration
            key: %1$s
            title: Bench %1$s
            service: %1$s
            owner: bench
            expected: figures
            rollbackNote: none
            steps:
            %3$s\
            """.formatted(key, folder, steps), 200);
    }

    /** Starts it, and answers the number of the run. */
    long run(String key, String more) throws Exception {
        String body = "{\"environment\": \"" + key + "\", \"purpose\": \"live\", \"measure\": \"none\"" + more + "}";
        Matcher id = Pattern.compile("\"id\":(\\d+)")
                .matcher(post("/api/v1/migrations/" + key + "/runs", "application/json", body, 201));
        if (!id.find()) {
            throw new IllegalStateException("the start of " + key + " answered no id");
        }
        return Long.parseLong(id.group(1));
    }

    /** Waits until the run has succeeded, asking the database and not the server, which has other things to do. */
    static void awaitEnd(Database database, long run) throws Exception {
        for (String state = ""; !state.equals("succeeded"); ) {
            state = database.value("SELECT state FROM run WHERE id = ?", run);
            if (state.matches("failed|waiting|aborted")) {
                throw new IllegalStateException("run " + run + " is " + state);
            }
            Thread.sleep(5);
        }
    }

    /** Memory that it holds, in bytes. */
    long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow()
                * 1024;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Until the time is over. */
    static void rest(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
