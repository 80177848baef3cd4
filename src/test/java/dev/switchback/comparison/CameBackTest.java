package dev.switchback.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.comparison.VerdictView.Details;
import dev.switchback.comparison.VerdictView.MetricView;
import dev.switchback.verdict.LegBlocks;
import dev.switchback.verdict.LegBlocks.Block;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameBackTest {

    private static LegBlocks leg(String name, Side side, double around) {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < 10; i++) {
            blocks.add(new Block(i, 50, around * (1 + (i - 4.5) / 200)));
        }
        double[] values = blocks.stream().mapToDouble(Block::value).sorted().toArray();
        return new LegBlocks(name, side, blocks, (values[4] + values[5]) / 2);
    }

    private static MetricView metric(String verdict, String intent, double... medians) {
        Side[] sides = {Side.BEFORE, Side.AFTER, Side.BEFORE, Side.AFTER};
        List<LegBlocks> legs = new ArrayList<>();
        for (int i = 0; i < medians.length; i++) {
            legs.add(leg("leg " + i, sides[i], medians[i]));
        }
        Double none = null;
        return new MetricView(
                "product-list",
                "warm",
                "p50",
                verdict,
                "INC_REVERSAL",
                11,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                intent,
                null,
                "",
                "ms",
                "ratio",
                none,
                0.10,
                none,
                null,
                null,
                none,
                true,
                List.of(),
                new Details(legs, null));
    }

    private static MetricView measured(double... medians) {
        return metric("inconclusive", "improve 20%", medians);
    }

    @Test
    void a_metric_that_stayed_after_the_way_back_is_told_with_its_numbers() {
        assertThat(CameBack.against(measured(40, 20, 20.3, 20)))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("product-list p50 did not come back with the way back: 40 ms before, 20 ms after,"
                                + " still 20 ms"));
    }

    @Test
    void a_metric_that_came_back_is_fine_also_when_it_had_got_worse() {
        assertThat(CameBack.against(measured(40, 20, 40.5, 20))).isEmpty();
        assertThat(CameBack.against(measured(20, 40, 21, 40))).isEmpty();
    }

    @Test
    void one_that_came_back_half_way_says_nothing_for_sure() {
        assertThat(CameBack.against(measured(40, 20, 30, 20))).isEmpty();
    }

    @Test
    void what_the_change_did_not_move_is_not_asked() {
        assertThat(CameBack.against(measured(40, 39, 39, 39))).isEmpty();
    }

    @Test
    void what_could_not_be_compared_or_only_informs_proves_nothing() {
        assertThat(CameBack.against(metric("not-comparable", "keep", 40, 20, 20, 20)))
                .isEmpty();
        assertThat(CameBack.against(metric("inconclusive", "informational", 40, 20, 20, 20)))
                .isEmpty();
    }

    @Test
    void without_a_way_back_there_is_nothing_to_come_back() {
        assertThat(CameBack.against(measured(40, 20))).isEmpty();
    }
}
