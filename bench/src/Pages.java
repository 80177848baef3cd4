import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The pages and lists of somebody who has gathered a lot, and of somebody with a tenth of it, against an address of the
 * same server that asks nothing of the database; and the list of runs against PostgreSQL itself.
 */
final class Pages {

    private static final String TRIVIAL = "/q/health/live";

    private Pages() {}

    private record Row(Figures alone, Figures together) {}

    /** What was measured with so many migrations. */
    private record Measured(int migrations, Map<String, Row> rows, Share share) {}

    /**
     * The list of runs at 16 connections: as it stands, while another connection changes it ten times a second, and
     * PostgreSQL answering the query for its rows, and all statements of a page that is read anew.
     */
    private record Share(Figures page, Figures changing, Figures query, Figures all, int count) {}

    /** The two take turns so often at each address: whatever else the machine does comes over both. */
    private static final int TURNS = 5;

    static void run(Options options) throws Exception {
        int migrations = options.number("migrations", 10_000);
        var report = new Report();
        try (Side tenth = Side.with(migrations / 10, "tenth", options);
                Side whole = Side.with(migrations, "whole", options)) {
            List<Side> sides = List.of(tenth, whole);
            for (Side side : sides) {
                Load.warmUp(side.server, side.addresses, Fill.change(side.database));
            }
            List<Map<String, Row>> rows = ask(sides, options);
            var both = new ArrayList<Measured>();
            for (int i = 0; i < sides.size(); i++) {
                Side side = sides.get(i);
                Share share = share(side.database, side.server, options.number("seconds", 5));
                both.add(new Measured(side.migrations, rows.get(i), share));
            }
            both.forEach(measured -> table(report, measured));
            growth(report, both.get(0), both.get(1));
        }
        report.show("pages", options);
    }

    /** A database with so much in it and its server. */
    private record Side(int migrations, Database database, Server server, long printed, List<String> addresses)
            implements AutoCloseable {

        static Side with(int migrations, String name, Options options) throws Exception {
            Database database = new Database();
            Fill.with(database, migrations, 10 * migrations);
            database.execute("VACUUM ANALYZE");
            Server server = Server.start(database, name);
            long printed = print(database, server, Math.max(1000, migrations * 10));
            Fill.lines(database, printed, 1000L * migrations);
            Fill.settle(database, migrations + 1);
            System.err.printf("filled: %s lines%n", database.value("SELECT sum(last_line_no) FROM run"));
            List<String> addresses = Pages.addresses(printed).stream()
                    .filter(address -> address.equals(TRIVIAL) || address.contains(options.text("--only", "")))
                    .toList();
            return new Side(migrations, database, server, printed, addresses);
        }

        @Override
        public void close() throws Exception {
            server.close();
            database.close();
        }
    }

    /**
     * Each address of all sides in turn, at 1 and at 16 connections. At 1 three times as long: the 99th percentile is to
     * be compared there, and a slow page gives few answers in a second.
     */
    private static List<Map<String, Row>> ask(List<Side> sides, Options options) throws Exception {
        double seconds = options.number("seconds", 5) / (double) TURNS;
        List<Map<String, Row>> rows = new ArrayList<>();
        sides.forEach(side -> rows.add(new LinkedHashMap<>()));
        for (int at = 0; at < sides.get(0).addresses.size(); at++) {
            List<List<Figures>> alone = List.of(new ArrayList<>(), new ArrayList<>());
            List<List<Figures>> together = List.of(new ArrayList<>(), new ArrayList<>());
            for (int turn = 0; turn < TURNS; turn++) {
                for (int i = 0; i < sides.size(); i++) {
                    Side side = sides.get(i);
                    String address = side.addresses.get(at);
                    alone.get(i).add(Load.of(Load.get(side.server, address), 1, 3 * seconds));
                    together.get(i).add(Load.of(Load.get(side.server, address), 16, seconds));
                }
            }
            for (int i = 0; i < sides.size(); i++) {
                Side side = sides.get(i);
                String address = side.addresses.get(at);
                rows.get(i)
                        .put(
                                address.replace("/" + side.printed, "/…"),
                                new Row(Figures.all(alone.get(i)), Figures.all(together.get(i))));
                System.err.printf("%s p99 %.1f ms%n", address, Figures.all(alone.get(i)).p99());
            }
        }
        return rows;
    }

    /** A run that prints so many lines; the number of the run. */
    private static long print(Database database, Server server, int lines) throws Exception {
        server.keep(
                "printing",
                database.folder.resolve("work"),
                "  - {id: print, title: Print, phase: change, shell: {target: host, command: \"seq -f %099.0f " + lines
                        + "\"}, noRollback: it only prints}");
        long run = server.run("printing", "");
        Server.awaitEnd(database, run);
        return run;
    }

