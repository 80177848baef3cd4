package dev.switchback.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Whether the first five blocks and the last five are alike: their medians differ by less than half of what matters, or
 * the exact Mann–Whitney test cannot tell them apart (p above 0.05). Pure.
 *
 * @param firstMedianMs median of the first five block medians
 * @param lastMedianMs and of the last five
 * @param p of the test
 * @param holds whether they are alike
 */
record Steadiness(double firstMedianMs, double lastMedianMs, double p, boolean holds) {

    private static final int COMPARED = 5;
    private static final double LEVEL = 0.05;

    /**
     * Looks at the blocks from one on; failed requests and the warm-up left out.
     *
     * @param limit the difference that is too much: 0.05 is 5 %
     * @return empty when there are fewer than ten blocks with good answers
     */
    static Optional<Steadiness> of(List<Taken> taken, int keptFrom, double limit) {
        Map<Integer, List<Taken>> blocks = taken.stream()
                .filter(each -> each.ok() && !each.warmUp() && each.block() >= keptFrom)
                .collect(Collectors.groupingBy(Taken::block, TreeMap::new, Collectors.toList()));
        double[] medians = blocks.values().stream()
                .mapToDouble(block -> median(block.stream()
                        .mapToDouble(each -> each.responseUs() / 1000.0)
                        .toArray()))
                .toArray();
        if (medians.length < 2 * COMPARED) {
            return Optional.empty();
        }
        double[] first = Arrays.copyOf(medians, COMPARED);
        double[] last = Arrays.copyOfRange(medians, medians.length - COMPARED, medians.length);
        double p = MannWhitneyUTest.withDefaults().test(first, last).getPValue();
        double change = Math.abs(Math.log(median(last) / median(first)));
        return Optional.of(new Steadiness(median(first), median(last), p, change < Math.log1p(limit) || p > LEVEL));
    }

    private static double median(double[] values) {
        return Median.withDefaults().evaluate(values);
    }

    SittingFacts.Steady facts(double limit, boolean extended, int keptFrom) {
        return new SittingFacts.Steady(holds, firstMedianMs, lastMedianMs, p, limit, extended, keptFrom);
    }
}
