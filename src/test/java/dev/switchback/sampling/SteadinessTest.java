package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.verdict.CacheState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class SteadinessTest {

    private static List<Taken> blocks(int count, IntToLongFunction millis) {
        var taken = new ArrayList<Taken>();
        for (int block = 0; block < count; block++) {
            for (int seq = 0; seq < 20; seq++) {
                taken.add(request(block, seq, millis.applyAsLong(block) * 1000 + seq * 10 + block, null));
            }
        }
        return taken;
    }

    private static Taken request(int block, int seq, long us, String errorKind) {
        return new Taken(
                block,
                seq,
                -1,
                0,
                0,
                us,
                us,
                200,
                errorKind,
                0,
                true,
                null,
                CacheState.UNKNOWN,
                "unknown",
                null,
                null,
                null,
                null,
                false,
                false,
                null);
    }

    @Test
    void blocks_that_stay_alike_are_steady() {
        assertThat(Steadiness.of(blocks(20, block -> 100), 0, 0.05))
                .hasValueSatisfying(steady -> assertThat(steady.holds()).isTrue());
    }

    @Test
    void blocks_that_get_faster_all_the_time_are_not_steady() {
        var steady =
                Steadiness.of(blocks(20, block -> 200 - 5 * block), 0, 0.05).orElseThrow();
        assertThat(steady.holds()).isFalse();
        assertThat(steady.firstMedianMs()).isGreaterThan(steady.lastMedianMs());
        assertThat(steady.p()).isLessThan(0.05);
    }

    @Test
    void a_sure_but_small_difference_is_steady() {
        assertThat(Steadiness.of(blocks(20, block -> block < 10 ? 100 : 102), 0, 0.05)
                        .orElseThrow()
                        .holds())
                .isTrue();
    }

    @Test
    void the_beginning_may_be_left_out() {
        var taken = blocks(30, block -> block < 10 ? 300 - 15 * block : 100);
        assertThat(Steadiness.of(taken, 0, 0.05).orElseThrow().holds()).isFalse();
        assertThat(Steadiness.of(taken, 10, 0.05).orElseThrow().holds()).isTrue();
    }

    @Test
    void fewer_than_ten_blocks_or_none_that_answered_say_nothing() {
        assertThat(Steadiness.of(blocks(9, block -> 100), 0, 0.05)).isEmpty();
        var failing = blocks(20, block -> 100).stream()
                .map(each -> request(each.block(), each.seq(), each.doneUs(), "refused"))
                .toList();
        assertThat(Steadiness.of(failing, 0, 0.05)).isEmpty();
    }
}
