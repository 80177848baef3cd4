package dev.switchback.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.demo.shop.Shop;
import dev.switchback.platform.ProcessMark;
import dev.switchback.platform.StartRefused;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * One shop as a process of its own. When it ends by itself, or somebody kills it to see what happens, it is started
 * again after two seconds. Its pid file lets a later start find what an earlier one left behind.
 */
final class ShopProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final long RESTART_SECONDS = 2;

    private final String name;
    private final Path directory;
    private final Map<String, String> environment;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private Process process;
    private boolean closing;

    ShopProcess(String name, Path directory, Map<String, String> environment) {
        this.name = name;
        this.directory = directory;
        this.environment = environment;
    }

    /** Ends the shop that an earlier process left running in this folder. Says whether there was one. */
    static boolean endLeftBehind(Path directory) {
        Path file = pidFile(directory);
        boolean found = ProcessMark.read(file)
                .flatMap(ProcessMark::process)
                .map(ShopProcess::end)
                .isPresent();
        file.toFile().delete();
        return found;
    }

    /** Starts it and returns at once; {@link #awaitReady} waits. */
    synchronized void start() {
        if (closing) {
            return;
        }
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                classPath(),
                Shop.class.getName());
        String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(environment);
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("shop.log").toFile()));
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo shop " + name + " could not be started", e);
        }
        ProcessMark.of(process.toHandle()).write(pidFile(directory));
        process.onExit()
                .thenRunAsync(this::startAgain, CompletableFuture.delayedExecutor(RESTART_SECONDS, TimeUnit.SECONDS));
    }

    /** @throws StartRefused when it does not answer within 90 s, or ended */
    void awaitReady() {
        long end = System.nanoTime() + READY.toNanos();
        while (!healthy()) {
            if (!alive() || System.nanoTime() > end) {
                throw new StartRefused("The demo shop " + name + " did not start; " + directory.resolve("shop.log")
                        + " says why. Starting again is safe.");
            }
            pause();
        }
    }

    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closing = true;
            last = process;
        }
        if (last != null) {
            end(last.toHandle());
        }
        pidFile(directory).toFile().delete();
    }

    private void startAgain() {
        start();
    }

    private synchronized boolean alive() {
        return process.isAlive();
    }

    private boolean healthy() {
        try {
            URI health = URI.create("http://127.0.0.1:" + environment.get("SHOP_PORT") + "/health");
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("Interrupted while the demo shops were starting.");
        }
    }

    private static ProcessHandle end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(GOODBYE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
        }
        return process;
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("shop.pid");
    }

    /** The few libraries that the shop needs, wherever this application was started from. */
    private static String classPath() {
        return Stream.of(Shop.class, Driver.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class)
                .map(ShopProcess::origin)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        try {
            URI location =
                    type.getProtectionDomain().getCodeSource().getLocation().toURI();
            Path path = Path.of(location);
            if (!Files.exists(path)) {
                throw new IllegalStateException("there is no " + path);
            }
            return path.toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
