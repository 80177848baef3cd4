package dev.switchback.verdict.judge1;

import dev.switchback.verdict.MetricFacts.Inputs;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Each input against itself: the ratio of its median times, and the signed rank test of Wilcoxon (1945) on their
 * logarithms. It corroborates and decides nothing.
 */
final class MatchedInputs {

    private static final double SAME = 0.01;
    private static final int FEWEST = 5;

    private MatchedInputs() {}

    /** Null when fewer than two inputs were asked for on both sides. */
    static Inputs of(Measured measured) {
        Map<Integer, Double> before = medians(measured, Side.BEFORE);
        Map<Integer, Double> after = medians(measured, Side.AFTER);
        int inputs = before.keySet().stream().mapToInt(i -> i + 1).max().orElse(0);
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < inputs; i++) {
            boolean both = before.containsKey(i) && after.containsKey(i);
            ratios.add(both ? Double.valueOf(after.get(i) / before.get(i)) : null);
        }
        List<Double> told = ratios.stream().filter(Objects::nonNull).toList();
        return told.size() < 2 ? null : inputs(ratios, told);
    }

    private static Map<Integer, Double> medians(Measured measured, Side side) {
        Map<Integer, List<Sample>> byInput = measured.sittings(side).stream()
                .flatMap(sitting -> measured.ofClass(sitting).stream())
                .filter(sample -> sample.input() >= 0)
                .collect(Collectors.groupingBy(Sample::input, TreeMap::new, Collectors.toList()));
        var medians = new TreeMap<Integer, Double>();
        byInput.forEach((input, samples) -> medians.put(
                input,
                Math.max(
                        1e-6,
                        Quantiles.median(
                                samples.stream().mapToDouble(Sample::latencyMs).toArray()))));
        return medians;
    }

    private static Inputs inputs(List<Double> ratios, List<Double> told) {
        int faster = (int) told.stream().filter(ratio -> ratio < 1 - SAME).count();
        int slower = (int) told.stream().filter(ratio -> ratio > 1 + SAME).count();
        return new Inputs(faster, told.size() - faster - slower, slower, p(told), ratios, words(faster, slower, told));
    }

    private static String words(int faster, int slower, List<Double> told) {
        double worst = told.stream().max(Comparator.naturalOrder()).orElseThrow();
        String slowest = worst > 1 + SAME ? "; the slowest by " + Figures.percent(worst - 1) + " %" : "";
        return faster + " of " + told.size() + " inputs faster, " + (told.size() - faster - slower) + " as before, "
                + slower + " slower" + slowest;
    }

    private static Double p(List<Double> told) {
        double[] logarithms =
                told.stream().mapToDouble(Math::log).filter(value -> value != 0).toArray();
        return logarithms.length < FEWEST
                ? null
                : WilcoxonSignedRankTest.withDefaults().test(logarithms).getPValue();
    }
}
