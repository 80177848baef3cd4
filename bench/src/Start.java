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
        var worked = new double[rounds];
        try (Database database = new Database()) {
            // The first one makes what is made once: the administrator, and whatever archive the script keeps.
            start(database, 0);
            for (int i = 0; i < rounds; i++) {
                double[] figures = start(database, idle);
                System.err.printf(
                        "round %d: %.2f s, %.2f s of processor time, %.0f MB%n",
                        i + 1, figures[0], figures[1], figures[2]);
                took[i] = figures[0];
                worked[i] = figures[1];
                held[i] = figures[2];
            }
        }
        new Report()
                .line("| `./switchback start`, median of %d rounds | |", rounds)
                .line("| --- | ---: |")
                .line("| until the first page (`/signin`) is answered | %.2f s |", Figures.median(took))
                .line("| processor time until then | %.2f s |", Figures.median(worked))
                .line("| resident after %d s without a request | %.0f MB |", idle, Figures.median(held))
                .show("start", options);
    }

    /** Seconds, seconds of processor time, and megabytes. */
    private static double[] start(Database database, int idle) throws Exception {
        long began = System.nanoTime();
        try (Server server = Server.launch(database, "a", Map.of())) {
            server.awaitAnswer("/signin");
            double seconds = (System.nanoTime() - began) / 1e9;
            double worked = server.worked().toMillis() / 1e3;
            Server.rest(Duration.ofSeconds(idle));
            return new double[] {seconds, worked, server.resident() / 1e6};
        }
    }
}
