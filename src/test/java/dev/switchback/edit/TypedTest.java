package dev.switchback.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.problem.Violation;
import dev.switchback.shape.RunbookShapes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody types, and what the file then says. */
class TypedTest {

    private final Fields fields = new Fields();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1",
                "1.10 | 1.10",
                "true | true",
                "\"1\" | \"1\"",
                "\"true\" | \"true\"",
                "eu-west | \"eu-west\"",
                "007 | \"007\"",
                "> 0 | \"> 0\"",
                "say \"yes\" | \"say \\\"yes\\\"\"",
            })
    void numbers_and_truth_values_are_what_they_look_like_and_quotes_make_text(String typed, String json) {
        fields.put("variables[0]~name", "a");
        fields.put("variables[0]", typed);
        assertThat(environment().path("variables").path("a")).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200 | 200", "200, 300-302 | [200,\"300-302\"]", "200-299 | \"200-299\"", "two | \"two\""})
    void statuses_stand_with_commas_between_them(String typed, String json) {
        fields.put("probe.expectStatus", typed);
        assertThat(migration().path("probe").path("expectStatus")).hasToString(json);
    }

    @Test
    void a_list_has_one_entry_a_line_and_empty_lines_say_nothing() {
        fields.put("stack", " python \r\n\r\nfastapi\r\n");
        assertThat(migration().path("stack")).hasToString("[\"python\",\"fastapi\"]");
    }

    @Test
    void spaces_around_a_key_are_a_slip() {
        fields.put("key", " shop ");
        fields.put("title", " as typed ");
        assertThat(migration().path("key").asText()).isEqualTo("shop");
        assertThat(migration().path("title").asText()).isEqualTo(" as typed ");
    }

    @Test
    void what_is_left_empty_is_not_said() {
        fields.put("today.route", "  ");
        fields.put("probe.follow", "");
        fields.put("stack", "\r\n");
        assertThat(migration().fieldNames()).toIterable().containsExactly("apiVersion", "kind");
    }

    @Test
    void json_and_yaml_both_do_for_a_body() {
        step("http");
        fields.put("steps[0].http.json", "{\"a\": [1, \"1\", null]}");
        fields.put("steps[0].http.expectJson", "a: 1\nb: [x]");
        assertThat(http().path("json")).hasToString("{\"a\":[1,\"1\",null]}");
        assertThat(http().path("expectJson")).hasToString("{\"a\":1,\"b\":[\"x\"]}");
    }

    @Test
    void what_is_no_yaml_is_told_at_its_field_once_and_kept() {
        fields.put("attributes", "a: [1");
        Checked checked = Checked.of(fields, RunbookShapes.MIGRATION);
        assertThat(at(checked, "attributes"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("Line 1: Not YAML"));
        assertThat(fields.text("attributes")).isEqualTo("a: [1");
    }

    @Test
    void only_the_chosen_kind_counts_and_the_other_is_kept_for_coming_back() {
        step("http");
        fields.put("steps[0].sql.target", "db");
        assertThat(migration().path("steps").path(0).has("sql")).isFalse();
        assertThat(fields.text("steps[0].sql.target")).isEqualTo("db");
    }

    @Test
    void problems_point_at_the_field_where_they_are_put_right() {
        step("");
        fields.put("steps[1].title", "Two");
        fields.put("steps[1]~kind", "sql");
        fields.put("steps[1].retries", "many");
        fields.put("variables[0]~name", "ignored");
        Checked checked = Checked.of(fields, RunbookShapes.MIGRATION);
        assertThat(checked.problems())
                .extracting(Violation::field)
                .contains(
                        "title",
                        "expected",
                        "steps[0]~kind",
                        "steps[1].sql.target",
                        "steps[1].retries",
                        "steps[1].sql.statements");
    }

    @Test
    void rows_with_one_name_or_none_are_told_at_the_name() {
        fields.put("variables[0]~name", "a");
        fields.put("variables[0]", "1");
        fields.put("variables[1]~name", "a");
        fields.put("variables[1]", "2");
        fields.put("variables[2]", "3");
        fields.put("variables[3]~name", "LD_PRELOAD");
        fields.put("variables[4]~name", "");
        Checked checked = Checked.of(fields, RunbookShapes.ENVIRONMENT);
        assertThat(at(checked, "variables[1]~name")).hasSize(1);
        assertThat(at(checked, "variables[2]~name")).hasSize(1);
        assertThat(at(checked, "variables[3]~name")).hasSize(1);
        assertThat(checked.content().path("variables").path("a")).hasToString("1");
    }

    @Test
    void a_password_in_plain_text_is_refused_and_gone() {
        fields.put("targets[0]~name", "db");
        fields.put("targets[0]~kind", "jdbc");
        fields.put("targets[0].url", "jdbc:postgresql://shop:hunter2@127.0.0.1/shop");
        fields.put("targets[0].password", "hunter2");
        fields.put("targets[1]~name", "web");
        fields.put("targets[1]~kind", "http");
        fields.put("targets[1].headers[0]~name", "Authorization");
        fields.put("targets[1].headers[0]", "Bearer hunter2");
        Checked checked = Checked.of(fields, RunbookShapes.ENVIRONMENT);
        assertThat(checked.secrets()).hasSize(3);
        assertThat(checked.problems()).noneMatch(problem -> problem.toString().contains("hunter2"));
        assertThat(fields.all().toString()).doesNotContain("hunter2");
        assertThat(checked.content().toString()).doesNotContain("hunter2");
    }

    @Test
    void a_password_is_gone_also_where_nothing_is_read_yet() {
        fields.put("targets[0]~kind", "jdbc");
        fields.put("targets[0].password", "hunter2 without a name");
        fields.put("targets[1]~name", "web");
        fields.put("targets[1]~kind", "http");
        fields.put("targets[1].password", "hunter2 of the kind before");
        fields.put("targets[2]~name", "web");
        fields.put("targets[2]~kind", "kubernetes");
        fields.put("targets[2].token", "hunter2 under a name used twice");
        fields.put("targets[3]~name", "api");
        fields.put("targets[3]~kind", "http");
        fields.put("targets[3].url", "http://127.0.0.1");
        fields.put("targets[3].headers[0]~name", "Authorization: ");
        fields.put("targets[3].headers[0]", "hunter2 in a header");
        fields.put("targets[4]~name", "db");
        fields.put("targets[4]~kind", "jdbc");
        fields.put("targets[4].password", "hunter2\u0000");
        fields.put("targets[5].url", "http://shop:hunter2@127.0.0.1");
        fields.put("targets[6].password~was", "\"hunter2\"");
        Checked checked = Checked.of(fields, RunbookShapes.ENVIRONMENT);
        assertThat(fields.all().toString()).doesNotContain("hunter2");
        assertThat(fields.text("targets[3].headers[0]~name")).isEqualTo("Authorization: ");
        assertThat(checked.problems().toString()).doesNotContain("hunter2");
        assertThat(checked.problems())
                .extracting(Violation::field)
                .contains("targets[0].password", "targets[2].token", "targets[4].password", "targets[3].headers[0]")
                .doesNotContain("targets[1].password");
    }

    @Test
    void a_reference_to_a_secret_stays() {
        fields.put("targets[0]~name", "db");
        fields.put("targets[0]~kind", "jdbc");
        fields.put("targets[0].url", "jdbc:postgresql://127.0.0.1/shop");
        fields.put("targets[0].password", "secret:DB");
        assertThat(environment().path("targets").path("db").path("password").asText())
                .isEqualTo("secret:DB");
    }

    @Test
    void the_form_of_a_new_migration_starts_with_the_five_questions() {
        Checked checked = Checked.of(FormMoves.ofNewMigration(), RunbookShapes.MIGRATION);
        assertThat(checked.content().path("checklist").findValuesAsText("id"))
                .containsExactly(
                        "review-query-plans", "add-indexes-carefully", "realistic-data", "compare-metrics", "document");
        assertThat(checked.content().path("onFailure").asText()).isEqualTo("ask");
    }

    private void step(String kind) {
        fields.put("steps[0].title", "One");
        fields.put("steps[0]~kind", kind);
    }

    private JsonNode http() {
        return migration().path("steps").path(0).path("http");
    }

    private ObjectNode migration() {
        return ReadFields.of(fields, RunbookShapes.MIGRATION).content();
    }

    private ObjectNode environment() {
        return ReadFields.of(fields, RunbookShapes.ENVIRONMENT).content();
    }

    private static List<Violation> at(Checked checked, String field) {
        return checked.problems().stream()
                .filter(problem -> problem.field().equals(field))
                .toList();
    }
}
