package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final String METRIC =
            "{name: list, http: {target: web, request: \"GET /p?c={c}\", inputs: [{c: a}, {c: b}, {c: d}],"
                    + " rate: 10, perBlock: %d, blocks: 20}}";

    private static Schedule schedule(int perBlock, long seed) {
        return new Schedule(Samples.plan(METRIC.formatted(perBlock)), seed);
    }

    @Test
    void both_sides_send_at_the_same_moments_when_the_seed_is_the_same() {
        for (int block = -1; block < 5; block++) {
            assertThat(schedule(50, 7).moments(block, 50, 100_000, 0))
                    .isEqualTo(schedule(50, 7).moments(block, 50, 100_000, 0));
        }
        assertThat(schedule(50, 7).moments(0, 50, 100_000, 0))
                .isNotEqualTo(schedule(50, 8).moments(0, 50, 100_000, 0))
                .isNotEqualTo(schedule(50, 7).moments(1, 50, 100_000, 0));
    }

    @Test
    void every_request_falls_into_its_slot_so_that_no_gap_is_two_slots_long() {
        for (int block = 0; block < 50; block++) {
            long[] moments = schedule(50, 3).moments(block, 50, 100_000, 0);
            for (int i = 0; i < moments.length; i++) {
                assertThat(moments[i]).isBetween(i * 100_000L, (i + 1) * 100_000L - 1);
                assertThat(i == 0 ? 0 : moments[i] - moments[i - 1]).isLessThan(200_000);
            }
        }
    }

    @Test
    void the_moments_are_spread_over_the_whole_slot() {
        long[] moments = schedule(500, 3).moments(0, 500, 100_000, 0);
        double[] places = Arrays.stream(moments).mapToDouble(us -> us % 100_000).toArray();
        assertThat(Arrays.stream(places).average().orElseThrow()).isBetween(40_000.0, 60_000.0);
        assertThat(Arrays.stream(places).min().orElseThrow()).isLessThan(5_000);
        assertThat(Arrays.stream(places).max().orElseThrow()).isGreaterThan(95_000);
    }

    @Test
    void leaves_the_room_for_making_cold_free() {
        long[] moments = schedule(50, 3).moments(0, 50, 100_000, 40_000);
        for (int i = 1; i < moments.length; i++) {
            assertThat(moments[i] - moments[i - 1]).isGreaterThanOrEqualTo(40_000);
        }
    }

    @Test
    void asks_for_the_inputs_in_the_same_order_whatever_the_seed_and_the_amount() {
        int[] all = schedule(50, 7).inputs(0, 50);
        assertThat(schedule(50, 99).inputs(0, 50)).isEqualTo(all);
        assertThat(Arrays.copyOf(all, 30)).isEqualTo(schedule(30, 7).inputs(0, 30));
    }

    @Test
    void every_input_comes_about_equally_often_in_each_block() {
        for (int block = 0; block < 20; block++) {
            Map<Integer, Long> often = Arrays.stream(schedule(50, 7).inputs(block, 50))
                    .boxed()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(often.keySet()).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(often.values()).allMatch(count -> count >= 15 && count <= 18);
        }
    }

    @Test
    void goes_through_all_inputs_before_one_comes_again_also_from_block_to_block() {
        Schedule schedule = schedule(50, 7);
        int[] two = java.util.stream.IntStream.concat(
                        Arrays.stream(schedule.inputs(0, 50)), Arrays.stream(schedule.inputs(1, 50)))
                .toArray();
        for (int i = 0; i + 3 <= two.length; i += 3) {
            assertThat(Arrays.copyOfRange(two, i, i + 3)).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void asks_for_no_input_when_there_is_none() {
        var plain = new Schedule(Samples.plan("{name: a, http: {target: web, request: GET /}}"), 1);
        assertThat(plain.inputs(0, 3)).containsOnly(-1);
    }
}
