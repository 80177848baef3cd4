import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long the lists take, warm, seen from a client on the same machine: p50 and p99 at 1 and at 16 connections while
 * nothing changes, and at 1 connection with a change of the first row before every request; with as many migrations as
 * asked for and two runs for each.
 */
final class Lists {

    private Lists() {}

    /** What an address took: alone, after a change, with 16 at once, and what one request alone computed. */
    private record Row(Figures alone, Figures changed, Figures together, double serverMillis, double databaseMillis) {}

    static void run(Options options) throws Exception {
        var measured = new LinkedHashMap<Integer, Map<String, Row>>();
        for (String size : options.text("--sizes", "1000,10000").split(",")) {
            measured.put(Integer.valueOf(size), measure(Integer.parseInt(size), options));
        }
        report(measured).show("lists", options);
    }

    private static Map<String, Row> measure(int size, Options options) throws Exception {
        int seconds = options.number("seconds", 5);
        try (Database database = new Database()) {
            Fill.with(database, size, 2 * size);
            database.execute("VACUUM ANALYZE");
            Instant began = Instant.now();
            try (Server server = Server.start(database, "a")) {
                Fill.settle(database, size);
                System.err.println(size + " migrations: searchable "
                        + Duration.between(began, Instant.now()).toSeconds() + " s after the start");
                List<String> addresses = addresses(server, size, options.text("--only", ""));
                Load.warmUp(server, addresses, Fill.change(database));
                var measured = new LinkedHashMap<String, Row>();
                for (String address : addresses) {
                    measured.put(name(address), row(server, database, address, seconds));
                    System.err.println(name(address));
                }
                return measured;
            }
        }
    }

    private static Row row(Server server, Database database, String address, int seconds) throws Exception {
        double[] before = cpu(server, database);
        Figures alone = Load.of(Load.get(server, address), 1, seconds);
        double[] after = cpu(server, database);
        Figures changed = Load.of(Load.after(Fill.change(database), Load.get(server, address)), 1, seconds);
        Figures together = Load.of(Load.get(server, address), 16, seconds);
        int requests = alone.nanos().length;
        return new Row(
                alone,
                changed,
                together,
                (after[0] - before[0]) * 1e3 / requests,
                (after[1] - before[1]) * 1e3 / requests);
    }

    private static String name(String address) {
        return address.replaceAll("after=[^&]+", "after=…");
    }

    private static List<String> addresses(Server server, int size, String only) throws Exception {
        String api = "/api/v1/migrations";
        String deep = api;
        for (int i = 0; i < 5; i++) {
            deep = next(server.get(deep).body());
        }
        String after = deep.substring(deep.indexOf("after="));
        return Stream.of(
                        "/q/health/live",
                        "/migrations",
                        "/migrations?" + after,
                        "/migrations?q=settings",
                        "/migrations?q=prices",
                        "/migrations?q=warehouse",
                        "/migrations?q=ticket" + size / 2,
                        "/migrations?q=prices+index+warehouse",
                        "/migrations?state=open",
                        "/migrations?state=draft",
                        "/migrations?service=svc-3&owner=team-13",
                        "/migrations?environment=staging&state=live",
                        "/migrations?needsReview=true",
                        "/migrations?archived=all",
                        api,
                        api + "?" + after,
                        api + "?q=settings",
                        api + "?q=ticket" + size / 2,
                        "/runs")
                .filter(address -> address.contains(only))
                .toList();
    }

    private static String next(String body) {
        Matcher next = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(body);
        if (!next.find()) {
            throw new IllegalStateException("no next page");
        }
        return next.group(1);
    }

    /** Seconds that the server and the database have computed: unlike times, these hardly depend on other programs. */
    private static double[] cpu(Server server, Database database) throws Exception {
        double postgres = 0;
        try (var statement = database.connection.createStatement();
                var rows = statement.executeQuery("SELECT pid FROM pg_stat_activity")) {
            while (rows.next()) {
                postgres += cpu(ProcessHandle.of(rows.getLong(1)).orElse(null));
            }
        }
        return new double[] {cpu(server.process.toHandle()), postgres};
    }

    private static double cpu(ProcessHandle process) {
        return process == null
                ? 0
                : process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    private static Report report(Map<Integer, Map<String, Row>> measured) {
        var report = new Report();
        measured.forEach((size, rows) -> {
            report.line("With %,d migrations and %,d runs:", size, 2 * size)
                    .line("")
                    .line("| address | p50, 1 conn. | p99, 1 conn. | p50, changed | p99, changed | p50, 16 conn. | p99,"
                            + " 16 conn. | requests/s, 16 conn. | CPU server | CPU database |")
                    .line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            rows.forEach((address, row) -> report.line(
                    "| `%s` | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %,.0f | %.1f ms | %.1f ms |",
                    address,
                    row.alone().p50(),
                    row.alone().p99(),
                    row.changed().p50(),
                    row.changed().p99(),
                    row.together().p50(),
                    row.together().p99(),
                    row.together().perSecond(),
                    row.serverMillis(),
                    row.databaseMillis()));
            report.line("");
        });
        if (measured.size() == 2) {
            growth(report, List.copyOf(measured.values()));
        }
        return report;
    }

    private static void growth(Report report, List<Map<String, Row>> both) {
        var growth = new ArrayList<String>();
        both.get(1).forEach((address, row) -> {
            if (both.get(0).containsKey(address)) {
                growth.add(String.format(
                        "`%s` %.2f",
                        address,
                        row.changed().p99() / both.get(0).get(address).changed().p99()));
            }
        });
        report.line("p99 after a change, the larger against the smaller: %s.", String.join(", ", growth));
    }
}
