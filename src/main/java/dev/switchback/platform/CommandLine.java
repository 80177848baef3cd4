package dev.switchback.platform;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for: the command and its options, else the environment, else the defaults (start, 127.0.0.1, 8080,
 * {@code data} in the working directory).
 *
 * @param command one of demo, start, stop, status, reset-password, verify-audit
 * @param publicUrl the address people type, when it differs from host and port
 * @param database the PostgreSQL of the owner; empty: the embedded one
 * @param passwordOnStdin whether reset-password reads the new password instead of making one
 */
public record CommandLine(
        String command,
        String host,
        int port,
        Path data,
        Optional<String> publicUrl,
        Optional<Database> database,
        boolean passwordOnStdin) {

    /** A PostgreSQL that Switchback did not bring along. */
    public record Database(String url, String user, String password) {
        /** Without the parameters, as one of them may be a password. */
        @Override
        public String toString() {
            return url.replaceFirst("\\?.*", "");
        }
    }

    private static final Set<String> COMMANDS =
            Set.of("demo", "start", "stop", "status", "reset-password", "verify-audit");
    private static final Set<String> OPTIONS = Set.of("--host", "--port", "--data");

    /**
     * Reads arguments and environment.
     *
     * @throws StartRefused with exit status 2 when something is unknown or not a value
     */
    static CommandLine of(List<String> arguments, Map<String, String> environment) {
        var options = new HashMap<String, String>();
        String command = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String name = argument.split("=", 2)[0];
            if (OPTIONS.contains(name)) {
                options.put(
                        name,
                        argument.contains("=") ? argument.substring(name.length() + 1) : next(arguments, ++i, name));
            } else if (argument.equals("--password-stdin")) {
                options.put(argument, "");
            } else if (command == null && COMMANDS.contains(argument)) {
                command = argument;
            } else {
                throw unknown(argument);
            }
        }
        return of(command == null ? "start" : command, options, environment);
    }

    private static CommandLine of(String command, Map<String, String> options, Map<String, String> environment) {
        return new CommandLine(
                command,
                first(options.get("--host"), environment.get("SWITCHBACK_HOST"), "127.0.0.1"),
                port(first(options.get("--port"), environment.get("SWITCHBACK_PORT"), "8080")),
                Path.of(first(options.get("--data"), environment.get("SWITCHBACK_DATA"), "data"))
                        .toAbsolutePath()
                        .normalize(),
                Optional.ofNullable(environment.get("SWITCHBACK_PUBLIC_URL")).filter(url -> !url.isBlank()),
                database(environment),
                options.containsKey("--password-stdin"));
    }

    /** Where people find it. An address that stands for every interface is no address to go to. */
    public String url() {
        String reachable = Set.of("0.0.0.0", "::", "[::]").contains(host) ? "127.0.0.1" : host;
        return publicUrl.orElse("http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port);
    }

    private static Optional<Database> database(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("QUARKUS_DATASOURCE_JDBC_URL"))
                .filter(url -> !url.isBlank())
                .map(url -> new Database(
                        url,
                        environment.getOrDefault("QUARKUS_DATASOURCE_USERNAME", ""),
                        environment.getOrDefault("QUARKUS_DATASOURCE_PASSWORD", "")));
    }

    private static String next(List<String> arguments, int index, String name) {
        if (index >= arguments.size() || arguments.get(index).startsWith("--")) {
            throw new StartRefused(name + " needs a value; ./switchback --help shows how.", 2);
        }
        return arguments.get(index);
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        throw new StartRefused(
                "The port is \"" + text + "\"; expected a number from 1 to 65535" + " in --port or SWITCHBACK_PORT.",
                2);
    }

    private static StartRefused unknown(String argument) {
        return new StartRefused(
                "Unknown " + (argument.startsWith("-") ? "option " : "command ") + argument
                        + "; expected demo, start, stop, status, reset-password, verify-audit or judge"
                        + " with --host, --port or --data (./switchback --help).",
                2);
    }

    private static String first(String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        throw new IllegalArgumentException("the last one is a default");
    }
}
