package dev.switchback.demo.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The shop over HTTP, on 127.0.0.1. Every answer says how many statements it cost ({@code X-DB-Calls}), product lists
 * also whether they came from the cache ({@code X-Cache}). What changes the shop is below {@code /admin} and needs the
 * token in {@code X-Admin-Token}.
 */
final class ShopServer implements AutoCloseable {

    static final String VERSION = "1.4.0";

    private static final int THREADS = 16;
    private static final int GOODBYE_SECONDS = 1;

    private final ShopConfig config;
    private final Database database;
    private final LiveSettings settings;
    private final ProductCache cache;
    private final Catalogue catalogue;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Instant startedAt = Instant.now();

    private ShopServer(ShopConfig config) throws IOException, SQLException {
        this.config = config;
        this.database =
                new Database(config.databaseUrl(), config.user(), config.password(), "shop-" + config.environment());
        new Schema(database).create(config.products());
        var flags = new Flags(config.settingsFile().resolveSibling("flags.properties"));
        this.settings = new LiveSettings(new PropertiesFile(config.settingsFile()), new SettingsTable(database), flags);
        this.cache = new ProductCache(InstantSource.system());
        this.catalogue = new Catalogue(database, settings, cache, flags);
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), config.port()), 0);
    }

    /** Prepares everything and then opens the door: whoever gets an answer gets a good one. */
    static ShopServer start(ShopConfig config) throws IOException, SQLException {
        var shop = new ShopServer(config);
        shop.http.createContext("/", shop::handle);
        shop.http.setExecutor(shop.threads);
        shop.http.start();
        return shop;
    }

    int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(GOODBYE_SECONDS);
        threads.shutdown();
        database.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            database.countFromHere();
            Answer answer = answer(Request.of(exchange)).with("X-DB-Calls", "" + database.calls());
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
            if (!head) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private Answer answer(Request request) {
        try {
            return request.path().startsWith("/admin/") ? admin(request) : open(request);
        } catch (IllegalArgumentException | IOException e) {
            return Answer.error(400, e.getMessage());
        } catch (SettingsSource.SourceUnavailable | UnreadableSetting e) {
            return Answer.error(409, e.getMessage() + "; nothing was changed");
        } catch (SQLException e) {
            return Answer.error(503, "the database does not answer: " + e.getMessage());
        } catch (RuntimeException e) {
            String what = request.method() + " " + request.path() + " failed: " + e;
            System.err.println(Instant.now() + " " + what.replaceAll("\\p{C}", "?"));
            return Answer.error(500, "this should not have happened; it stands in the log");
        }
    }

    private Answer open(Request request) throws SQLException {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        if (request.path().startsWith("/api/products/") && method.equals("GET")) {
            return product(request.path().substring("/api/products/".length()));
        }
        return switch (method + " " + request.path()) {
            case "GET /" -> page(request.query().getOrDefault("category", "shoes"));
            case "GET /api/products" -> listed(catalogue.list(request.query().getOrDefault("category", "shoes")));
            case "GET /api/bargains" ->
                listed(catalogue.bargains(request.query().getOrDefault("category", "shoes")));
            case "GET /health" -> health();
            case "GET /whoami" -> Answer.json(whoami());
            case "GET /settings" -> Answer.json(settings());
            case "GET /settings/compare" -> Answer.json(settings.compare());
            default -> notFound(request);
        };
    }

    private Answer admin(Request request) throws IOException, SQLException {
        if (!tokenFits(request.token().orElse(""))) {
            return Answer.error(401, "the header X-Admin-Token is missing or wrong");
        }
        return switch (request.method() + " " + request.path()) {
            case "POST /admin/flags" -> flag(request);
            case "POST /admin/reload" -> Answer.json(view(settings.reload()));
            case "POST /admin/settings/copy" ->
                Answer.json(Map.of("copied", settings.copyFileToTable(), "to", "table"));
            case "POST /admin/cache/clear" ->
                Answer.json(Map.of("cleared", cache.clear(request.query().getOrDefault("prefix", ""))));
            case "POST /admin/cache/fill" -> Answer.json(Map.of("filled", catalogue.fillBargains()));
            default -> notFound(request);
        };
    }

    private Answer flag(Request request) throws IOException {
        if (request.has("pricing")) {
            catalogue.price(Pricing.of(request.text("pricing")));
            return Answer.json(Map.of("pricing", catalogue.pricing().word()));
        }
        LiveSettings.From from = LiveSettings.From.of(request.text("read_from"));
        return Answer.json(Map.of("read_from", settings.readFrom(from).from().word()));
    }

    private static Answer listed(Catalogue.Found found) {
        return Answer.json(found.answer()).with("X-Cache", found.cached() ? "HIT" : "MISS");
    }

    private Answer product(String id) throws SQLException {
        if (!id.matches("[0-9]{1,18}")) {
            return Answer.error(404, "there is no product " + id);
        }
        return catalogue
                .one(Long.parseLong(id))
                .map(Answer::json)
                .orElseGet(() -> Answer.error(404, "there is no product " + id));
    }

    @SuppressWarnings("unchecked")
    private Answer page(String category) throws SQLException {
        Map<String, Object> list =
                (Map<String, Object>) catalogue.list(category).answer();
        return Answer.html(ShopPage.of(config.environment(), settings.current(), list));
    }

    private Answer health() {
        boolean up = database.answers();
        return Answer.json(up ? 200 : 503, Map.of("status", up ? "up" : "down", "database", up ? "up" : "down"));
    }

    private Map<String, Object> whoami() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("environment", config.environment());
        answer.put("service", "shop");
        answer.put("version", VERSION);
        answer.put(
                "instance",
                "shop-" + config.environment() + "-" + ProcessHandle.current().pid());
        answer.put("pid", ProcessHandle.current().pid());
        answer.put("startedAt", startedAt.toString());
        return answer;
    }

    private Map<String, Object> settings() {
        return view(settings.current());
    }

    private Map<String, Object> view(LiveSettings.Current now) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("read_from", now.from().word());
        answer.put("pricing", catalogue.pricing().word());
        answer.put("settings", now.settings().masked());
        return answer;
    }

    private static Answer notFound(Request request) {
        return Answer.error(404, "there is no " + request.method() + " " + request.path());
    }

    private boolean tokenFits(String token) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), config.adminToken().getBytes(StandardCharsets.UTF_8));
    }
}
