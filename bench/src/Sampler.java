import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.sampling.Place;
import dev.switchback.sampling.Progress;
import dev.switchback.sampling.Sitting;
import dev.switchback.sampling.TakeSamples;
import dev.switchback.sampling.Taken;
import dev.switchback.step.Cancellation;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The sampler against a server that answers after exactly 20 ms: how far its figures are off, and whether it sees a stall
 * of the server in full. Beside it the client of the JDK on the same schedule, and a loop that asks when it was answered.
 */
final class Sampler {

    private static final int LATENCY_MS = 20;
    private static final int STALL_MS = 300;

    private final int rate;
    private final int blocks;
    private final URI server;

    private Sampler(int rate, int blocks, URI server) {
        this.rate = rate;
        this.blocks = blocks;
        this.server = server;
    }

    static void run(Options options) throws Exception {
        int rate = options.number("rate", 100);
        int blocks = options.number("blocks", 20);
        Process process = new ProcessBuilder(
                        "java",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "FixedServer",
                        "" + LATENCY_MS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            new Sampler(rate, blocks, URI.create("http://127.0.0.1:" + out.readLine())).measure(options);
        } finally {
            process.destroyForcibly();
        }
    }

    private void measure(Options options) throws Exception {
        var report = new Report();
        report.line(
                        "| %d requests at %d/s, answered after exactly %d ms | median error | 99th percentile | sent"
                                + " late |",
                        blocks * rate, rate, LATENCY_MS)
                .line("| --- | ---: | ---: | ---: |");
        steady(report, "the sampler", sample(blocks));
        steady(report, "the client of the JDK on the same schedule", jdk());
        long stall = TimeUnit.MILLISECONDS.toMicros(STALL_MS);
        report.line("")
                .line(
                        "| the server answers nothing for %d ms, once | requests that show it | longest | waited"
                                + " altogether |",
                        STALL_MS)
                .line("| --- | ---: | ---: | ---: |")
                .line(
                        "| what happened to people who came at their moments | %d | %d ms | %.2f s |",
                        rate * STALL_MS / 1000, STALL_MS, rate * (STALL_MS / 1000.0) * (STALL_MS / 2000.0));
        stalled(report, "the sampler", stallWhile(() -> sample(2)));
        stalled(report, "a loop that asks again when it was answered", stallWhile(this::loop));
        report.show("sampler", options);
    }

    private interface Asking {
        List<long[]> ask() throws Exception;
    }

    private List<long[]> stallWhile(Asking asking) throws Exception {
        // The warm-up takes a second; the stall falls into the first block.
        CompletableFuture<Void> stall = CompletableFuture.runAsync(
                () -> get("/stall/" + STALL_MS), CompletableFuture.delayedExecutor(1600, TimeUnit.MILLISECONDS));
        List<long[]> asked = asking.ask();
        stall.join();
        return asked;
    }

    private void get(String path) {
        try {
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Moment, begin and end of each request in microseconds; failed ones are refused. */
    private List<long[]> sample(int ofBlocks) throws Exception {
        var spec = new ObjectMapper()
                .readTree("{\"name\":\"fixed\",\"http\":{\"target\":\"web\",\"request\":\"GET /\",\"rate\":" + rate
                        + ",\"blocks\":" + ofBlocks + ",\"perBlock\":" + rate
                        + ",\"pause\":\"100ms\",\"warmUp\":\"1s\"}}");
        var target =
                new Target("web", "http", JsonNodeFactory.instance.objectNode().put("url", server.toString()));
        var taken = new ArrayList<Taken>();
        var progress = new Progress() {
            @Override
            public void metric(MetricPlan plan, int block, int of, Phase phase, Duration left) {}

            @Override
            public void taken(MetricPlan plan, List<Taken> batch) {
                taken.addAll(batch);
            }
        };
        List<Sitting> sittings = new TakeSamples(new StepExecutors(List.of()), new byte[] {1})
                .take(
                        List.of(MetricPlan.of(spec, Amount.FULL)),
                        new Place(Map.of("web", target), Map.of(), name -> Optional.empty(), "bench"),
                        42,
                        new Cancellation(),
                        progress);
        if (sittings.get(0).trouble().isPresent() || taken.stream().anyMatch(each -> !each.ok())) {
            throw new IllegalStateException(
                    sittings + " " + taken.stream().filter(each -> !each.ok()).findFirst());
        }
        System.err.println(sittings.get(0).facts());
        return taken.stream()
                .filter(each -> !each.warmUp() && each.block() < ofBlocks)
                .map(each -> new long[] {each.scheduledUs(), each.sentUs(), each.doneUs()})
                .toList();
    }

    /** The client of the JDK: an executor sends at each moment, the answers come in its threads. */
    private List<long[]> jdk() throws Exception {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request =
                HttpRequest.newBuilder(server).timeout(Duration.ofSeconds(2)).build();
        var timer = Executors.newSingleThreadScheduledExecutor();
        int count = rate * (blocks + 1);
        var all = new ArrayList<CompletableFuture<long[]>>();
        var random = new java.util.SplittableRandom(42);
        long start = System.nanoTime() + 10_000_000;
        for (int i = 0; i < count; i++) {
            long moment = start + (long) ((i + random.nextDouble()) * 1e9 / rate);
            var done = new CompletableFuture<long[]>();
            all.add(done);
            timer.schedule(
                    () -> {
                        long sent = System.nanoTime();
                        client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                                .thenAccept(answer -> done.complete(
                                        new long[] {moment / 1000, sent / 1000, System.nanoTime() / 1000}));
                    },
                    moment - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
        }
        List<long[]> times = new ArrayList<>();
        for (var each : all) {
            times.add(each.get(1, TimeUnit.MINUTES));
        }
        timer.shutdown();
        return times.subList(rate, count);
    }

    private List<long[]> loop() throws Exception {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(server).build();
        var times = new ArrayList<long[]>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (System.nanoTime() < end) {
            long sent = System.nanoTime() / 1000;
            client.send(request, HttpResponse.BodyHandlers.discarding());
            times.add(new long[] {sent, sent, System.nanoTime() / 1000});
        }
        return times.subList(Math.min(20, times.size()), times.size());
    }

    private static void steady(Report report, String who, List<long[]> times) {
        double[] errors = times.stream()
                .mapToDouble(each -> (each[2] - each[0]) / 1000.0 - LATENCY_MS)
                .sorted()
                .toArray();
        long late = times.stream().filter(each -> each[1] - each[0] > 10_000).count();
        report.line(
                "| %s | %.2f ms | %.2f ms | %.2f %% |",
                who, errors[errors.length / 2], errors[(int) (errors.length * 0.99)], 100.0 * late / times.size());
    }

    private static void stalled(Report report, String who, List<long[]> times) {
        double[] waited = times.stream()
                .mapToDouble(each -> (each[2] - each[0]) / 1000.0 - LATENCY_MS)
                .filter(ms -> ms > 5)
                .toArray();
        report.line(
                "| %s | %d | %.0f ms | %.2f s |",
                who,
                waited.length,
                Arrays.stream(waited).max().orElse(0),
                Arrays.stream(waited).sum() / 1000);
    }
}