    private static List<String> addresses(long run) {
        return List.of(
                TRIVIAL,
                "/",
                "/migrations",
                "/migrations/change-7",
                "/migrations?q=prices",
                "/runs",
                "/runs?state=failed",
                "/runs/" + run,
                "/runs/" + run + "/log",
                "/environments",
                "/api/v1/migrations",
                "/api/v1/runs",
                "/api/v1/runs/" + run);
    }

    private static Share share(Database database, Server server, double seconds) throws Exception {
        Load.Worker change = Fill.change(database);
        List<String> statements = Statements.of(database, () -> {
            change.once();
            server.get("/runs");
        });
        List<String> query = statements.stream()
                .filter(sql -> sql.contains("r.requested_by"))
                .toList();
        if (query.size() != 1) {
            throw new IllegalStateException("the query for the rows was not seen once: " + statements);
        }
        var pages = new ArrayList<Figures>();
        var changing = new ArrayList<Figures>();
        var bare = new ArrayList<Figures>();
        var all = new ArrayList<Figures>();
        // In turn, so that all meet the same machine; the first round only warms up.
        for (int round = 0; round < 4; round++) {
            pages.add(Load.of(Load.get(server, "/runs"), 16, seconds));
            bare.add(Load.of(() -> asking(database, query), 16, seconds));
            all.add(Load.of(() -> asking(database, statements), 16, seconds));
            changing.add(whileChanging(change, () -> Load.of(Load.get(server, "/runs"), 16, seconds)));
        }
        return new Share(middle(pages), middle(changing), middle(bare), middle(all), statements.size());
    }

    private static Figures whileChanging(Load.Worker change, Callable<Figures> measure) throws Exception {
        var changes = Executors.newSingleThreadScheduledExecutor();
        try {
            var changing = changes.scheduleAtFixedRate(
                    () -> {
                        try {
                            change.once();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            Figures figures = measure.call();
            if (changing.isDone()) {
                changing.get();
            }
            return figures;
        } finally {
            changes.shutdown();
            changes.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** The one of the middle; the first only warmed up. */
    private static Figures middle(List<Figures> rounds) {
        List<Figures> measured = rounds.subList(1, rounds.size());
        double rate =
                Figures.median(measured.stream().mapToDouble(Figures::perSecond).toArray());
        return measured.stream()
                .filter(one -> one.perSecond() == rate)
                .findFirst()
                .orElseThrow();
    }

    /** One connection that carries out the statements of a page and reads every value. */
    private static Load.Worker asking(Database database, List<String> statements) throws Exception {
        Connection connection = database.connect();
        var prepared = new ArrayList<PreparedStatement>();
        for (String statement : statements) {
            prepared.add(connection.prepareStatement(statement));
        }
        return () -> {
            for (PreparedStatement statement : prepared) {
                try (var rows = statement.executeQuery()) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            rows.getObject(i);
                        }
                    }
                }
            }
        };
    }

    private static void table(Report report, Measured measured) {
        report.line(
                        "With %,d migrations, %,d runs and %,d lines:",
                        measured.migrations(), 10 * measured.migrations(), 1000L * measured.migrations())
                .line("")
                .line(
                        "| address | p50, 1 conn. | p99, 1 conn. | p50, 16 conn. | p99, 16 conn. | requests/s, 16"
                                + " conn. | against `%s` |",
                        TRIVIAL)
                .line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        double trivial = measured.rows().get(TRIVIAL).together().perSecond();
        measured.rows()
                .forEach((address, row) -> report.line(
                        "| `%s` | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %,.0f | %.0f %% |",
                        address,
                        row.alone().p50(),
                        row.alone().p99(),
                        row.together().p50(),
                        row.together().p99(),
                        row.together().perSecond(),
                        100 * row.together().perSecond() / trivial));
        Share share = measured.share();
        report.line("")
                .line(
                        "`/runs` at 16 connections: %,.0f pages/s, p99 %.1f ms; while it changes ten times a second"
                                + " %,.0f pages/s, p99 %.1f ms. PostgreSQL itself, through JDBC, answers the query for"
                                + " its rows %,.0f times/s: a share of %.0f %% (%.0f %% while it changes); and all %d"
                                + " statements of a page that is read anew %,.0f times/s.",
                        share.page().perSecond(),
                        share.page().p99(),
                        share.changing().perSecond(),
                        share.changing().p99(),
                        share.query().perSecond(),
                        100 * share.page().perSecond() / share.query().perSecond(),
                        100 * share.changing().perSecond() / share.query().perSecond(),
                        share.count(),
                        share.all().perSecond())
                .line("");
    }

    private static void growth(Report report, Measured small, Measured large) {
        report.line("For ten times the data, 1 connection:", "")
                .line("")
                .line("| address | p50 | p99 |")
                .line("| --- | ---: | ---: |");
        large.rows().forEach((address, row) -> {
            Row before = small.rows().get(address);
            report.line(
                    "| `%s` | %.2f | %.2f |",
                    address,
                    row.alone().p50() / before.alone().p50(),
                    row.alone().p99() / before.alone().p99());
        });
    }
}
