package dev.switchback.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.platform.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopServerTest {

    @TempDir
    static Path databaseFolder;

    @TempDir
    Path folder;

    private static LocalPostgres postgres;
    private final HttpClient client = HttpClient.newHttpClient();
    private ShopServer shop;

    @BeforeAll
    static void startDatabase() {
        postgres = LocalPostgres.start(databaseFolder);
        postgres.createDatabaseIfMissing("shop");
    }

    @AfterAll
    static void stopDatabase() {
        postgres.stop();
    }

    @BeforeEach
    void open() throws Exception {
        sql("DROP TABLE IF EXISTS settings_v2");
        write(Map.of());
        shop = ShopServer.start(config());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void lists_the_cheapest_of_a_category_and_tells_hits_from_misses() throws Exception {
        var first = get("/api/products?category=shoes");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("X-Cache")).contains("MISS");
        assertThat(first.headers().firstValue("X-DB-Calls")).contains("1");
        assertThat(first.body()).contains("\"category\":\"shoes\"", "\"currency\":\"EUR\"", "\"price\":");
        var second = get("/api/products?category=shoes");
        assertThat(second.headers().firstValue("X-Cache")).contains("HIT");
        assertThat(second.headers().firstValue("X-DB-Calls")).contains("0");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(post("/admin/cache/clear?prefix=products:file:", "").body()).isEqualTo("{\"cleared\":1}");
        assertThat(get("/api/products?category=shoes").headers().firstValue("X-Cache"))
                .contains("MISS");
    }

    @Test
    void says_who_it_is_and_shows_its_settings_without_secrets() throws Exception {
        assertThat(get("/whoami").body()).contains("\"environment\":\"test\"", "\"version\":\"1.4.0\"", "\"pid\":");
        assertThat(get("/health").body()).contains("\"status\":\"up\"");
        assertThat(get("/settings").body()).contains("\"read_from\":\"file\"", "\"mail.password\":\"••••••••\"");
        assertThat(get("/").body()).contains("settings read from the file", "The cheapest shoes");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/api/products/1").body()).contains("\"price\":");
        assertThat(get("/api/products/x").statusCode()).isEqualTo(404);
    }

    @Test
    void changes_nothing_for_who_has_no_token() throws Exception {
        var request = HttpRequest.newBuilder(uri("/admin/flags"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"read_from\":\"table\"}"))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void takes_its_settings_from_the_table_and_back_without_a_restart_and_remembers_it() throws Exception {
        assertThat(flag("table").statusCode()).isEqualTo(409);
        assertThat(get("/settings/compare").statusCode()).isEqualTo(409);
        sql("CREATE TABLE settings_v2 (name text PRIMARY KEY, value text NOT NULL)");
        assertThat(get("/settings/compare").body()).contains("\"same\":false");
        assertThat(post("/admin/settings/copy", "{}").body()).contains("\"to\":\"table\"");
        assertThat(get("/settings/compare").body()).contains("\"same\":true");

        assertThat(flag("table").body()).isEqualTo("{\"read_from\":\"table\"}");
        sql("UPDATE settings_v2 SET value = 'CHF' WHERE name = 'currency'");
        assertThat(post("/admin/reload", "").body()).contains("\"currency\":\"CHF\"");
        assertThat(get("/api/products?category=shoes").body()).contains("CHF");
        assertThat(get("/settings/compare").body()).contains("\"same\":false", "[\"currency\"]");

        shop.close();
        shop = ShopServer.start(config());
        assertThat(get("/settings").body()).contains("\"read_from\":\"table\"");
        assertThat(flag("file").statusCode()).isEqualTo(200);
        assertThat(get("/api/products?category=shoes").body()).contains("EUR");
    }

    @Test
    void fills_the_cache_of_bargains_only_when_it_is_asked_to() throws Exception {
        assertThat(cacheOf("/api/bargains?category=hats")).contains("MISS");
        assertThat(cacheOf("/api/bargains?category=hats")).contains("MISS");
        assertThat(post("/admin/cache/fill", "").body()).isEqualTo("{\"filled\":10}");
        assertThat(cacheOf("/api/bargains?category=hats")).contains("HIT");
        assertThat(post("/admin/cache/clear?prefix=bargains:", "").body()).isEqualTo("{\"cleared\":10}");
        assertThat(cacheOf("/api/bargains?category=hats")).contains("MISS");
    }

    @Test
    void with_the_new_pricing_one_product_in_twenty_fails_although_health_is_green_also_after_a_restart()
            throws Exception {
        assertThat(get("/settings").body()).contains("\"pricing\":\"old\"");
        assertThat(failing()).isEmpty();
        assertThat(post("/admin/flags", "{\"pricing\":\"new\"}").body()).isEqualTo("{\"pricing\":\"new\"}");
        assertThat(failing()).containsExactly(20, 40, 60);
        assertThat(get("/health").statusCode()).isEqualTo(200);

        flag("file");
        shop.close();
        shop = ShopServer.start(config());
        assertThat(get("/settings").body()).contains("\"pricing\":\"new\"", "\"read_from\":\"file\"");
        post("/admin/flags", "{\"pricing\":\"old\"}");
        assertThat(failing()).isEmpty();
        assertThat(post("/admin/flags", "{\"pricing\":\"newest\"}").statusCode())
                .isEqualTo(400);
    }

    private List<Integer> failing() throws Exception {
        var failing = new ArrayList<Integer>();
        for (int id = 1; id <= 60; id++) {
            if (get("/api/products/" + id).statusCode() == 500) {
                failing.add(id);
            }
        }
        return failing;
    }

    private Optional<String> cacheOf(String path) throws Exception {
        return get(path).headers().firstValue("X-Cache");
    }

    @Test
    void goes_on_with_what_it_has_when_a_setting_cannot_be_read() throws Exception {
        write(Map.of("vat.percent", "nineteen"));
        var answer = post("/admin/reload", "");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("vat.percent", "nothing was changed");
        assertThat(get("/settings").body()).contains("\"vat.percent\":\"19\"");
        assertThat(flag("elsewhere").statusCode()).isEqualTo(400);
    }

    private ShopConfig config() {
        return new ShopConfig(
                "test",
                0,
                folder.resolve("shop.properties"),
                postgres.jdbcUrl("shop"),
                postgres.user(),
                postgres.password(),
                "a token",
                500);
    }

    private void write(Map<String, String> changed) throws IOException {
        var all = new TreeMap<>(SettingsTest.with(Map.of("mail.password", "hush")));
        all.putAll(changed);
        var lines = new StringBuilder();
        all.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        Files.writeString(folder.resolve("shop.properties"), lines);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + shop.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .header("X-Admin-Token", "a token")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> flag(String from) throws Exception {
        return post("/admin/flags", "{\"read_from\":\"" + from + "\"}");
    }

    private static void sql(String statement) throws SQLException {
        try (var connection = postgres.connect("shop");
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
