import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the moment a step prints a line until it is in the stream of an open page, on the same and on another instance. */
final class Latency {

    private static final Pattern STAMP = Pattern.compile("stamp=(\\d+)\\.(\\d{6})");

    private Latency() {}

    static void run(Options options) throws Exception {
        int lines = options.number("lines", 400);
        try (Database database = new Database();
                Server one = Server.start(database, "a");
                Server two = Server.start(database, "b")) {
            one.keep(
                    "latency",
                    database.folder.resolve("work"),
                    "  - {id: print, title: Print, phase: change, shell: {target: host, command: \"sleep 2; for i in"
                            + " $(seq " + lines + "); do echo stamp=$EPOCHREALTIME; sleep 0.0$((RANDOM % 9 + 1));"
                            + " done\"}, noRollback: it only prints}");
            measure(database, one, two);
            List<Figures> measured = measure(database, one, two);
            var report = new Report()
                    .line("| %d lines, 10 to 90 ms apart | p50 | p99 | longest |", lines)
                    .line("| --- | ---: | ---: | ---: |");
            row(report, "a page on the instance that drives the run", measured.get(0));
            row(report, "a page on another instance", measured.get(1));
            report.show("latency", options);
        }
    }

    private static void row(Report report, String what, Figures figures) {
        report.line("| %s | %.1f ms | %.1f ms | %.1f ms |", what, figures.p50(), figures.p99(), figures.millis(1));
    }

    /** First at the instance that drives, then at the other. */
    private static List<Figures> measure(Database database, Server one, Server two) throws Exception {
        long run = one.run("latency", "");
        var atOne = reading(one, run);
        var atTwo = reading(two, run);
        Server.awaitEnd(database, run);
        boolean oneDrove = "a".equals(database.value("SELECT instance FROM run WHERE id = ?", run));
        return oneDrove ? List.of(atOne.join(), atTwo.join()) : List.of(atTwo.join(), atOne.join());
    }

    private static CompletableFuture<Figures> reading(Server server, long run) throws Exception {
        HttpResponse<InputStream> stream =
                server.client.send(server.request("/runs/" + run + "/live").build(), BodyHandlers.ofInputStream());
        return CompletableFuture.supplyAsync(() -> read(stream));
    }

    private static Figures read(HttpResponse<InputStream> stream) {
        var late = new ArrayList<Long>();
        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Instant now = Instant.now();
                Matcher stamp = STAMP.matcher(line);
                while (stamp.find()) {
                    late.add(now.getEpochSecond() * 1_000_000_000L
                            + now.getNano()
                            - Long.parseLong(stamp.group(1)) * 1_000_000_000L
                            - Long.parseLong(stamp.group(2)) * 1_000L);
                }
            }
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        return new Figures(late.stream().mapToLong(Long::longValue).toArray(), 1);
    }
}
