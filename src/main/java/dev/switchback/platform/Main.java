package dev.switchback.platform;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The door: reads what was asked for, checks that it can work, starts what the server needs and then the server.
 *
 * <p>Exit status: 0 done; 1 the machine does not allow it; 2 what was asked cannot be understood or the port is busy; 3
 * {@code status} found no server.
 */
@QuarkusMain
public final class Main {

    private static final int NOT_RUNNING = 3;

    private Main() {}

    public static void main(String... arguments) {
        List<String> words = List.of(arguments);
        PrintStream out = new CleanScreen(System.out);
        PrintStream err = new CleanScreen(System.err);
        Optional<Tool> tool = words.stream().findFirst().flatMap(Tool::named);
        if (tool.isPresent()) {
            System.exit(tool.get().run(words.subList(1, words.size()), out, err));
        }
        try {
            CommandLine command = CommandLine.of(words, configuration());
            switch (command.command()) {
                case "stop" -> System.exit(stop(command, out));
                case "status" -> System.exit(status(command, out));
                case "reset-password" -> new ResetPassword(command).run(System.in, out);
                case "verify-audit" -> System.exit(onDatabase(command, out));
                default -> serve(command);
            }
        } catch (StartRefused e) {
            err.println("switchback: " + e.getMessage());
            System.exit(e.exitStatus());
        }
    }

    private static int onDatabase(CommandLine command, PrintStream out) {
        DatabaseTool tool = DatabaseTool.named(command.command()).orElseThrow();
        try {
            return new OpenDatabase(command).with(connection -> tool.run(connection, command.data(), out));
        } catch (SQLException e) {
            throw new StartRefused("The database cannot be read: " + e.getMessage() + ". Trying again is safe.");
        }
    }

    private static void serve(CommandLine command) {
        TrustedProxies.require(configuration().getOrDefault(TrustedProxies.VARIABLE, ""));
        DataDirectory data = DataDirectory.prepare(command.data());
        var running = new RunningParts();
        try {
            running.add(ServerLock.take(data));
            refuseBusyPort(command);
            Optional<LocalPostgres> postgres = database(command, data, running);
            for (Companion companion : Companion.all()) {
                if (companion.wanted(command)) {
                    running.add(companion.start(command, data, postgres));
                }
            }
            RunningServer self = RunningServer.here(
                    command.url(),
                    command.database().map(CommandLine.Database::toString).orElse("embedded"));
            self.write(data);
            running.add(() -> self.erase(data));
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
        configure(command, data);
        running.closeAfterServer();
        var end = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        Quarkus.run(null, (status, failure) -> {
            running.serverEnded();
            if (failure != null) {
                System.err.println(StartFailure.words(failure));
            }
            end.accept(status, failure);
        });
    }

    private static Optional<LocalPostgres> database(CommandLine command, DataDirectory data, RunningParts running) {
        if (command.database().isPresent()) {
            refuseSilentDatabase(command.database().get());
            return Optional.empty();
        }
        LocalPostgres postgres = LocalPostgres.start(data.path());
        running.add(postgres);
        postgres.createDatabaseIfMissing(LocalPostgres.DATABASE);
        System.setProperty("quarkus.datasource.jdbc.url", postgres.jdbcUrl(LocalPostgres.DATABASE));
        System.setProperty("quarkus.datasource.username", postgres.user());
        System.setProperty("quarkus.datasource.password", postgres.password());
        return Optional.of(postgres);
    }

    private static void refuseSilentDatabase(CommandLine.Database own) {
        try {
            LocalPostgres.connect(own.url(), own.user(), own.password()).close();
        } catch (SQLException e) {
            throw new StartRefused("The database " + own + " cannot be used (" + e.getMessage()
                    + "); check QUARKUS_DATASOURCE_JDBC_URL, _USERNAME and _PASSWORD, or unset them for the"
                    + " embedded one.");
        }
    }

    private static void configure(CommandLine command, DataDirectory data) {
        System.setProperty("quarkus.http.host", command.host());
        System.setProperty("quarkus.http.port", "" + command.port());
        System.setProperty("switchback.data", data.path().toString());
        System.setProperty("switchback.public-url", command.url());
        System.setProperty("switchback.shell.embedded", "" + command.database().isEmpty());
    }

    private static void refuseBusyPort(CommandLine command) {
        if (developing()) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(command.host()), command.port()));
        } catch (UnknownHostException e) {
            throw new StartRefused(
                    "There is no address " + command.host()
                            + "; expected an address of this machine in --host or SWITCHBACK_HOST, such as 127.0.0.1.",
                    2);
        } catch (IOException e) {
            throw new StartRefused(
                    "Port " + command.port() + " on " + command.host() + " cannot be used (" + e.getMessage()
                            + "); choose another one with --port NUMBER or SWITCHBACK_PORT.",
                    2);
        }
    }

    /** In dev mode the same process starts the application again and again, and keeps the port in between. */
    private static boolean developing() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader != null && loader.getClass().getName().contains("QuarkusClassLoader");
    }

    private static int stop(CommandLine command, PrintStream out) {
        if (!Files.isDirectory(command.data())) {
            out.println("Switchback is not running: there is no data directory " + command.data() + ".");
            return 0;
        }
        return new StopServer(DataDirectory.prepare(command.data())).run(out);
    }

    static int status(CommandLine command, PrintStream out) {
        if (Files.isDirectory(command.data()) && !Files.isExecutable(command.data())) {
            throw new StartRefused("The data directory " + command.data() + " belongs to another user;"
                    + " ask as that user, or name another directory with --data DIR.");
        }
        var server = RunningServer.in(new DataDirectory(command.data()));
        if (server.isEmpty()) {
            out.println("Switchback is not running on " + command.data() + ".");
            LocalPostgres.running(command.data())
                    .ifPresent(left -> out.println("Its PostgreSQL server is still running on port " + left.port()
                            + "; start takes it over, stop ends it."));
            return NOT_RUNNING;
        }
        out.println("Switchback is running at " + server.get().url());
        out.println("  since     " + server.get().since().truncatedTo(ChronoUnit.SECONDS) + ", process id "
                + server.get().pid());
        out.println("  data      " + command.data());
        out.println("  database  " + database(server.get(), command));
        return 0;
    }

    private static String database(RunningServer server, CommandLine command) {
        if (!server.database().equals("embedded")) {
            return server.database();
        }
        return LocalPostgres.running(command.data())
                .map(postgres -> "embedded PostgreSQL on port " + postgres.port() + ", answering")
                .orElse("embedded PostgreSQL, not answering");
    }

    /** The environment, and for contributors the same settings given as {@code -D} properties. */
    private static Map<String, String> configuration() {
        var all = new HashMap<>(System.getenv());
        Map.of(
                        "quarkus.http.port", "SWITCHBACK_PORT",
                        "quarkus.http.host", "SWITCHBACK_HOST",
                        "switchback.data", "SWITCHBACK_DATA")
                .forEach((property, name) ->
                        Optional.ofNullable(System.getProperty(property)).ifPresent(value -> all.put(name, value)));
        return all;
    }
}
