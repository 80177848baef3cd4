package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.verdict.MetricClass;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricPlanTest {

    private static final String CONTRACT =
            "{name: product-list, http: {target: web, request: \"GET /api/products?category={category}\","
                    + " inputs: [{category: shoes}, {category: hats}], rate: 10, blocks: 20, perBlock: 50, pause: 5s,"
                    + " warmUp: 5s, timeout: 2s, cacheHeader: X-Cache, cacheHit: HIT, dbCallsHeader: X-DB-Calls},"
                    + " class: warm, judge: {p50: keep, p95: improve 20%}, threshold: {p50: 12.5%}}";

    @Test
    void reads_the_http_metric_of_the_contract() {
        MetricPlan plan = Samples.plan(CONTRACT);
        assertThat(plan.name()).isEqualTo("product-list");
        assertThat(plan.source()).isEqualTo(SourceKind.HTTP);
        assertThat(plan.metricClass()).isEqualTo(MetricClass.WARM);
        assertThat(plan.rate()).isEqualTo(10);
        assertThat(plan.size()).isEqualTo(1000);
        assertThat(plan.inputs()).containsExactly(Map.of("category", "shoes"), Map.of("category", "hats"));
        assertThat(plan.p50Threshold()).isEqualTo(0.125);
        assertThat(plan.warmUpRequests()).isEqualTo(50);
        assertThat(plan.expected()).isEqualTo(Duration.ofSeconds(205));
    }

    @Test
    void a_warm_metric_takes_20_blocks_of_50_at_10_a_second_unless_it_says_otherwise() {
        MetricPlan plan = Samples.plan("{name: a, http: {target: web, request: GET /}}");
        assertThat(plan.metricClass()).isEqualTo(MetricClass.ANY);
        assertThat(plan.rate()).isEqualTo(10);
        assertThat(plan.blocks()).isEqualTo(20);
        assertThat(plan.perBlock()).isEqualTo(50);
        assertThat(plan.pause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(plan.p50Threshold()).isEqualTo(0.1);
        assertThat(plan.spec().path("http").path("perBlock").asInt()).isEqualTo(50);
        assertThat(plan.spec().path("http").path("timeout").asText()).isEqualTo("2s");
        assertThat(plan.spec().path("class").asText()).isEqualTo("any");
    }

    @Test
    void a_cold_metric_takes_30_a_block_and_one_that_keeps_its_p95_takes_100() {
        String cold = "{name: a, class: cold, http: {target: web, request: GET /}}";
        assertThat(Samples.plan(cold).perBlock()).isEqualTo(30);
        String tail = "{name: a, judge: {p95: keep}, http: {target: web, request: GET /}}";
        assertThat(Samples.plan(tail).perBlock()).isEqualTo(100);
    }

    @Test
    void quick_is_10_blocks_of_30_and_never_more_than_the_metric_itself() {
        MetricPlan quick = MetricPlan.of(Samples.json(CONTRACT), Amount.QUICK);
        assertThat(quick.blocks()).isEqualTo(10);
        assertThat(quick.perBlock()).isEqualTo(30);
        MetricPlan small = MetricPlan.of(
                Samples.json("{name: a, http: {target: web, request: GET /, blocks: 3, perBlock: 5}}"), Amount.QUICK);
        assertThat(small.size()).isEqualTo(15);
        MetricPlan shell =
                MetricPlan.of(Samples.json("{name: a, shell: {target: h, command: x, repeat: 40}}"), Amount.QUICK);
        assertThat(shell.blocks()).isEqualTo(10);
    }

    @Test
    void thorough_is_20_blocks_of_100_and_never_less_than_the_metric_itself() {
        MetricPlan thorough = MetricPlan.of(
                Samples.json("{name: a, http: {target: web, request: GET /, blocks: 12, perBlock: 30}}"),
                Amount.THOROUGH);
        assertThat(thorough.blocks()).isEqualTo(20);
        assertThat(thorough.perBlock()).isEqualTo(100);
        assertThat(thorough.expected()).isEqualTo(Duration.ofSeconds(305));
        MetricPlan large = MetricPlan.of(
                Samples.json("{name: a, http: {target: web, request: GET /, blocks: 40, perBlock: 200}}"),
                Amount.THOROUGH);
        assertThat(large.size()).isEqualTo(8000);
        MetricPlan shell =
                MetricPlan.of(Samples.json("{name: a, shell: {target: h, command: x, repeat: 4}}"), Amount.THOROUGH);
        assertThat(shell.blocks()).isEqualTo(4);
    }

    @Test
    void coldBy_only_counts_for_the_cold_class() {
        String asked = "http: {target: web, request: GET /}, coldBy: {http: {target: web, request: POST /clear}}";
        assertThat(Samples.plan("{name: a, class: warm, " + asked + "}").coldBy())
                .isEmpty();
        assertThat(Samples.plan("{name: a, class: cold, " + asked + "}").coldBy())
                .isPresent();
    }

    @Test
    void reads_the_other_sources_of_the_contract_with_their_defaults() {
        MetricPlan queue = Samples.plan(
                "{name: queue-depth, prometheus: {target: metrics, query: sum(queue_depth), for: 1m, every: 5s},"
                        + " better: lower}");
        assertThat(queue.source()).isEqualTo(SourceKind.PROMETHEUS);
        assertThat(queue.blocks()).isEqualTo(12);
        assertThat(queue.pause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Samples.plan("{name: q, prometheus: {target: m, query: up}}").blocks())
                .isEqualTo(12);

        MetricPlan rows = Samples.plan("{name: rows, sql: {target: db, query: SELECT 1}}");
        assertThat(rows.blocks()).isEqualTo(1);

        MetricPlan seconds = Samples.plan("{name: s, shell: {target: host, command: ./time.sh}}");
        assertThat(seconds.blocks()).isEqualTo(10);

        MetricPlan calls = Samples.plan("{name: db-calls, statements: {target: db, during: product-list}}");
        assertThat(calls.source()).isEqualTo(SourceKind.STATEMENTS);
        assertThat(calls.during()).isEqualTo("product-list");
        assertThat(calls.target()).isEqualTo("db");
    }

    @Test
    void what_must_be_equal_on_both_sides_is_what_is_asked_not_how_much_of_it() {
        var full = Samples.plan(CONTRACT).conditions();
        var quick = MetricPlan.of(Samples.json(CONTRACT), Amount.QUICK).conditions();
        assertThat(quick).isEqualTo(full);
        var other = Samples.plan(CONTRACT.replace("hats", "tents")).conditions();
        assertThat(other).isNotEqualTo(full);
    }
}
