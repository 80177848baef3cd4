package dev.switchback.demo;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.switchback.TestDatabase;
import dev.switchback.platform.LocalPostgres;
import dev.switchback.platform.Private;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the migrations of the demo are there to show, rehearsed against its real shops: with fewer products and fewer,
 * faster blocks than a person sees, so that all of it takes less than a minute.
 */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DemoStoriesApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** Enough for a list that is honestly slow. */
    private static final ShopPlace PLACE = new ShopPlace("staging", 8311, 80_000);

    private static final ShopPlace OTHER = new ShopPlace("production", 8312, 50);

    private static final String UNIQUE = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    static Path folder;

    private static LocalPostgres postgres;
    private static AutoCloseable shops;

    @BeforeAll
    static void open() throws Exception {
        knownSecrets(folder.resolve("demo"));
        postgres = LocalPostgres.start(folder);
        shops = DemoShops.start(folder, postgres, List.of(PLACE, OTHER), 8080);
    }

    @BeforeEach
    void load() {
        importFile(shortened(Demo.runbookFile().orElseThrow()));
    }

    @AfterAll
    static void close() throws Exception {
        if (shops != null) {
            shops.close();
        }
        postgres.stop();
        System.clearProperty(Demo.FILE);
    }

    /** The server of this test knows one secret, from its start on. */
    private static void knownSecrets(Path demo) throws Exception {
        Files.createDirectories(demo);
        Private.write(
                demo.resolve("secrets.properties"),
                Stream.of(PLACE, OTHER)
                        .flatMap(place -> Stream.of(place.tokenSecret(), place.passwordSecret()))
                        .collect(Collectors.toMap(name -> name, name -> "t0p-secret-value")));
    }

    /** Six blocks a leg are twelve a side, two more than the judge demands. */
    private static String shortened(String demo) {
        return demo.replaceAll("secret:SHOP_\\w+", "secret:TEST_TOKEN")
                .replaceAll("(?m)^key: ", "key: d" + UNIQUE + "-")
                .replaceAll("(?m)^( +)blocks: 10$", "$1blocks: 6")
                .replaceAll("(?m)^( +)rate: [12]0$", "$1rate: 40")
                .replaceAll("(?m)^( +)pause: 500ms$", "$1pause: 10ms")
                .replaceAll("(?m)^( +)warmUp: 2s$", "$1warmUp: 100ms");
    }

    @Test
    void the_index_is_judged_improved_on_the_cold_class_and_the_evidence_is_reversed_by_rollback() {
        JsonPath run = rehearsed("shop-product-index", "succeeded");
        JsonPath said = comparison(run);
        assertThat(said.getString("grade")).isEqualTo("B");
        Map<String, Object> cold = judged(said, "product-list-cold", "p50");
        // On a machine that is busy with something else requests go out late, and the judge rightly refuses to say
        // anything.
        assumeThat(cold.get("reason")).isNotEqualTo("NC_PROBER");
        assertThat(cold).containsEntry("verdict", "improved").containsEntry("met", true);
        assertThat(judged(said, "product-list-warm", "p50")).doesNotContainEntry("verdict", "regressed");
        assertThat(run.getInt("probe.failed")).isZero();
    }

    @Test
    void a_change_that_does_nothing_and_a_full_cache_are_not_comparable() {
        JsonPath said = comparison(rehearsed("shop-lucky-cache", "succeeded"));
        assertThat(said.getString("verdict")).isEqualTo("not-comparable");
        Map<String, Object> p50 = judged(said, "bargains", "p50");
        assertThat(p50).containsEntry("reason", "NC_CACHE");
        admin().get("/comparisons/" + said.getLong("id"))
                .then()
                .statusCode(200)
                .body(containsString("Not comparable: cache state differs"));
    }

    @Test
    void a_release_that_breaks_one_answer_in_twenty_is_regressed_and_its_restart_is_a_gap_in_its_step() {
        JsonPath run = rehearsed("shop-bad-release", "failed");
        assertThat(run.getString("reason")).contains("More requests fail");
        JsonPath said = comparison(run);
        assertThat(said.getString("verdict")).isEqualTo("regressed");
        assertThat(judged(said, "product-page", "errors")).containsEntry("verdict", "regressed");
        assertThat(said.getString("headline")).startsWith("More requests fail");
        assertThat(run.getList("steps.findAll { it.id == 'health-is-green' }.state", String.class))
                .containsOnly("succeeded");

        assertThat(run.getInt("probe.failed")).isPositive();
        assertThat(run.getList("probe.outages.step", String.class)).isNotEmpty().containsOnly("restart");
        assertThat(run.getBoolean("probe.withoutDowntime")).isFalse();
    }

    private static JsonPath rehearsed(String migration, String state) {
        int id = admin().contentType(ContentType.JSON)
                .body("{\"environment\": \"" + key("staging") + "\", \"purpose\": \"rehearsal\"}")
                .post("/api/v1/migrations/" + key(migration) + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String run = "/api/v1/runs/" + id;
        await(migration)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> List.of("succeeded", "failed", "waiting", "aborted")
                        .contains(admin().get(run).path("state").toString()));
        JsonPath over = admin().get(run).jsonPath();
        if (over.getString("state").equals("waiting")) {
            admin().contentType(ContentType.JSON)
                    .body("{\"reason\": \"it was not to wait\"}")
                    .post(run + "/abort")
                    .then()
                    .statusCode(200);
        }
        assertThat(over.getString("state"))
                .as(() ->
                        over.prettify() + admin().get(run + "/log?format=full").asString())
                .isEqualTo(state);
        return over;
    }

    private static JsonPath comparison(JsonPath run) {
        return admin().get("/api/v1/comparisons?run=" + run.getInt("id"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> judged(JsonPath said, String metric, String endpoint) {
        return said.getMap("metrics.find { it.name == '" + metric + "' && it.endpoint == '" + endpoint + "' }");
    }

    private static String key(String key) {
        return "d" + UNIQUE + "-" + key;
    }
}
