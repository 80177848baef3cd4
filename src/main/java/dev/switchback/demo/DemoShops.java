package dev.switchback.demo;

import dev.switchback.platform.CommandLine;
import dev.switchback.platform.Companion;
import dev.switchback.platform.DataDirectory;
import dev.switchback.platform.LocalPostgres;
import dev.switchback.platform.Private;
import dev.switchback.platform.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The two shops of the demo, staging and production: real processes with their own settings file, database, role and
 * secrets below {@code DIR/demo}. What is there is kept, so a second start finds the shops as the first one left them.
 *
 * <p>Hands over through system properties: {@code switchback.secret.NAME} for each secret that the runbook file refers
 * to, and {@code switchback.demo.file} with the path of the file itself.
 */
public final class DemoShops implements Companion {

    private static final List<ShopPlace> PLACES = List.of(ShopPlace.STAGING, ShopPlace.PRODUCTION);
    private static final int PORTS_TO_TRY = 100;

    /** The list of migrations shows the last one first. */
    private static final List<String> RUNBOOKS =
            List.of("lucky.yaml", "release.yaml", "silent.yaml", "label.yaml", "shop.yaml", "index.yaml");

    @Override
    public boolean wanted(CommandLine command) {
        return command.command().equals("demo");
    }

    @Override
    public AutoCloseable start(CommandLine command, DataDirectory data, Optional<LocalPostgres> database) {
        LocalPostgres server = database.orElseThrow(() -> new StartRefused(
                "The demo brings its own database: unset QUARKUS_DATASOURCE_JDBC_URL, or use start instead of demo.",
                2));
        AutoCloseable shops = start(data.path(), server, PLACES, command.port());
        System.out.println("In the demo a second person says yes to what you ask for: " + Demo.REVIEWER + ", password "
                + Demo.reviewerPassword(data.path().resolve("demo")));
        return shops;
    }

    @Override
    public List<String> endLeftBehind(DataDirectory data) {
        var ended = new ArrayList<String>();
        for (ShopPlace place : PLACES) {
            if (ShopProcess.endLeftBehind(place.directory(data.path().resolve("demo")))) {
                ended.add("the demo shop " + place.name());
            }
        }
        return ended;
    }

    /** Starts the shops and waits until they answer; the first time they fill their databases, about 10 s. */
    static AutoCloseable start(Path data, LocalPostgres server, List<ShopPlace> places, int takenPort) {
        var shops = new ArrayList<ShopProcess>();
        try {
            Path demo = data.resolve("demo");
            Map<String, String> secrets = secrets(demo, places);
            Map<String, String> values = new HashMap<>(Map.of("postgres.port", "" + server.port()));
            for (ShopPlace place : places) {
                shops.add(start(demo, place, server, secrets, values, takenPort));
            }
            secrets.forEach((name, value) -> System.setProperty("switchback.secret." + name, value));
            writeRunbook(demo, values);
            shops.forEach(ShopProcess::awaitReady);
            return () -> shops.forEach(ShopProcess::close);
        } catch (RuntimeException e) {
            shops.forEach(ShopProcess::close);
            throw e;
        }
    }

    private static ShopProcess start(
            Path demo,
            ShopPlace place,
            LocalPostgres server,
            Map<String, String> secrets,
            Map<String, String> values,
            int takenPort) {
        Path directory = place.directory(demo);
        directories(directory);
        ShopProcess.endLeftBehind(directory);
        int port = port(demo, place, takenPort, values);
        Path settings = directory.resolve("shop.properties");
        if (!Files.exists(settings)) {
            Private.write(settings, resource(place.name() + ".properties"));
        }
        new ShopDatabase(server).prepare(place, secrets.get(place.passwordSecret()));
        var shop = new ShopProcess(
                place.name(),
                directory,
                Map.of(
                        "SHOP_ENVIRONMENT", place.name(),
                        "SHOP_PORT", "" + port,
                        "SHOP_SETTINGS", settings.toString(),
                        "SHOP_DB_URL", server.jdbcUrl(place.database()),
                        "SHOP_DB_USER", place.database(),
                        "SHOP_DB_PASSWORD", secrets.get(place.passwordSecret()),
                        "SHOP_ADMIN_TOKEN", secrets.get(place.tokenSecret()),
                        "SHOP_PRODUCTS", "" + place.products()));
        shop.start();
        values.put(place.name() + ".port", "" + port);
        values.put(place.name() + ".directory", quoted(directory.toString()));
        return shop;
    }

    private static Map<String, String> secrets(Path demo, List<ShopPlace> places) {
        directories(demo);
        Path file = demo.resolve("secrets.properties");
        var secrets = new TreeMap<>(Private.read(file));
        for (ShopPlace place : places) {
            secrets.computeIfAbsent(place.tokenSecret(), name -> Private.newSecret());
            secrets.computeIfAbsent(place.passwordSecret(), name -> Private.newSecret());
        }
        Private.write(file, secrets);
        return secrets;
    }

    /** The port of last time, the wished one, or the next free one: the runbook file gets the real one. */
    private static int port(Path demo, ShopPlace place, int takenPort, Map<String, String> values) {
        Path file = demo.resolve("ports.properties");
        var ports = new TreeMap<>(Private.read(file));
        String wished = Optional.ofNullable(System.getenv(place.portVariable()))
                .orElseGet(() -> ports.getOrDefault(place.name(), "" + place.port()));
        int port = nextFree(number(wished, place), takenPort, values);
        ports.put(place.name(), "" + port);
        Private.write(file, ports);
        return port;
    }

    private static int number(String wished, ShopPlace place) {
        if (wished.matches("[0-9]{1,5}") && Integer.parseInt(wished) <= 65_535) {
            return Integer.parseInt(wished);
        }
        throw new StartRefused(place.portVariable() + " is \"" + wished + "\"; expected a port number.", 2);
    }

    private static int nextFree(int first, int takenPort, Map<String, String> values) {
        for (int port = first; port < first + PORTS_TO_TRY; port++) {
            if (port != takenPort && !values.containsValue("" + port) && free(port)) {
                return port;
            }
        }
        throw new StartRefused("No free port from " + first + " on was found for a demo shop.", 2);
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void writeRunbook(Path demo, Map<String, String> values) {
        String text = RUNBOOKS.stream().map(DemoShops::resource).collect(Collectors.joining("---\n"));
        for (var value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        Path file = demo.resolve("shop.yaml");
        Private.write(file, text);
        System.setProperty(Demo.FILE, file.toString());
    }

    /** A path as a YAML scalar, whatever characters it has. */
    private static String quoted(String path) {
        return "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void directories(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " could not be created", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = DemoShops.class.getResourceAsStream("/demo/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
