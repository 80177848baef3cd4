import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A hundred trivial steps in a run, each with state, log and event committed, against a bare loop of the same. */
final class Steps {

    private Steps() {}

    static void run(Options options) throws Exception {
        int count = options.number("steps", 100);
        int rounds = options.number("rounds", 11);
        try (Database database = new Database();
                Server server = Server.start(database, "a")) {
            server.keep(
                    "steps",
                    database.folder.resolve("work"),
                    IntStream.rangeClosed(1, count)
                            .mapToObj(i -> "  - {id: s" + i + ", title: Step " + i + ", phase: change, shell: {target:"
                                    + " host, command: \"true\"}, noRollback: it does nothing}")
                            .collect(Collectors.joining("\n")));
            var loop = new double[rounds];
            var run = new double[rounds];
            for (int i = -options.number("warm-up", 50); i < rounds; i++) {
                double bare = loop(count);
                double driven = driven(database, server);
                System.err.printf("round %d: loop %.0f ms, run %.0f ms%n", i + 1, bare, driven);
                if (i >= 0) {
                    loop[i] = bare;
                    run[i] = driven;
                }
            }
            double bare = Figures.median(loop);
            double driven = Figures.median(run);
            new Report()
                    .line("| %d steps, median of %d rounds | time | a step | ratio |", count, rounds)
                    .line("| --- | ---: | ---: | ---: |")
                    .line("| bare loop of `sh -c true` | %.0f ms | %.2f ms | 1 |", bare, bare / count)
                    .line(
                            "| run, from the request to start it to its end | %.0f ms | %.2f ms | %.2f |",
                            driven, driven / count, driven / bare)
                    .show("steps", options);
        }
    }

    private static double loop(int count) throws Exception {
        long began = System.nanoTime();
        Process loop = new ProcessBuilder(
                        "sh", "-c", "i=0; while [ $i -lt " + count + " ]; do sh -c true; i=$((i+1)); done")
                .inheritIO()
                .start();
        if (!loop.waitFor(5, TimeUnit.MINUTES) || loop.exitValue() != 0) {
            throw new IllegalStateException("the bare loop failed");
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static double driven(Database database, Server server) throws Exception {
        // From rest: a run that begins within 50 ms of the end of another one waits for more news to gather.
        Thread.sleep(200);
        long began = System.nanoTime();
        Server.awaitEnd(database, server.run("steps", ""));
        return (System.nanoTime() - began) / 1e6;
    }
}
