package dev.switchback.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postgresql.Driver;

/**
 * The PostgreSQL server that Switchback brings along, with its files in {@code DIR/postgres}.
 *
 * <p>What is committed is on the disk ({@code fsync} and {@code synchronous_commit} are on). It listens on 127.0.0.1
 * only, on a free port that stays the same as long as it is free, and every connection needs the generated password
 * that stands, readable by its owner only, in {@code DIR/postgres.properties}. It survives the death of the process
 * that started it: the next start finds it and takes it over, or stops it properly when it does not answer.
 *
 * <p>As root it runs in a user namespace of its own ({@code unshare -U}), because PostgreSQL refuses root. Several
 * servers with different data directories run side by side; two processes must not share a data directory, which
 * {@link ServerLock} sees to. Instances are safe for use by several threads.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The database of Switchback itself. */
    public static final String DATABASE = "switchback";

    private static final String USER = "switchback";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final long LOG_LIMIT = 5_000_000;

    private final Path directory;
    private final int port;
    private final String password;
    private final Runnable stop;
    private final boolean adopted;

    private LocalPostgres(Path directory, int port, String password, Runnable stop, boolean adopted) {
        this.directory = directory;
        this.port = port;
        this.password = password;
        this.stop = stop;
        this.adopted = adopted;
    }

    /**
     * Starts the server on this data directory, or takes over the one that an earlier process left running. Creates
     * what is missing. Takes 1 to 6 seconds.
     *
     * @throws StartRefused with one sentence when it cannot; nothing is left running then
     */
    public static LocalPostgres start(Path dataDirectory) {
        return new Starting(writable(dataDirectory)).start();
    }

    /** The server on this data directory when it is running and answers. Stopping it is up to whoever started it. */
    public static Optional<LocalPostgres> running(Path dataDirectory) {
        Path directory = dataDirectory.toAbsolutePath().normalize();
        return Postmaster.of(directory.resolve("postgres"))
                .filter(Postmaster::alive)
                .map(found -> new LocalPostgres(directory, found.port(), savedPassword(directory), () -> {}, true))
                .filter(LocalPostgres::answers);
    }

    /** The address for JDBC, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** Whether it was already running when it was found. */
    public boolean adopted() {
        return adopted;
    }

    /** A new connection of the administrator; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return connect(jdbcUrl(database), USER, password);
    }

    /** A new connection that neither hangs on connecting nor depends on the class loader, as DriverManager does. */
    public static Connection connect(String url, String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "switchback");
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("not an address of PostgreSQL: " + url);
        }
        return connection;
    }

    /**
     * Creates the database unless it is there; only its owner and the administrator may connect to it. The name is
     * quoted, so any name is a name and never a statement.
     *
     * @throws IllegalStateException when the server refuses; safe to repeat
     */
    public void createDatabaseIfMissing(String name) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            var question = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
            question.setString(1, name);
            if (!question.executeQuery().next()) {
                String quoted = '"' + name.replace("\"", "\"\"") + '"';
                statement.execute("CREATE DATABASE " + quoted);
                statement.execute("REVOKE CONNECT ON DATABASE " + quoted + " FROM PUBLIC");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " could not be created: " + e.getMessage(), e);
        }
    }

    /** Stops it (fast shutdown: open transactions are rolled back) and waits for its end. Does nothing the second time. */
    public void stop() {
        stop.run();
    }

    @Override
    public void close() {
        stop();
    }

    private boolean answers() {
        try (Connection connection = connect("postgres");
                var answer = connection.createStatement().executeQuery("SHOW data_directory")) {
            answer.next();
            return Path.of(answer.getString(1))
                    .toRealPath()
                    .equals(directory.resolve("postgres").toRealPath());
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    private static Path saved(Path directory) {
        return directory.resolve("postgres.properties");
    }

    private static String savedPassword(Path directory) {
        return Private.read(saved(directory)).getOrDefault("password", "");
    }

    private static Path writable(Path dataDirectory) {
        return DataDirectory.prepare(dataDirectory).path();
    }

    /** The steps from a folder to a server that answers. */
    private static final class Starting {
        private final Path directory;
        private final Path files;
        private final Path log;
        private final Path programs;
        private final String password;

        Starting(Path directory) {
            this.directory = directory;
            this.files = directory.resolve("postgres");
            this.log = directory.resolve("postgres.log");
            this.programs = PostgresBinaries.unpacked(directory);
            this.password = Optional.of(savedPassword(directory))
                    .filter(saved -> !saved.isEmpty())
                    .orElseGet(Private::newSecret);
        }

        LocalPostgres start() {
            Optional<LocalPostgres> left = running(directory).map(this::own);
            if (left.isPresent()) {
                return left.get();
            }
            Postmaster.of(files).ifPresent(this::clearAway);
            shorten(log);
            int port = freePort();
            save(port);
            if (!Files.exists(files)) {
                create();
            }
            launch(port);
            return own(new LocalPostgres(directory, port, password, () -> {}, false));
        }

        private LocalPostgres own(LocalPostgres server) {
            return new LocalPostgres(directory, server.port, server.password, this::stop, server.adopted);
        }

        private void save(int port) {
            Private.write(saved(directory), Map.of("port", "" + port, "user", USER, "password", password));
        }

        /** Made aside and then renamed: a folder that is there was made completely. */
        private void create() {
            Path aside = directory.resolve("postgres.new");
            Path passwordFile = directory.resolve("postgres.password.new");
            try {
                DataDirectory.deleteAll(aside);
                Private.write(passwordFile, password + "\n");
                Ran made = run(
                        program("initdb"),
                        List.of(
                                "-D",
                                aside.toString(),
                                "-U",
                                USER,
                                "--pwfile=" + passwordFile,
                                "-A",
                                "scram-sha-256",
                                "-E",
                                "UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--data-checksums"),
                        START);
                if (made.status() != 0) {
                    throw refused("PostgreSQL could not create its files in " + files, made.output());
                }
                Files.move(aside, files, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new StartRefused("PostgreSQL could not create its files in " + files + ": " + e.getMessage());
            } finally {
                passwordFile.toFile().delete();
            }
        }

        private void launch(int port) {
            Ran started = run(
                    program("pg_ctl"),
                    List.of(
                            "-D",
                            files.toString(),
                            "-l",
                            log.toString(),
                            "-w",
                            "-t",
                            "" + START.toSeconds(),
                            "-o",
                            options(port),
                            "start"),
                    START.plusSeconds(5));
            if (started.status() != 0) {
                throw refused("PostgreSQL did not start on " + files, started.output() + "\n" + tail(log));
            }
        }

        private static String options(int port) {
            var settings = new ArrayList<String>();
            settings.add("listen_addresses=127.0.0.1");
            settings.add("port=" + port);
            settings.add("unix_socket_directories=");
            settings.add("fsync=on");
            settings.add("synchronous_commit=on");
            settings.add("full_page_writes=on");
            settings.add("password_encryption=scram-sha-256");
            settings.add("timezone=UTC");
            settings.add("log_timezone=UTC");
            settings.add("log_checkpoints=off");
            settings.add("max_connections=100");
            // A db-calls metric reads it; it has to be there from the start.
            settings.add("shared_preload_libraries=pg_stat_statements");
            return "-c " + String.join(" -c ", settings);
        }

        private void stop() {
            if (Postmaster.of(files).filter(Postmaster::alive).isPresent()) {
                stop("fast");
            }
        }

        private Ran stop(String mode) {
            return run(
                    program("pg_ctl"),
                    List.of("-D", files.toString(), "-m", mode, "-w", "-t", "" + STOP.toSeconds(), "stop"),
                    STOP.plusSeconds(5));
        }

        private void clearAway(Postmaster left) {
            if (left.alive() && stop("fast").status() != 0 && stop("immediate").status() != 0) {
                throw new StartRefused("The PostgreSQL server with process id " + left.pid() + " holds " + files
                        + ", does not answer and could not be stopped; end that process, then start again.");
            }
            waitUntil(() -> left.servers().isEmpty());
            if (!left.servers().isEmpty()) {
                throw new StartRefused("Processes of an earlier PostgreSQL server still use " + files + " (process ids "
                        + left.servers() + "); end them, then start again.");
            }
            left.forget();
        }

        private int freePort() {
            String before = Private.read(saved(directory)).getOrDefault("port", "0");
            try {
                return probe(Integer.parseInt(before));
            } catch (IOException | NumberFormatException e) {
                return anyPort();
            }
        }

        private static int anyPort() {
            try {
                return probe(0);
            } catch (IOException e) {
                throw new StartRefused("No free port was found on 127.0.0.1 for PostgreSQL: " + e.getMessage());
            }
        }

        private static int probe(int port) throws IOException {
            try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            }
        }

        private List<String> program(String name) {
            String path = programs.resolve("bin").resolve(name).toString();
            return RootWithoutRights.needed() ? List.of("unshare", "-U", path) : List.of(path);
        }

        private StartRefused refused(String what, String output) {
            String reason = RootWithoutRights.reason(directory, programs).orElseGet(() -> firstTelling(output));
            return new StartRefused(what + ": " + reason + " (all of it stands in " + log + ")");
        }

        private static String firstTelling(String output) {
            return output.lines()
                    .filter(line -> line.matches(".*(FATAL|error|could not|cannot|not permitted).*"))
                    .findFirst()
                    .or(() -> output.lines().reduce((first, second) -> second))
                    .orElse("no reason given");
        }

        private Ran run(List<String> program, List<String> arguments, Duration atMost) {
            var command = new ArrayList<>(program);
            command.addAll(arguments);
            Ran ran = Ran.of(command, directory, atMost);
            if (ran.status() != 0) {
                append(log, ran.output());
            }
            return ran;
        }

        private static void shorten(Path log) {
            try {
                if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
                    Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void append(Path log, String text) {
            try {
                Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String tail(Path log) {
            try {
                String all = Files.readString(log, StandardCharsets.ISO_8859_1);
                return all.substring(Math.max(0, all.length() - 4000));
            } catch (IOException e) {
                return "";
            }
        }

        private static void waitUntil(BooleanSupplier condition) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** A program that ran to its end. Its environment is empty but for the PATH, so that nobody's settings leak in. */
    record Ran(int status, String output) {
        static Ran of(List<String> command, Path directory, Duration atMost) {
            var builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
            builder.environment().clear();
            builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
            try {
                Process process = builder.start();
                process.getOutputStream().close();
                process.onExit()
                        .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(late -> kill(process));
                try (InputStream output = process.getInputStream()) {
                    String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                    return new Ran(process.waitFor(), text);
                }
            } catch (IOException e) {
                return new Ran(127, "could not be run: " + e.getMessage() + "\n");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Ran(130, "interrupted\n");
            }
        }

        private static Process kill(Process process) {
            return process.destroyForcibly();
        }
    }
}
