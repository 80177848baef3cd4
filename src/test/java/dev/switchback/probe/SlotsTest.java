package dev.switchback.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final Slots slots = new Slots(100_000, 50_000, 7);

    @Test
    void every_slot_has_one_moment_within_it() {
        for (long slot = 0; slot < 10_000; slot++) {
            assertThat(slots.moment(slot)).isBetween(50_000 + slot * 100_000, 149_999 + slot * 100_000);
        }
    }

    @Test
    void the_moments_are_spread_evenly_over_the_slot() {
        long early = LongStream.range(0, 10_000)
                .map(slot -> slots.moment(slot) - 50_000 - slot * 100_000)
                .filter(moment -> moment < 50_000)
                .count();
        assertThat(early).isBetween(4_800L, 5_200L);
    }

    @Test
    void a_slot_that_has_passed_is_not_made_up_for() {
        assertThat(slots.isOver(3, 449_999)).isFalse();
        assertThat(slots.isOver(3, 450_000)).isTrue();
    }

    @Test
    void who_takes_over_begins_with_the_next_whole_slot() {
        assertThat(slots.next(0)).isZero();
        assertThat(slots.next(50_000)).isEqualTo(1);
        assertThat(slots.next(449_999)).isEqualTo(4);
    }
}
