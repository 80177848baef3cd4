package dev.switchback.verdict;

import static dev.switchback.verdict.Story.Sitting.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page draws and lists beside the verdict. */
class FactsTest {

    private static MetricFacts of(Story story) {
        return story.verdict().facts().get(0);
    }

    @Test
    void both_sides_share_the_edges_of_the_histogram_and_no_request_is_lost() {
        MetricFacts facts =
                of(Story.told().before(seeded(1).hits(0.5, 8)).after(seeded(2).hits(0.5, 8)));
        assertThat(facts.histogram())
                .extracting(MetricFacts.Histogram::cache)
                .containsExactly(CacheState.HIT, CacheState.MISS);
        assertThat(facts.histogram())
                .extracting(MetricFacts.Histogram::edges)
                .allMatch(edges -> edges.size() == 25)
                .containsOnly(facts.histogram().get(0).edges());
        assertThat(sum(facts, true)).isEqualTo(1_000);
        assertThat(sum(facts, false)).isEqualTo(1_000);
        assertThat(facts.histogram().get(0).edges()).isSorted();
    }

    private static int sum(MetricFacts facts, boolean before) {
        return facts.histogram().stream()
                .flatMap(one -> (before ? one.before() : one.after()).stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Test
    void one_request_has_a_histogram_too() {
        assertThat(sum(
                        of(Story.told()
                                .before(seeded(1).blocks(1, 1))
                                .after(seeded(2).blocks(0, 0))),
                        true))
                .isEqualTo(1);
    }

    @Test
    void hit_ratios_and_failures_carry_their_wilson_interval() {
        MetricFacts facts = of(Story.told()
                .before(seeded(1).hits(0.7, 8))
                .after(seeded(2).failing(0.1).hits(0.7, 8)));
        assertThat(facts.before().hits().value()).isCloseTo(0.7, within(0.05));
        assertThat(facts.before().hits().low()).isLessThan(facts.before().hits().value());
        assertThat(facts.after().errors().high())
                .isGreaterThan(facts.after().errors().value());
        assertThat(facts.after().failed()).isEqualTo(facts.after().errors().part());
        assertThat(facts.before().blocks()).isEqualTo(20);
    }

    @Test
    void each_input_is_compared_with_itself() {
        MetricFacts facts = of(Story.told().before(seeded(1)).after(seeded(2).median(50)));
        assertThat(facts.inputs().words()).isEqualTo("10 of 10 inputs faster, 0 as before, 0 slower");
        assertThat(facts.inputs().ratios()).hasSize(10);
        assertThat(facts.inputs().p()).isLessThan(0.01);
    }

    @Test
    void p99_has_an_interval_only_from_a_thousand_requests_on() {
        MetricFacts many = of(Story.told().before(seeded(1)).after(seeded(2).blocks(10, 50)));
        assertThat(many.before().p99Low()).isLessThan(many.before().p99());
        assertThat(many.before().p99High()).isGreaterThan(many.before().p99());
        assertThat(many.after().p99()).isNotNull();
        assertThat(many.after().p99Low()).isNull();
    }

    @Test
    void the_blocks_are_told_in_time_order() {
        List<LegBlocks> legs =
                Story.told().before(seeded(1)).after(seeded(2)).of(Endpoint.P50).blocks();
        assertThat(legs).extracting(LegBlocks::leg).containsExactly("before", "after");
        assertThat(legs.get(0).blocks())
                .extracting(LegBlocks.Block::block)
                .isSorted()
                .hasSize(20);
        assertThat(legs.get(0).blocks()).allMatch(block -> block.n() == 50);
    }
}
