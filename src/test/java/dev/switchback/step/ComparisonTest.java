package dev.switchback.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private static boolean holds(String is, String value) {
        return Comparison.of(is).holds(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0, 0.0",
        "20, ' 20 '",
        "1e3, 1000",
        "> 0, 1",
        ">0, 0.1",
        ">= 5, 5",
        "<= 5, 5.00",
        "< 0.01, 0.009",
        "!= 3, 4",
        "< 10, 9",
        "> -1, 0"
    })
    void compares_numbers_as_numbers(String is, String value) {
        assertThat(holds(is, value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "> 0, 0", "< 10, 10", "!= 3, 3.0", ">= 5, 4.999", "0, ''", "> 0, NaN", "< 1, abc", "> 0, ''"})
    void an_order_does_not_hold_for_another_number_nor_for_what_is_none(String is, String value) {
        assertThat(holds(is, value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "t", "TRUE", "yes", "on", "1", " t "})
    void reads_true_as_databases_and_programs_spell_it(String value) {
        assertThat(holds("true", value)).isTrue();
        assertThat(holds("false", value)).isFalse();
        assertThat(holds("!= false", value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "f", "no", "off", "0"})
    void reads_false_likewise(String value) {
        assertThat(holds("false", value)).isTrue();
        assertThat(holds("true", value)).isFalse();
    }

    @Test
    void what_is_neither_true_nor_false_equals_neither() {
        assertThat(holds("true", "perhaps")).isFalse();
        assertThat(holds("false", "perhaps")).isFalse();
        assertThat(holds("!= true", "perhaps")).isFalse();
    }

    @Test
    void compares_everything_else_as_trimmed_text() {
        assertThat(holds("shop", " shop\n")).isTrue();
        assertThat(holds("shop", "Shop")).isFalse();
        assertThat(holds("!= shop", "other")).isTrue();
        assertThat(holds("< 2026-11-22", "2026-11-21")).isTrue();
        assertThat(holds("< b", "a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "true", "!= 0", "!= x", "> 0", "<= 0", "NULL"})
    void null_equals_nothing_and_holds_for_nothing(String is) {
        assertThat(Comparison.of(is).holds(null)).isFalse();
    }

    @Test
    void takes_the_json_types_of_the_file() {
        var json = JsonNodeFactory.instance;
        assertThat(Comparison.of(json.numberNode(0)).holds("0")).isTrue();
        assertThat(Comparison.of(json.booleanNode(true)).holds("t")).isTrue();
        assertThat(Comparison.of(json.numberNode(0.5)).holds("0.50")).isTrue();
        assertThat(Comparison.of(json.textNode("> 1")).holds("2")).isTrue();
    }

    @Test
    void a_number_of_absurd_size_is_compared_at_once() {
        assertThat(holds("< 1e999999999", "5")).isTrue();
    }

    @Test
    void is_written_as_the_file_would_write_it() {
        assertThat(Comparison.of(">0")).hasToString("> 0");
        assertThat(Comparison.of(" shop ")).hasToString("shop");
    }
}
