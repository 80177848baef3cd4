package dev.switchback.measurement;

import static dev.switchback.Http.importFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.Samples;
import dev.switchback.TestDatabase;
import dev.switchback.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Samples of another tool come in by a form, without scripts. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SamplesPagesTest {

    private static final String TABLE = "atMs,valueMs,ok,cache\n0,84.1,true,miss\n100,21.7,true,hit\n";
    private static final String K6 = """
        {"type":"Metric","data":{"type":"trend"},"metric":"http_req_duration"}
        {"type":"Point","data":{"time":"2026-11-22T10:00:00Z","value":84.1,"tags":{"status":"200","expected_response":"true"}},"metric":"http_req_duration"}
        """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "brought-" + unique;
    private final String place = "place-" + unique;
    private final String list = "/migrations/" + key + "/measurements";
    private final String door = list + "/import";
    private Visitor visitor;

    @BeforeEach
    void signInAndImport() {
        visitor = Visitor.signedIn();
        importFile(Samples.environment(place, "staging", "."));
        importFile(Samples.migration(key, "svc-" + unique, "").replace("steps:\n", """
            metrics:
              - {name: product-list, http: {target: web, request: "GET /api/products"}}
              - {name: basket, http: {target: web, request: "GET /basket"}}
            """));
    }

    private Response paste(String text, String format) {
        return visitor.sendParts(
                list,
                door,
                "environment",
                place,
                "moment",
                "after",
                "metric",
                "basket",
                "format",
                format,
                "text",
                text);
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void what_was_measured_elsewhere_is_pasted_below_what_was_measured_here() {
        assertThat(visitor.page(list)).contains("action=\"" + door + "\"", "Import its samples");
        Response kept = paste(TABLE, "guess");
        assertThat(kept.statusCode()).isEqualTo(303);
        assertThat(text(visitor.page(kept.header("Location"))))
                .contains("2 samples of 1 metric", "basket", "after the change", "imported from another tool");
    }

    @Test
    void the_format_is_guessed_and_can_be_said() {
        assertThat(text(visitor.page(paste(K6, "guess").header("Location")))).contains("imported from k6");
        assertThat(text(visitor.page(paste("response-time,status-code,offset\n0.1,200,0.5\n", "guess")
                        .header("Location"))))
                .contains("imported from hey");
        assertThat(text(paste(K6, "table").asString())).contains("The header has an unknown column");
        assertThat(text(paste(TABLE, "lines").asString())).contains("The line is not valid JSON");
    }

    @Test
    void a_chosen_file_goes_before_what_is_pasted() {
        String page = visitor.page(list);
        String csrf = page.replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        Response kept = visitor.with()
                .multiPart("csrf", csrf)
                .multiPart("environment", place)
                .multiPart("moment", "before")
                .multiPart("metric", "product-list")
                .multiPart("text", "nonsense")
                .multiPart("file", "before.csv", TABLE.getBytes(StandardCharsets.UTF_8), "text/csv")
                .post(door);
        assertThat(kept.statusCode()).isEqualTo(303);
    }

    @Test
    void what_is_wrong_stands_at_its_line_and_nothing_that_was_sent_is_lost() {
        String wrong = TABLE + "200,<b>fast</b>,true,hit\n300,5,maybe,hit\n400,6,true,hit\n";
        Response refused = paste(wrong, "table");
        assertThat(refused.statusCode()).isEqualTo(422);
        String page = refused.asString();
        assertThat(page)
                .contains("id=\"L4\" class=\"bad", "id=\"L5\" class=\"bad", "id=\"L6\">")
                .contains("200,&lt;b&gt;fast&lt;/b&gt;,true,hit")
                .doesNotContain("<b>fast")
                .contains("<option value=\"after\" selected>")
                .contains("<option value=\"basket\" selected>")
                .contains("<option value=\"table\" selected>")
                .contains("400,6,true,hit\n</textarea>");
        assertThat(text(page))
                .contains("Nothing was kept", "Line 4: valueMs is", "Line 5: ok is “maybe”", "2 lines left out");
        assertThat(text(visitor.page(list))).contains("No baseline");
    }

    @Test
    void many_wrong_lines_are_counted_and_the_first_are_shown() {
        String many = IntStream.range(0, 60).mapToObj(i -> "x,1,true,").collect(Collectors.joining("\n"));
        assertThat(text(paste("atMs,valueMs,ok,cache\n" + many, "guess").asString()))
                .contains("the first 20; 40 more are wrong");
    }

    @Test
    void nothing_chosen_and_nothing_pasted_is_said_at_the_field() {
        Response refused = paste("", "guess");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString())
                .contains("id=\"samples-file-error\"", "No file was chosen and nothing was pasted");
    }

    @Test
    void what_does_not_exist_any_more_is_said_and_the_lines_stay() {
        Response refused = visitor.sendParts(
                list, door, "environment", "gone", "moment", "after", "metric", "basket", "text", TABLE);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString()).contains("100,21.7,true,hit\n</textarea>");
        assertThat(text(refused.asString())).contains("There is no environment");
        assertThat(visitor.get("/migrations/nope/measurements/import").statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_page_of_its_own_is_there_by_its_address() {
        assertThat(visitor.page(door)).contains("Samples of another tool", "multipart/form-data");
    }
}
