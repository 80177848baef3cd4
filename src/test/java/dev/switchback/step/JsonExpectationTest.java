package dev.switchback.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonExpectationTest {

    private static Optional<String> difference(String expected, String actual) {
        return new JsonExpectation(Json.of(expected)).difference(actual);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1} | {\"a\": 1, \"b\": 2}",
                "{a: 1} | {\"a\": 1.0}",
                "{a: {b: x}} | {\"a\": {\"b\": \"x\", \"c\": 1}}",
                "{a: [1, 2]} | {\"a\": [1, 2.0]}",
                "{a: null} | {\"a\": null}",
                "{} | {\"a\": null}",
                "[1] | [1]"
            })
    void holds_when_every_named_member_is_equal(String expected, String actual) {
        assertThat(difference(expected, actual)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1} | {\"a\": \"1\"} | a was \"1\", expected 1",
                "{a: x} | {\"a\": \"y\"} | a was \"y\", expected \"x\"",
                "{a: {b: x}} | {\"a\": {}} | a.b is missing, expected \"x\"",
                "{a: null} | {} | a is missing, expected null",
                "{a: [1, 2]} | {\"a\": [1, 2, 3]} | a was [1,2,3], expected [1,2]",
                "{a: [{b: 1}]} | {\"a\": [{\"b\": 1, \"c\": 2}]} | a was [{\"b\":1,\"c\":2}], expected [{\"b\":1}]",
                "{a: true} | {\"a\": \"true\"} | a was \"true\", expected true",
                "{a: 1} | [1] | the answer was [1], expected {\"a\":1}",
                "{a: 1} | <html> | the answer is not JSON: <html>"
            })
    void names_the_first_difference(String expected, String actual, String difference) {
        assertThat(difference(expected, actual)).contains(difference);
    }

    @Test
    void an_empty_answer_is_not_json() {
        assertThat(difference("{a: 1}", "")).contains("the answer is empty, not JSON");
    }
}
