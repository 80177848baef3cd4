package dev.switchback.platform;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Starts the application once on an empty database of its own, asks for a page, and ends: what the virtual machine
 * learned meanwhile goes into its archive, and every later start reads it from there. Called by {@code ./switchback}
 * after a build; the argument is a folder that may be thrown away. Exit status 0 when a page was answered.
 */
public final class TrainStart {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private TrainStart() {}

    public static void main(String... arguments) throws IOException {
        int port = freePort();
        var asking = new Thread(() -> Quarkus.asyncExit(isAnswered(port) ? 0 : 1), "train-start");
        asking.setDaemon(true);
        asking.start();
        Main.main("start", "--host", "127.0.0.1", "--port", String.valueOf(port), "--data", arguments[0]);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isAnswered(int port) {
        HttpClient client = HttpClient.newHttpClient();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                Thread.sleep(100);
                if (answers(client, port, "/q/health/ready") && answers(client, port, "/signin")) {
                    return true;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean answers(HttpClient client, int port, String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
