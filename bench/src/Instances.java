import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;

/**
 * Many runs whose work is waiting, all to be started at one moment: with one instance, and with two. Each instance has
 * carried out as many as it drives at once before: it is not the start of a virtual machine that is measured.
 */
final class Instances {

    /** How many an instance drives at once; the runs are a multiple for one instance and for two. */
    private static final int AT_ONCE = 16;

    private Instances() {}

    static void run(Options options) throws Exception {
        int runs = options.number("runs", 96);
        int sleep = options.number("sleep", 3);
        try (Database database = new Database()) {
            double one;
            double two;
            try (Server a = Server.start(database, "a")) {
                for (int i = 0; i < runs; i++) {
                    a.keep(
                            "sleep-" + i,
                            database.folder.resolve("work"),
                            "  - {id: sleep, title: Sleep, phase: change, shell: {target: host, command: \"echo"
                                    + " $SWITCHBACK_MARK >> effects; sleep " + sleep
                                    + "\"}, noRollback: it only sleeps}");
                }
                all(database, a, AT_ONCE);
                one = all(database, a, runs);
                System.err.printf("one instance: %.1f s%n", one);
                try (Server b = Server.start(database, "b")) {
                    all(database, a, 2 * AT_ONCE);
                    two = all(database, a, runs);
                    System.err.printf("two instances: %.1f s%n", two);
                }
            }
            int effects = effects(database.folder.resolve("work/effects"));
            new Report()
                    .line("%d runs of `sleep %d`, %d at once on an instance.", runs, sleep, AT_ONCE)
                    .line("")
                    .line("| | time | runs/s | ratio |")
                    .line("| --- | ---: | ---: | ---: |")
                    .line("| one instance | %.1f s | %.1f | 1 |", one, runs / one)
                    .line("| two instances | %.1f s | %.1f | %.2f |", two, runs / two, one / two)
                    .line("")
                    .line("Each of the %d steps was carried out once.", effects)
                    .show("instances", options);
        }
    }

    /** Seconds from the planned start of all to the end of the last. */
    private static double all(Database database, Server server, int runs) throws Exception {
        Instant at = Instant.now().plusSeconds(5 + runs / 20).truncatedTo(ChronoUnit.SECONDS);
        long last = 0;
        for (int i = 0; i < runs; i++) {
            last = server.run("sleep-" + i, ", \"startAt\": \"" + at + "\"");
        }
        if (Instant.now().isAfter(at)) {
            throw new IllegalStateException("the starts took longer than thought; the machine is too busy");
        }
        while (!database.value("SELECT count(*) FROM run WHERE ended_at IS NULL")
                .equals("0")) {
            Thread.sleep(20);
        }
        return Double.parseDouble(database.value(
                "SELECT extract(epoch FROM max(ended_at) - max(start_at)) FROM run WHERE id > ? AND state = 'succeeded'"
                        + " HAVING count(*) = ?",
                last - runs,
                runs));
    }

    private static int effects(Path file) throws Exception {
        var lines = Files.readAllLines(file);
        if (new HashSet<>(lines).size() != lines.size()) {
            throw new IllegalStateException("a step was carried out twice");
        }
        return lines.size();
    }
}
