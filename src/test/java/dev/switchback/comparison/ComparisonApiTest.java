package dev.switchback.comparison;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.as;
import static dev.switchback.Http.colleague;
import static dev.switchback.Http.importFile;
import static dev.switchback.Http.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.switchback.TestDatabase;
import dev.switchback.comparison.Imported.Load;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comparing two sides, as any program outside can: with samples that it took itself. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ComparisonApiTest {

    private static final String P50 = "metrics.find { it.endpoint == 'p50' }.";
    private static final String ERRORS = "metrics.find { it.endpoint == 'errors' }.";

    /** A day in the past, in milliseconds since 1970: samples with the time of day. */
    private static final double YESTERDAY = System.currentTimeMillis() - 20 * 3_600_000.0;

    @Inject
    EntityManager entities;

    private static ValidatableResponse compared(Object before, Object after) {
        return admin().config(RestAssuredConfig.config()
                        .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE)))
                .queryParam("before", before)
                .queryParam("after", after)
                .get("/api/v1/comparisons")
                .then();
    }

    @Test
    void says_improved_with_the_change_its_interval_and_a_sentence() {
        var shop = Imported.requests("warm", "p50: improve 10%, errors: keep");
        int before = shop.measured("before", Load.seeded(1).median(100));
        int after = shop.measured("after", Load.seeded(2).median(77));

        compared(before, after)
                .statusCode(200)
                .body("verdict", is("improved"))
                .body("grade", is("D"))
                .body("run", nullValue())
                .body("before", is(before))
                .body("after", is(after))
                .body("migration", is(shop.key))
                .body("environment", is(shop.place))
                .body("met", is(true))
                .body(P50 + "name", is("product-list"))
                .body(P50 + "class", is("warm"))
                .body(P50 + "verdict", is("improved"))
                .body(P50 + "reason", is("IMPROVED"))
                .body(P50 + "row", is(13))
                .body(P50 + "before", closeTo(100, 5))
                .body(P50 + "after", closeTo(77, 4))
                .body(P50 + "change", closeTo(-0.23, 0.05))
                .body(P50 + "low", lessThan(-0.23))
                .body(P50 + "p", lessThan(0.001))
                .body(P50 + "intent", is("improve 10%"))
                .body(P50 + "met", is(true))
                .body(P50 + "sentence", containsString("faster"))
                .body(ERRORS + "verdict", is("no-change"))
                .body("checks.key", hasItem("target"))
                .body("method", is("judge/1"))
                .body("legs.name", is(List.of("before", "after")));
    }

    private static void announced(Imported shop, String version, double atMs) {
        admin().contentType("application/json")
                .body("{\"environment\": \"%s\", \"version\": \"%s\", \"at\": \"%s\"}"
                        .formatted(shop.place, version, java.time.Instant.ofEpochMilli((long) atMs)))
                .post("/api/v1/services/shop-" + shop.unique + "/deploys")
                .then()
                .statusCode(201);
    }

    @Test
    void a_deploy_while_one_side_was_measured_makes_them_not_comparable_and_one_outside_does_not() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(31).from(YESTERDAY));
        int after = shop.measured("after", Load.seeded(32).from(YESTERDAY + 3_600_000));
        announced(shop, "1.4.1", YESTERDAY - 5_000);
        announced(shop, "1.4.3", YESTERDAY + 3_600_000 + 200_000);
        int first = compared(before, after)
                .statusCode(200)
                .body("verdict", is("no-change"))
                .extract()
                .path("id");

        announced(shop, "1.4.2", YESTERDAY + 3_600_000 + 50_000);

        assertThat(admin().accept("text/html")
                        .get("/comparisons/" + first)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("Announced only after this was judged, and done while it was measured: deploy of 1.4.2 at");
        int second = compared(before, after)
                .statusCode(200)
                .body("verdict", is("not-comparable"))
                .body(P50 + "reason", is("NC_OTHER_CHANGE"))
                .body(P50 + "row", is(3))
                .body(P50 + "sentence", containsString("deploy of 1.4.2 at "))
                .body(P50 + "sentence", not(containsString("1.4.3")))
                .extract()
                .path("id");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void a_deploy_between_the_sides_is_told_as_part_of_the_change() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(33).from(YESTERDAY));
        int after = shop.measured("after", Load.seeded(34).from(YESTERDAY + 3_600_000));
        announced(shop, "<b>1.4.2</b>", YESTERDAY + 1_800_000);

        int id = compared(before, after)
                .statusCode(200)
                .body("verdict", is("no-change"))
                .extract()
                .path("id");
        assertThat(admin().accept("text/html")
                        .get("/comparisons/" + id)
                        .then()
                        .extract()
                        .asString())
                .contains("Between the sides lies a deploy of &lt;b&gt;1.4.2&lt;/b&gt; at");
    }

    @Test
    void a_comparison_stays_with_the_service_that_was_measured_when_the_migration_moves_to_another() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(21).requests(50));
        int after = shop.measured("after", Load.seeded(22).requests(50));
        int id = compared(before, after).statusCode(200).extract().path("id");
        String old = "shop-" + shop.unique;
        String moved = "stock-" + shop.unique;
        importFile(Imported.migration(shop.key, moved, """
              - name: product-list
                http: {target: web, request: "GET /api/products"}
                class: warm
                judge: {p50: keep}
            """));
        String leaver = colleague("leaver-" + shop.unique, "{\"role\": \"viewer\", \"service\": \"" + old + "\"}");
        String newcomer =
                colleague("newcomer-" + shop.unique, "{\"role\": \"viewer\", \"service\": \"" + moved + "\"}");

        as(leaver).get("/api/v1/comparisons/" + id).then().statusCode(200);
        as(newcomer).get("/api/v1/comparisons/" + id).then().statusCode(404);
        as(newcomer).get("/api/v1/comparisons/" + id + "/bundle.zip").then().statusCode(404);
        as(newcomer).get("/api/v1/measurements/" + before).then().statusCode(404);
        as(newcomer)
                .get("/api/v1/migrations/" + shop.key + "/comparisons")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        assertThat(as(newcomer)
                        .accept("text/html")
                        .get("/migrations/" + shop.key)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .doesNotContain("/comparisons/" + id);

        // What is measured now is of another service, and says nothing about the one before.
        int now = shop.measured("after", Load.seeded(23).requests(50));
        compared(before, now).statusCode(422).body("violations[0].message", containsString(old));
        admin().get("/api/v1/migrations/" + shop.key + "/comparisons").then().body("items.id", hasItem(id));
    }

    @Test
    void says_regressed_and_mirrors_it_when_the_sides_are_swapped() {
        var shop = Imported.requests("warm", "p50: keep");
        int slow = shop.measured("after", Load.seeded(3).median(130));
        int fast = shop.measured("before", Load.seeded(4).median(100));

        double worse = compared(fast, slow)
                .body("verdict", is("regressed"))
                .body(P50 + "met", is(false))
                .extract()
                .path(P50 + "change");
        double better =
                compared(slow, fast).body("verdict", is("improved")).extract().path(P50 + "change");
        assertThat((1 + worse) * (1 + better)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void shows_that_nothing_changed_instead_of_inferring_it() {
        var shop = Imported.requests("warm", "p50: keep, p95: keep");
        int before = shop.measured("before", Load.seeded(5));
        int after = shop.measured("after", Load.seeded(6));

        compared(before, after)
                .body(P50 + "verdict", is("no-change"))
                .body(P50 + "smallestVisible", lessThan(0.2))
                .body("verdict", not(is("regressed")));
    }

    @Test
    void cannot_tell_with_too_few_samples_and_says_how_many_more() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(7).requests(60));
        int after = shop.measured("after", Load.seeded(8).requests(60));

        compared(before, after).body("verdict", is("inconclusive")).body(P50 + "reason", is("INC_FEW"));
    }

    @Test
    void a_total_outage_never_hides_behind_too_few_samples() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(9).requests(100));
        int after = shop.measured("after", Load.seeded(10).requests(100).failing(1));

        compared(before, after)
                .body("verdict", is("regressed"))
                .body("headline", allOf(containsString("fail"), containsString("100")))
                .body(ERRORS + "reason", is("REGRESSED"));
    }

    @Test
    void a_broken_twentieth_is_regressed_with_the_errors_first() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(11));
        int after = shop.measured("after", Load.seeded(12).failing(0.05));

        compared(before, after).body("verdict", is("regressed")).body("headline", startsWith("More requests fail"));
    }

    @Test
    void a_lucky_cache_is_no_improvement() {
        var shop = Imported.requests("any", "p50: improve 10%");
        int before = shop.measured("before", Load.seeded(13).hits(0.6, 8));
        int after = shop.measured("after", Load.seeded(14).hits(0.9, 8));

        compared(before, after)
                .body("verdict", is("not-comparable"))
                .body("reason", is("NC_CACHE"))
                .body("checks.find { it.key == 'cache' }.state", is("fails"));
    }

    @Test
    void hits_and_misses_in_a_warm_metric_are_not_comparable() {
        var shop = Imported.requests("warm", "p50: improve 10%");
        int before = shop.measured("before", Load.seeded(15).hits(0.6, 8));
        int after = shop.measured("after", Load.seeded(16).hits(0.6, 8));

        compared(before, after).body("verdict", is("not-comparable")).body(P50 + "reason", is("NC_MIXED"));
    }

    @Test
    void the_same_question_gets_the_same_answer_also_when_many_ask_at_once() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(17));
        int after = shop.measured("after", Load.seeded(18));

        List<Integer> ids = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> admin().queryParam("before", before)
                                .queryParam("after", after)
                                .get("/api/v1/comparisons")
                                .then()
                                .statusCode(200)
                                .extract()
                                .<Integer>path("id")))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .distinct()
                .toList();

        assertThat(ids).hasSize(1);
        admin().get("/api/v1/comparisons/" + ids.get(0))
                .then()
                .statusCode(200)
                .body("before", is(before))
                .body("createdBy", is("admin"));
        admin().get("/api/v1/migrations/" + shop.key + "/comparisons")
                .then()
                .statusCode(200)
                .body("items.id", is(ids))
                .body("next", nullValue());
    }

    @Test
    void lists_the_newest_first_page_by_page_and_by_environment() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(19).requests(30));
        int after = shop.measured("after", Load.seeded(20).requests(30));
        int first = compared(before, after).extract().path("id");
        int second = compared(after, before).extract().path("id");

        String next = admin().get("/api/v1/migrations/" + shop.key + "/comparisons?limit=1&environment=" + shop.place)
                .then()
                .statusCode(200)
                .body("items.id", is(List.of(second)))
                .extract()
                .path("next");
        admin().get(next).then().body("items.id", is(List.of(first))).body("next", nullValue());
        admin().get("/api/v1/migrations/" + shop.key + "/comparisons?environment=nowhere")
                .then()
                .statusCode(422);
    }

    @Test
    void before_after_rolled_back_and_after_again_is_grade_b() {
        var shop = Imported.requests("warm", "p50: improve 10%");
        double hour = 3_600_000;
        int a1 = shop.measured("before", Load.seeded(21).from(YESTERDAY));
        int b1 = shop.measured("after", Load.seeded(22).median(70).from(YESTERDAY + hour));
        int a2 = shop.measured("before", Load.seeded(23).from(YESTERDAY + 2 * hour));
        int b2 = shop.measured("after", Load.seeded(24).median(70).from(YESTERDAY + 3 * hour));

        compared(a1 + "," + a2, b1 + "," + b2)
                .statusCode(200)
                .body("grade", is("B"))
                .body("verdict", is("improved"))
                .body("before", is(a2))
                .body("after", is(b2))
                .body("legs.name", is(List.of("before", "after", "rolled back", "after again")));
    }

    @Test
    void a_baseline_in_two_sittings_is_found_by_itself_and_is_grade_c() {
        var shop = Imported.requests("warm", "p50: improve 10%");
        double hour = 3_600_000;
        shop.measured("before", Load.seeded(25).from(YESTERDAY));
        int before = shop.measured("before", Load.seeded(26).from(YESTERDAY + hour));
        int after = shop.measured("after", Load.seeded(27).median(70).from(YESTERDAY + 2 * hour));

        compared(before, after)
                .body("grade", is("C"))
                .body("verdict", is("improved"))
                .body("legs.name", is(List.of("before", "before again", "after")));
    }

    @Test
    void a_baseline_that_moved_by_itself_proves_nothing() {
        var shop = Imported.requests("warm", "p50: improve 10%");
        double hour = 3_600_000;
        shop.measured("before", Load.seeded(28).median(150).from(YESTERDAY));
        int before = shop.measured("before", Load.seeded(29).from(YESTERDAY + hour));
        int after = shop.measured("after", Load.seeded(30).median(70).from(YESTERDAY + 2 * hour));

        compared(before, after).body("verdict", is("not-comparable")).body(P50 + "reason", is("NC_UNSTABLE"));
    }

    @Test
    void another_request_after_the_baseline_is_something_else() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(31));
        importFile(Imported.migration(shop.key, "shop-" + shop.unique, """
              - name: product-list
                http: {target: web, request: "GET /api/other"}
                class: warm
                judge: {p50: keep}
            """));
        int after = shop.measured("after", Load.seeded(32));

        compared(before, after)
                .body("verdict", is("not-comparable"))
                .body(P50 + "reason", is("NC_TARGET"))
                .body(P50 + "sentence", containsString("/api/other"));
    }

    @Test
    void another_address_of_the_target_is_another_place() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(33));
        importFile(Imported.environment(shop.place).replace("127.0.0.1:9", "127.0.0.1:10"));
        int after = shop.measured("after", Load.seeded(34));

        compared(before, after).body(P50 + "reason", is("NC_TARGET")).body(P50 + "sentence", containsString(":10"));
    }

    @Test
    void an_intent_that_was_changed_after_the_baseline_is_said() {
        var shop = Imported.requests("warm", "p50: improve 50%");
        int before = shop.measured("before", Load.seeded(35));
        importFile(Imported.migration(shop.key, "shop-" + shop.unique, """
              - name: product-list
                http: {target: web, request: "GET /api/products"}
                class: warm
                judge: {p50: keep}
            """));
        int after = shop.measured("after", Load.seeded(36));

        compared(before, after)
                .body(P50 + "intent", is("keep"))
                .body("remarks", hasItem(containsString("p50 was improve 50%, is keep")));
    }

    @Test
    void a_threshold_that_was_moved_after_the_baseline_is_not_comparable() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(37));
        importFile(Imported.migration(shop.key, "shop-" + shop.unique, """
              - name: product-list
                http: {target: web, request: "GET /api/products"}
                class: warm
                judge: {p50: keep}
                threshold: {p50: 40%}
            """));
        int after = shop.measured("after", Load.seeded(38));

        compared(before, after).body(P50 + "reason", is("NC_TARGET"));
    }

    @Test
    void numbers_are_compared_in_the_direction_that_is_declared() {
        var shop = Imported.with("""
              - name: throughput
                sql: {target: db, query: "SELECT 1", repeat: 10}
                better: higher
                judge: {value: keep}
            """);
        int before = shop.measured(shop.place, "before", "throughput", numbers(100));
        int after = shop.measured(shop.place, "after", "throughput", numbers(60));

        compared(before, after)
                .body("verdict", is("regressed"))
                .body("metrics", hasSize(1))
                .body("metrics[0].endpoint", is("value"));
    }

    private static String numbers(int around) {
        var csv = new StringBuilder("atMs,valueMs,ok,cache,block\n");
        for (int block = 0; block < 12; block++) {
            csv.append(block * 1000 + "," + (around + block % 3) + ",true,," + block + "\n");
        }
        return csv.toString();
    }

    @Test
    void nothing_on_one_side_is_not_measured() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(39));
        int nothing = shop.measured("after", Load.seeded(40).requests(0));

        compared(before, nothing).statusCode(200).body("verdict", is("not-measured"));
    }

    @Test
    void a_measurement_that_was_cut_short_is_never_judged() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(41));
        int after = shop.measured("after", Load.seeded(42));
        set(after, "interrupted");

        compared(before, after)
                .statusCode(200)
                .body("verdict", is("not-measured"))
                .body(P50 + "sentence", containsString("interrupted"));
    }

    @Test
    void waits_for_a_measurement_that_is_still_being_taken() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(43).requests(20));
        int after = shop.measured("after", Load.seeded(44).requests(20));
        set(after, "running");

        compared(before, after)
                .statusCode(409)
                .body("retrySafe", is(true))
                .body("detail", containsString("still being taken"));
        set(after, "complete");
    }

    private void set(long measurement, String state) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("UPDATE measurement SET state = :state WHERE id = :id")
                        .setParameter("state", state)
                        .setParameter("id", measurement)
                        .executeUpdate());
    }

    @Test
    void removed_samples_cannot_be_judged_again_but_what_was_said_stays() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(45));
        int after = shop.measured("after", Load.seeded(46));
        int id = compared(before, after).extract().path("id");
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "UPDATE measurement_samples SET samples = NULL, removed_at = now() WHERE metric_id IN"
                                        + " (SELECT id FROM measurement_metric WHERE measurement_id = :id)")
                        .setParameter("id", before)
                        .executeUpdate());

        compared(before, after).statusCode(200).body("id", is(id));
        compared(after, before).statusCode(409).body("detail", containsString("removed"));
    }

    @Test
    void refuses_what_does_not_belong_together_with_words() {
        var shop = Imported.requests("warm", "p50: keep");
        var other = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(47).requests(20));
        int foreign = other.measured("after", Load.seeded(48).requests(20));
        String elsewhere = shop.place + "-b";
        importFile(Imported.environment(elsewhere));
        int away = shop.measured(
                elsewhere, "after", "product-list", Load.seeded(49).requests(20).csv());

        compared(before, foreign).statusCode(422).body("detail", containsString(other.key));
        compared(before, away).statusCode(422).body("detail", containsString(elsewhere));
        compared(before, before).statusCode(422).body("detail", containsString("both sides"));
        compared(before, 999_999_999).statusCode(404).body("detail", containsString("999999999"));
        compared(before, "x").statusCode(422).body("violations[0].field", is("after"));
        admin().get("/api/v1/comparisons").then().statusCode(422).body("violations", hasSize(2));
        admin().get("/api/v1/comparisons?run=1&before=" + before).then().statusCode(422);
        admin().get("/api/v1/comparisons?run=999999999").then().statusCode(404);
        admin().get("/api/v1/comparisons/999999999").then().statusCode(404);
        admin().get("/api/v1/comparisons/999999999/bundle.zip").then().statusCode(404);
        nobody().get("/api/v1/comparisons/1").then().statusCode(401);
    }
}
