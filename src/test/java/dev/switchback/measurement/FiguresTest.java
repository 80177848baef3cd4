package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a list shows of a metric. */
class FiguresTest {

    private static StoredSample sample(
            int block, double ms, String error, String cache, Integer calls, boolean warmUp) {
        return new StoredSample(
                block,
                0,
                -1,
                0,
                0,
                0,
                Math.round(ms * 1000),
                200,
                error,
                0,
                false,
                null,
                cache,
                null,
                null,
                calls,
                null,
                null,
                warmUp,
                false,
                null);
    }

    private static Figures of(String metricClass, List<StoredSample> samples) {
        var counting = new Figures.Counting(metricClass);
        samples.forEach(counting::add);
        return counting.figures();
    }

    @Test
    void quantiles_are_those_of_hyndman_and_fans_method_8() {
        Figures figures = of(
                "any",
                IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> sample(i / 5, i, null, "unknown", null, false))
                        .toList());
        assertThat(figures.p50()).isEqualTo(5.5, within(1e-9));
        assertThat(figures.p95()).isEqualTo(10.0, within(0.2));
        assertThat(figures.n()).isEqualTo(10);
        assertThat(figures.blocks()).isEqualTo(3);
        assertThat(figures.hitRatio()).isNull();
    }

    @Test
    void failed_requests_count_as_failed_and_their_times_do_not() {
        Figures figures = of(
                "any",
                List.of(
                        sample(0, 10, null, "unknown", null, false),
                        sample(0, 9_000, "timeout", "unknown", null, false)));
        assertThat(figures.n()).isEqualTo(2);
        assertThat(figures.failed()).isEqualTo(1);
        assertThat(figures.p99()).isEqualTo(10);
    }

    @Test
    void the_warm_up_counts_for_nothing_nor_do_blocks_that_belong_to_it_after_all() {
        assertThat(of("any", List.of(sample(-1, 10, null, "hit", 4, true))))
                .isEqualTo(new Figures(0, 0, 0, 0, null, null, null, null, null));
        var counting = new Figures.Counting("any", 2);
        counting.add(sample(1, 99, null, "hit", 4, false));
        counting.add(sample(2, 10, null, "hit", 4, false));
        assertThat(counting.figures().n()).isEqualTo(1);
    }

    @Test
    void a_lucky_hit_makes_no_cold_metric_fast() {
        List<StoredSample> mixed = List.of(
                sample(0, 100, null, "miss", 14, false),
                sample(0, 5, null, "hit", 0, false),
                sample(0, 7, null, "hit", 0, false));
        assertThat(of("cold", mixed).p50()).isEqualTo(100);
        assertThat(of("warm", mixed).p50()).isEqualTo(6);
        assertThat(of("any", mixed).p50()).isEqualTo(7);
        assertThat(of("any", mixed).hitRatio()).isEqualTo(2 / 3.0, within(1e-9));
        assertThat(of("any", mixed).dbCalls()).isEqualTo(14 / 3.0, within(1e-9));
    }
}
