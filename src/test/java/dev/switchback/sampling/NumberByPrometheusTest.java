package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberByPrometheusTest {

    private static final String ONE =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"%s\"]}]}}";

    @Test
    void reads_the_single_sample() {
        assertThat(NumberByPrometheus.value(200, ONE.formatted("12.5"))).isEqualTo(12.5);
        String scalar = "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"3\"]}}";
        assertThat(NumberByPrometheus.value(200, scalar)).isEqualTo(3);
    }

    @Test
    void refuses_several_series_none_and_what_is_not_a_number() {
        String two = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"1\"]},"
                + "{\"value\":[1,\"2\"]}]}}";
        assertThatThrownBy(() -> NumberByPrometheus.value(200, two)).hasMessage("the query gave 2 series");
        String none = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
        assertThatThrownBy(() -> NumberByPrometheus.value(200, none)).hasMessage("the query gave no value");
        assertThatThrownBy(() -> NumberByPrometheus.value(200, ONE.formatted("NaN")))
                .hasMessageContaining("not a number");
        assertThatThrownBy(() -> NumberByPrometheus.value(200, ONE.formatted("+Inf")))
                .hasMessageContaining("not a number");
        String range = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";
        assertThatThrownBy(() -> NumberByPrometheus.value(200, range)).hasMessage("the query gave a matrix");
    }

    @Test
    void says_what_prometheus_had_against_the_query() {
        assertThatThrownBy(() -> NumberByPrometheus.value(400, "{\"status\":\"error\",\"error\":\"1:5: parse error\"}"))
                .hasMessage("Prometheus answered with status 400: 1:5: parse error");
        assertThatThrownBy(() -> NumberByPrometheus.value(502, "<html>Bad gateway</html>"))
                .hasMessageContaining("502");
    }

    @Test
    void asks_as_often_as_declared_and_sends_the_query_as_a_value() {
        try (TestServer prometheus = TestServer.saying(200, ONE.formatted("7"), Map.of())) {
            Samples samples = Samples.at(prometheus.target("metrics", "prometheus"));
            Sitting sitting = samples.take(
                    "{name: depth, prometheus: {target: metrics, query: 'sum(queue{a=\"b c\"})', for: 30ms, every:"
                            + " 10ms}}");
            assertThat(sitting.trouble()).isEmpty();
            assertThat(samples.all).extracting(Taken::value).containsExactly(7.0, 7.0, 7.0);
            assertThat(samples.all).extracting(Taken::block).containsExactly(0, 1, 2);
            assertThat(prometheus.asked.get(0))
                    .isEqualTo("GET /api/v1/query?query=sum%28queue%7Ba%3D%22b%20c%22%7D%29");
        }
    }

    @Test
    void a_prometheus_that_is_not_there_ends_the_metric_with_the_reason() {
        Samples samples = Samples.at(Samples.target("metrics", "prometheus", "http://127.0.0.1:1"));
        Sitting sitting = samples.take("{name: depth, prometheus: {target: metrics, query: up}}");
        assertThat(sitting.trouble())
                .hasValueSatisfying(trouble ->
                        assertThat(trouble.message()).startsWith("no answer from Prometheus at 127.0.0.1:1"));
    }
}
