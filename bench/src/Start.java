import java.time.Duration;
import java.util.Map;

/** The packaged application with PostgreSQL already up: until its first page is answered, and what it holds when idle. */
final class Start {

    private Start() {}

    static void run(Options options) throws Exception {
        int rounds = options.number("rounds", 5);
        int idle = options.number("idle", 20);
        var took = new double[rounds];
        var held = new double[rounds];
        try (Database database = new Database()) {
            // The first one makes what is made once: the administrator, and whatever archive the script keeps.
            start(database, 0);
            for (int i = 0; i < rounds; i++) {
                double[] both = start(database, idle);
                System.err.printf("round %d: %.2f s, %.0f MB%n", i + 1, both[0], both[1]);
                took[i] = both[0];
                held[i] = both[1];
            }
        }
        new Report()
                .line("| `./switchback start`, median of %d rounds | |", rounds)
                .line("| --- | ---: |")
                .line("| until the first page (`/signin`) is answered | %.2f s |", Figures.median(took))
                .line("| resident after %d s without a request | %.0f MB |", idle, Figures.median(held))
                .show("start", options);
    }

    /** Seconds and megabytes. */
    private static double[] start(Database database, int idle) throws Exception {
        long began = System.nanoTime();
        try (Server server = Server.launch(database, "a", Map.of())) {
            server.awaitAnswer("/signin");
            double seconds = (System.nanoTime() - began) / 1e9;
            Server.rest(Duration.ofSeconds(idle));
            return new double[] {seconds, server.resident() / 1e6};
        }
    }
}
