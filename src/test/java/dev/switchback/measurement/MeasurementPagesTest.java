package dev.switchback.measurement;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Measuring in a browser without scripts. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class MeasurementPagesTest {

    private static final String METRICS = """
        metrics:
          - name: product-list
            http: {target: web, request: "GET /api/products"}
            class: any
          - {name: "rows", sql: {target: db, query: "SELECT '<i>1</i>'"}}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "look-" + unique;
    private final String place = "place-" + unique;
    private final String list = "/migrations/" + key + "/measurements";
    private Visitor visitor;

    @BeforeEach
    void signInAndImport() {
        visitor = Visitor.signedIn();
        importFile(Samples.environment(place, "staging", "."));
        declare(METRICS);
    }

    private void declare(String metrics) {
        importFile(Samples.migration(key, "svc-" + unique, "").replace("steps:\n", metrics));
    }

    private String imported(String csv, String moment, String metric) {
        return admin().contentType("text/csv")
                .body(csv.getBytes())
                .post("/api/v1" + list + "/import?environment=" + place + "&moment=" + moment + "&metric=" + metric)
                .then()
                .statusCode(201)
                .extract()
                .header("Location")
                .replace("/api/v1", "");
    }

    private static String csv(int n) {
        return "atMs,valueMs,ok,cache\n"
                + IntStream.range(0, n)
                        .mapToObj(i -> i * 100 + "," + (i % 2 == 0 ? 20 + i % 7 : 80 + i % 5) + "," + (i % 50 != 0)
                                + "," + (i % 2 == 0 ? "hit" : "miss"))
                        .collect(Collectors.joining("\n"));
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void the_form_says_how_long_it_takes_and_how_much_is_sent() {
        assertThat(text(visitor.page(list)))
                .contains(
                        "Measure now",
                        "No baseline",
                        "product-list",
                        "1,000 requests",
                        "3 min 2",
                        "300 requests",
                        "2,000 requests")
                .contains("Measure before you change anything");
        assertThat(visitor.page("/migrations/" + key)).contains("href=\"" + list + "\"");
    }

    @Test
    void a_measurement_says_how_it_stands_first_and_draws_cold_and_warm_apart() {
        String page = visitor.page(imported(csv(400), "before", "product-list"));
        assertThat(text(page))
                .contains("400 samples of 1 metric, 8 failed")
                .contains("in 20 blocks")
                .contains("from a cache")
                .contains("imported from another tool")
                .contains("Raw samples, CSV")
                .contains("before the change");
        assertThat(page)
                .contains("class=\"dot-a\"")
                .contains("class=\"dot-b\"")
                .doesNotContain("data-poll")
                .doesNotContain("live.js");
    }

    @Test
    void a_measurement_of_nothing_says_so() {
        assertThat(text(visitor.page(imported("atMs,valueMs,ok,cache\n", "after", "product-list"))))
                .contains("There are no samples");
    }

    @Test
    void what_a_file_says_is_text_on_the_page() {
        assertThat(visitor.page(imported("atMs,valueMs,ok\n0,1,true\n", "adhoc", "rows")))
                .contains("&lt;i&gt;1&lt;/i&gt;")
                .doesNotContain("<i>1</i>");
    }

    @Test
    void the_list_offers_two_complete_ones_for_comparing() {
        imported(csv(20), "before", "product-list");
        assertThat(visitor.page(list))
                .doesNotContain("action=\"/comparisons\" class")
                .doesNotContain("name=\"after\"");
        String after = imported(csv(20), "after", "product-list").replaceAll(".*/", "");
        assertThat(visitor.page(list))
                .contains("action=\"/comparisons\"")
                .contains("name=\"before\" value=\"" + after + "\"")
                .contains("name=\"after\" value=\"" + after + "\"");
        assertThat(text(visitor.page(list))).contains("Measurement " + after, "imported", "Compare what is ticked");
    }

    @Test
    void what_cannot_be_measured_is_said_and_what_was_chosen_stays() {
        Response answer = visitor.send(
                list, list, "environment", place, "moment", "after", "metrics", "product-list", "amount", "quick");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(text(answer.asString())).contains("Nothing was measured", "needs the target web");
        assertThat(answer.asString())
                .contains("value=\"after\" checked")
                .contains("value=\"quick\" checked")
                .contains("value=\"product-list\" checked")
                .doesNotContain("value=\"rows\" checked");
        Response none = visitor.send(list, list, "environment", place, "moment", "after");
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(text(none.asString())).contains("No metric is named");
    }

    @Test
    void a_measurement_under_way_refreshes_itself_and_can_be_stopped() throws IOException {
        try (var service = new MeasuredService()) {
            importFile(Samples.environment(place, "staging", ".")
                    .replace("targets:\n", "targets:\n  web: {kind: http, url: \"" + service.url() + "\"}\n"));
            declare("""
                metrics:
                  - {name: product-list, http: {target: web, request: "GET /", rate: 20, blocks: 60, warmUp: 0ms}}
                """);
            Response begun = visitor.send(
                    list, list, "environment", place, "moment", "before", "metrics", "product-list", "amount", "full");
            assertThat(begun.statusCode()).isEqualTo(303);
            String page = begun.header("Location");
            assertThat(visitor.page(page)).contains("data-poll", "live.js", "Stop the measurement");
            Response second = visitor.send(
                    list, list, "environment", place, "moment", "before", "metrics", "product-list", "amount", "full");
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(second.asString()).contains("href=\"" + page + "\"");
            assertThat(visitor.send(page, page + "/stop").statusCode()).isEqualTo(303);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !visitor.page(page).contains("data-poll"));
            assertThat(text(visitor.page(page))).contains("Stopped by admin", "never judged");
        }
    }

    @Test
    void a_migration_without_metrics_says_what_to_declare() {
        declare("");
        assertThat(text(visitor.page(list)))
                .contains("declares no metrics", "judge: {p50: improve 20%", "Declare metrics…");
    }

    @Test
    void there_is_no_page_of_an_unknown_measurement() {
        assertThat(visitor.get("/measurements/999999999").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/migrations/nope/measurements").statusCode()).isEqualTo(404);
    }
}
