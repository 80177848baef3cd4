package dev.switchback.comparison;

import static dev.switchback.Http.admin;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.switchback.TestDatabase;
import dev.switchback.comparison.Imported.Load;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Did it get better? As a page. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ComparisonPagesTest {

    @Test
    void says_it_in_a_sentence_before_any_table() {
        var shop = Imported.requests("warm", "p50: improve 10%, errors: keep");
        int before = shop.measured("before", Load.seeded(61));
        int after = shop.measured("after", Load.seeded(62).median(75));

        admin().get("/comparisons?before=" + before + "&after=" + after)
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("Did it get better?"),
                        containsString("Evidence D: before, then after"),
                        containsString("measure before once more and tick both sittings, and this becomes grade C"),
                        not(containsString("Add 20 blocks")),
                        containsString("Can the two sides be compared? Yes"),
                        containsString("at least −10 %"),
                        containsString("class=\"chart\""),
                        containsString("/api/v1/measurements/" + before + "/samples?metric=product-list"),
                        containsString("bundle.zip")));
        admin().get("/migrations/" + shop.key + "/measurements")
                .then()
                .statusCode(200)
                .body(containsString("Improved, evidence D"));
        admin().get("/migrations/" + shop.key)
                .then()
                .statusCode(200)
                .body(containsString("Improved, evidence D</a>, as intended."));
    }

    @Test
    void the_failed_check_is_the_headline_and_says_what_to_do() {
        var shop = Imported.requests("any", "p50: improve 10%");
        int before = shop.measured("before", Load.seeded(63).hits(0.6, 8));
        int after = shop.measured("after", Load.seeded(64).hits(0.9, 8));

        admin().get("/comparisons?before=" + before + "&after=" + after)
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("<strong>Not comparable: cache state differs"),
                        containsString("Measure cold against cold"),
                        containsString("Can the two sides be compared? No")));
    }

    @Test
    void judging_again_changes_nothing_and_says_so() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(65));
        int after = shop.measured("after", Load.seeded(66));
        int id = admin().get("/api/v1/comparisons?before=" + before + "&after=" + after)
                .then()
                .extract()
                .path("id");

        admin().redirects()
                .follow(false)
                .post("/comparisons/" + id + "/again")
                .then()
                .statusCode(303)
                .header("Location", containsString("/comparisons/" + id));
        admin().get("/comparisons/" + id).then().statusCode(200).body(containsString("How this was measured"));
    }

    @Test
    void without_a_baseline_it_says_to_measure_first() {
        admin().get("/comparisons").then().statusCode(200).body(containsString("Measure before you change anything"));
    }

    @Test
    void samples_of_nothing_are_no_table_of_nonsense() {
        var shop = Imported.requests("warm", "p50: keep");
        int before = shop.measured("before", Load.seeded(67).requests(0));
        int after = shop.measured("after", Load.seeded(68).requests(0));

        admin().get("/comparisons?before=" + before + "&after=" + after)
                .then()
                .statusCode(200)
                .body(allOf(containsString("Not measured"), not(containsString("NaN"))));
    }

    @Test
    void what_does_not_exist_is_404_and_what_makes_no_sense_is_422() {
        admin().get("/comparisons/999999999").then().statusCode(404);
        admin().get("/comparisons?run=999999999").then().statusCode(404);
        admin().get("/comparisons?before=x&after=y").then().statusCode(422);
    }
}
