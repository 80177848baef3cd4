import dev.switchback.platform.LocalPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * How long the lists take, warm, seen from a client on the same machine: p50 and p99 at 1 and at 16 connections, with
 * as many migrations as asked for and two runs for each. Started by {@code bench/run lists}.
 */
public class Lists {

    private static final String PASSWORD = "bench-password-1";
    private static final Path DOCUMENT = Path.of("docs/performance.md");
    private static final String[] THINGS = {
        "prices", "orders", "sessions", "quotes", "mails", "images", "flags", "carts"
    };

    private static int seconds = 5;
    private static String only = "";

    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        List<Integer> sizes = Arrays.stream(option(all, "--sizes", "1000,10000").split(","))
                .map(Integer::valueOf)
                .toList();
        seconds = Integer.parseInt(option(all, "--seconds", "5"));
        only = option(all, "--only", "");
        var measured = new LinkedHashMap<Integer, Map<String, long[]>>();
        for (int size : sizes) {
            measured.put(size, measure(size));
        }
        String report = report(measured);
        System.out.println(report);
        if (all.contains("--write")) {
            String text = Files.readString(DOCUMENT);
            Files.writeString(
                    DOCUMENT,
                    Pattern.compile("(?s)(<!-- figures -->\n).*?(<!-- /figures -->)")
                            .matcher(text)
                            .replaceFirst("$1" + Matcher.quoteReplacement(report) + "$2"));
        }
        System.exit(0);
    }

    private static String option(List<String> all, String name, String otherwise) {
        int at = all.indexOf(name);
        return at < 0 ? otherwise : all.get(at + 1);
    }

    private static Map<String, long[]> measure(int size) throws Exception {
        Path folder = Files.createTempDirectory("switchback-bench");
        LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres-home"));
        try {
            postgres.createDatabaseIfMissing("switchback");
            String url = postgres.jdbcUrl("switchback");
            try (Connection connection = DriverManager.getConnection(url, postgres.user(), postgres.password())) {
                fill(url, postgres, connection, size);
                int port = freePort();
                Process server = start(postgres, folder, port);
                try {
                    return measure(server, port, connection, size);
                } finally {
                    server.destroy();
                    server.waitFor();
                }
            }
        } finally {
            postgres.stop();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process start(LocalPostgres postgres, Path folder, int port) throws IOException {
        var builder = new ProcessBuilder(
                        "java",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar",
                        "start",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment().put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl("switchback"));
        builder.environment().put("QUARKUS_DATASOURCE_USERNAME", postgres.user());
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        builder.environment().put("SWITCHBACK_ADMIN_PASSWORD", PASSWORD);
        return builder.start();
    }

    private static Map<String, long[]> measure(Process server, int port, Connection connection, int size)
            throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String base = "http://127.0.0.1:" + port;
        Instant began = Instant.now();
        awaitReady(client, base);
        awaitWords(connection, size);
        System.err.println(size + " migrations: searchable "
                + Duration.between(began, Instant.now()).toSeconds() + " s after the start");
        try (var statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
        String cookie = signIn(client, base);
        List<String> addresses = addresses(client, base, cookie, size);
        warmUp(client, base, cookie, addresses);
        var measured = new LinkedHashMap<String, long[]>();
        for (String address : addresses) {
            double[] before = cpu(server, connection);
            long[] alone = percentiles(client, base + address, cookie, 1);
            double[] after = cpu(server, connection);
            long[] together = percentiles(client, base + address, cookie, 16);
            measured.put(name(address), new long[] {
                alone[0],
                alone[1],
                together[0],
                together[1],
                together[2],
                (long) ((after[0] - before[0]) * 1e6 / alone[3]),
                (long) ((after[1] - before[1]) * 1e6 / alone[3])
            });
            System.err.println(name(address) + " " + Arrays.toString(measured.get(name(address))));
        }
        return measured;
    }

    /** Until the compiler of the virtual machine has little left to do. */
    private static void warmUp(HttpClient client, String base, String cookie, List<String> addresses) throws Exception {
        for (int round = 0; round < 3; round++) {
            for (String address : addresses) {
                load(client, base + address, cookie, 4, Math.max(1, seconds / 3));
            }
        }
    }

    private static String name(String address) {
        return address.replaceAll("after=[^&]+", "after=…");
    }

    private static List<String> addresses(HttpClient client, String base, String cookie, int size) throws Exception {
        String api = "/api/v1/migrations";
        String deep = api;
        for (int i = 0; i < 5; i++) {
            deep = next(get(client, base + deep, cookie).body());
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
    private static double[] cpu(Process server, Connection connection) throws Exception {
        double database = 0;
        try (var rows = connection.createStatement().executeQuery("SELECT pid FROM pg_stat_activity")) {
            while (rows.next()) {
                database += cpu(ProcessHandle.of(rows.getLong(1)).orElse(null));
            }
        }
        return new double[] {cpu(server.toHandle()), database};
    }

    private static double cpu(ProcessHandle process) {
        return process == null
                ? 0
                : process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** Median and 99th percentile in microseconds, requests a second, and how many there were with those before. */
    private static long[] percentiles(HttpClient client, String address, String cookie, int connections)
            throws Exception {
        int before = load(client, address, cookie, connections, Math.max(2, seconds / 2)).length;
        long began = System.nanoTime();
        long[] all = load(client, address, cookie, connections, seconds);
        long took = System.nanoTime() - began;
        Arrays.sort(all);
        return new long[] {
            all[all.length / 2] / 1000,
            all[(int) (all.length * 0.99)] / 1000,
            all.length * 1_000_000_000L / took,
            before + all.length
        };
    }

    private static long[] load(HttpClient client, String address, String cookie, int connections, int lasting)
            throws Exception {
        var pool = Executors.newFixedThreadPool(connections);
        long end = System.nanoTime() + lasting * 1_000_000_000L;
        var parts = new ArrayList<Future<List<Long>>>();
        for (int i = 0; i < connections; i++) {
            parts.add(pool.submit(() -> {
                var times = new ArrayList<Long>();
                while (System.nanoTime() < end) {
                    long start = System.nanoTime();
                    HttpResponse<String> answer = get(client, address, cookie);
                    times.add(System.nanoTime() - start);
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException(address + " answered " + answer.statusCode());
                    }
                }
                return times;
            }));
        }
        var all = new ArrayList<Long>();
        for (var part : parts) {
            all.addAll(part.get());
        }
        pool.shutdown();
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    private static HttpResponse<String> get(HttpClient client, String address, String cookie) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitReady(HttpClient client, String base) throws Exception {
        for (int i = 0; i < 120; i++) {
            try {
                if (get(client, base + "/q/health/ready", "a=b").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("the server does not start");
    }

    private static void awaitWords(Connection connection, int size) throws Exception {
        for (int i = 0; i < 600; i++) {
            try (var rows = connection.createStatement().executeQuery("SELECT count(*) FROM migration_search")) {
                rows.next();
                if (rows.getInt(1) == size) {
                    return;
                }
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("the words are not read");
    }

    private static String signIn(HttpClient client, String base) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + "/signin"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "text/html")
                        .POST(HttpRequest.BodyPublishers.ofString("name=admin&password=" + PASSWORD))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    /** Ten steps a migration, as people write them, two runs of thirteen steps each for every one. */
    private static void fill(String url, LocalPostgres postgres, Connection connection, int size) throws Exception {
        Flyway.configure()
                .dataSource(url, postgres.user(), postgres.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO environment (key, name, tier, content, content_hash, source, revision, created_at,"
                        + " created_by, changed_at, changed_by) SELECT k, k, 'staging', '{}', 'x', 'x', 1, now(), 'a',"
                        + " now(), 'a' FROM unnest(ARRAY['staging', 'production', 'load']) k");
            statement.execute(
                    "INSERT INTO migration (key, title, service, owner, state, revision, needs_review, created_at,"
                            + " created_by, changed_at, changed_by, archived_at) SELECT 'change-' || i, 'Move the ' ||"
                            + " (ARRAY"
                            + quoted() + ")[1 + i % 8] || ' of place ' || i, 'svc-' || (i % 60), 'team-' || (i % 25),"
                            + " (ARRAY['draft', 'ready', 'rehearsed', 'live', 'rolled-back', 'done',"
                            + " 'done', 'done', 'abandoned'])[1 + (i * 7) % 9], 1, i % 50 = 0, now(), 'a',"
                            + " now() - i * interval '1 minute', 'a', CASE WHEN i % 10 = 3 THEN now() END"
                            + " FROM generate_series(1, " + size + ") i");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement revision = connection.prepareStatement(
                "INSERT INTO migration_revision (migration_id, number, content, content_hash, source, created_at,"
                        + " created_by) VALUES (?, 1, ?, ?, ?, now(), 'a')")) {
            for (int i = 1; i <= size; i++) {
                String content = content(i);
                revision.setLong(1, i);
                revision.setString(2, content);
                revision.setString(3, String.format("%064d", i));
                revision.setString(4, content);
                revision.addBatch();
                if (i % 500 == 0 || i == size) {
                    revision.executeBatch();
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO run (migration_id, revision_id, environment_id, environment_content, service,"
                        + " purpose, finish, measure, state, direction, leg_no, requested_by, created_at, started_at,"
                        + " ended_at) SELECT m.id, m.id, 1 + i % 2, '{}', m.service, 'live', 'applied', 'none',"
                        + " (ARRAY['succeeded', 'succeeded', 'succeeded', 'failed', 'rolled-back'])[1 + i % 5],"
                        + " 'forward', 1, 'a', now(), now(), now() FROM generate_series(1, " + 2 * size
                            + ") i JOIN migration m ON m.id = 1 + (i * 7919) % " + size);
            statement.execute("INSERT INTO run_step (run_id, leg_no, leg, position, step_id, title, phase, kind, state)"
                    + " SELECT r.id, 1, 'forward', p, 'step-' || p, 'Step ' || p, 'change', 'sql',"
                    + " CASE WHEN r.state = 'failed' AND p = 3 THEN 'failed' ELSE 'succeeded' END"
                    + " FROM run r, generate_series(1, 10) p");
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static String quoted() {
        return Arrays.toString(
                Arrays.stream(THINGS).map(thing -> "'" + thing + "'").toArray());
    }

    private static String content(int i) {
        String thing = THINGS[i % THINGS.length];
        var steps = new ArrayList<String>();
        for (int s = 1; s <= 10; s++) {
            steps.add(("{'id': 'step-%1$d', 'title': 'Carry part %1$d of the %2$s over to table %2$s_v%3$d', 'phase':"
                + " 'change', 'idempotent': true, 'timeout': '30s', 'sql': {'target': 'db', 'statements': ['INSERT"
                + " INTO %2$s_v%3$d (key, value, part%1$d) SELECT key, value, now() FROM settings WHERE place = %4$d"
                + " AND part = %1$d ON CONFLICT DO NOTHING', 'ANALYZE %2$s_v%3$d']}, 'rollback': {'sql': {'target':"
                + " 'db', 'statements': ['DELETE FROM %2$s_v%3$d WHERE part = %1$d']}}}")
                    .formatted(s, thing, i % 40, i));
        }
        return ("{'apiVersion': 'switchback/v1', 'kind': 'Migration', 'key': 'change-%1$d', 'title': 'Move the %2$s of"
            + " place %1$d', 'service': 'svc-%3$d', 'owner': 'team-%4$d', 'backup': 'on-call-platform', 'today':"
            + " {'route': 'GET /api/%2$s?place=%1$d', 'slow': 'SELECT * FROM %2$s WHERE place = %1$d ORDER BY price',"
            + " 'noticed': 'on the first visit of the day in the %5$s'}, 'expected': 'p95 under 120 ms and no failed"
            + " request', 'rollbackNote': 'Set read_from back to settings; see TICKET-%1$d', 'assumptions': ['Both"
            + " tables fit in memory'], 'checklist': [{'id': 'plans', 'title': 'Look at the index and the plan',"
            + " 'evidence': 'plan'}], 'steps': [%6$s]}")
                .formatted(i, thing, i % 60, i % 25, i % 20 == 0 ? "warehouse" : "shop", String.join(", ", steps))
                .replace('\'', '"');
    }

    private static String report(Map<Integer, Map<String, long[]>> measured) throws Exception {
        var report = new StringBuilder();
        report.append("Measured on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(": ")
                .append(machine())
                .append("\n");
        for (var size : measured.entrySet()) {
            report.append("\nWith ")
                    .append(String.format("%,d", size.getKey()))
                    .append(" migrations and ")
                    .append(String.format("%,d", 2 * size.getKey()))
                    .append(" runs:\n\n")
                    .append("| address | p50, 1 conn. | p99, 1 conn. | p50, 16 conn. | p99, 16 conn. | requests/s, 16"
                            + " conn. |\n")
                    .append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
            size.getValue()
                    .forEach((address, times) -> report.append(String.format(
                            "| `%s` | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %,d | %.1f ms | %.1f ms |%n",
                            address,
                            times[0] / 1e3,
                            times[1] / 1e3,
                            times[2] / 1e3,
                            times[3] / 1e3,
                            times[4],
                            times[5] / 1e3,
                            times[6] / 1e3)));
        }
        if (measured.size() == 2) {
            var both = List.copyOf(measured.values());
            report.append("\np99 at 1 connection, the larger against the smaller: ");
            var growth = new ArrayList<String>();
            both.get(1).forEach((address, times) -> {
                if (both.get(0).containsKey(address)) {
                    growth.add(String.format(
                            "`%s` %.2f",
                            address, (double) times[1] / both.get(0).get(address)[1]));
                }
            });
            report.append(String.join(", ", growth)).append(".\n");
        }
        return report.toString();
    }

    private static String machine() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[2];
        return Runtime.getRuntime().availableProcessors() + " cores of " + cpu + ", Java "
                + System.getProperty("java.version") + ", embedded PostgreSQL; client, server and database share the"
                + " machine. Load average of the last 15 minutes at the end: " + load
                + " (the measuring itself makes about 2).";
    }
}
