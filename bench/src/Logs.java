import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A million lines from one step: whether each is there once, in order, and how long it takes against a file. */
final class Logs {

    private Logs() {}

    static void run(Options options) throws Exception {
        int lines = options.number("lines", 1_000_000);
        int rounds = options.number("rounds", 3);
        // 99 digits and the end of the line.
        String command = options.text("--command", "seq -f %099.0f " + lines);
        try (Database database = new Database();
                Server server = Server.start(database, "a")) {
            Path folder = database.folder.resolve("work");
            server.keep(
                    "logs",
                    folder,
                    "  - {id: print, title: Print, phase: change, timeout: 30m, shell: {target: host, command: \""
                            + command + "\"}, noRollback: it only prints}");
            server.run("logs", "");
            var file = new double[rounds];
            var run = new double[rounds];
            String held = "";
            long most = 0;
            for (int i = 0; i < rounds; i++) {
                Path printed = folder.resolve("printed");
                file[i] = toFile(command, printed);
                long began = System.nanoTime();
                long id = awaitFree(database, server);
                most = Math.max(most, awaitEnd(database, server, id));
                run[i] = (System.nanoTime() - began) / 1e6;
                held = compare(server, id, printed);
                System.err.printf("round %d: file %.0f ms, run %.0f ms, %s%n", i + 1, file[i], run[i], held);
            }
            double plain = Figures.median(file);
            double stored = Figures.median(run);
            new Report()
                    .line("`%s`, median of %d rounds; of the last round: %s.", command, rounds, held)
                    .line("")
                    .line("| %,d lines | time | lines/s | ratio |", lines)
                    .line("| --- | ---: | ---: | ---: |")
                    .line("| through `cat` to a file | %.0f ms | %,.0f | 1 |", plain, lines / plain * 1000)
                    .line(
                            "| as a step, from the request to start it to its end | %.0f ms | %,.0f | %.2f |",
                            stored, lines / stored * 1000, stored / plain)
                    .line("")
                    .line("At most %.0f MB of the server were resident meanwhile.", most / 1e6)
                    .show("logs", options);
        }
    }

    private static double toFile(String command, Path file) throws Exception {
        long began = System.nanoTime();
        int status = new ProcessBuilder("bash", "-c", command + " | cat > " + file)
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    /** The service is held until the run before, which warmed everything up, is over. */
    private static long awaitFree(Database database, Server server) throws Exception {
        Server.awaitEnd(database, Long.parseLong(database.value("SELECT max(id) FROM run")));
        return server.run("logs", "");
    }

    private static long awaitEnd(Database database, Server server, long id) throws Exception {
        long most = 0;
        while (!"succeeded".equals(database.value("SELECT state FROM run WHERE id = ?", id))) {
            most = Math.max(most, server.resident());
            Thread.sleep(20);
        }
        return most;
    }

    private static String compare(Server server, long id, Path printed) throws Exception {
        HttpResponse<InputStream> log = server.client.send(
                server.request("/api/v1/runs/" + id + "/log").build(), HttpResponse.BodyHandlers.ofInputStream());
        String stored = hash(log.body());
        String expected = hash(Files.newInputStream(printed));
        if (!stored.equals(expected)) {
            throw new IllegalStateException(
                    "run " + id + " has another log than the file: " + stored + " instead of " + expected);
        }
        return "the log read back is the file, byte by byte (SHA-256 " + stored.substring(0, 12) + "…)";
    }

    private static String hash(InputStream bytes) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        try (var read = new DigestInputStream(bytes, digest)) {
            read.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
