package dev.switchback.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a metric looked like on each side: shown, not judged.
 *
 * @param metric its name
 * @param before the side before
 * @param after the side after
 * @param histogram the response times of both sides over the same edges; empty when there are none
 * @param inputs which inputs got faster; null when the sides did not ask for the same inputs
 */
public record MetricFacts(String metric, SideFacts before, SideFacts after, List<Histogram> histogram, Inputs inputs) {

    public MetricFacts {
        histogram = List.copyOf(histogram);
    }

    /**
     * One side. Quantiles are of successful requests, all of the side together, null when there are none.
     *
     * @param n requests or readings without the warm-up
     * @param failed how many of them failed
     * @param blocks how many blocks
     * @param p50 median response time, ms
     * @param p95 ms
     * @param p99 ms, blocks not respected
     * @param p99Low the lower end of its 95 % interval; null below 1,000 samples: shown without
     * @param p99High the upper end
     * @param errors share of failed requests, with its Wilson interval
     * @param hits share of answers from a cache among those that told, with its Wilson interval
     * @param dbCalls mean database calls a request, null when not told
     */
    public record SideFacts(
            int n,
            int failed,
            int blocks,
            Double p50,
            Double p95,
            Double p99,
            Double p99Low,
            Double p99High,
            Share errors,
            Share hits,
            Double dbCalls) {}

    /**
     * A share with the interval that Wilson gives it.
     *
     * @param part how many
     * @param of of how many
     * @param value part / of
     * @param low the lower end
     * @param high the upper end
     */
    public record Share(int part, int of, double value, double low, double high) {}

    /**
     * Response times of one class, both sides mirrored over the same edges, spaced evenly on a logarithmic scale.
     *
     * @param cache the class; UNKNOWN when nothing told it
     * @param edges in ms, one more than bins
     * @param before how many successful requests fell in each bin
     * @param after the same, after
     */
    public record Histogram(CacheState cache, List<Double> edges, List<Integer> before, List<Integer> after) {

        public Histogram {
            edges = List.copyOf(edges);
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * The same inputs on both sides, each by the median of its response times. Corroborates, does not decide.
     *
     * @param faster how many inputs got faster
     * @param same how many did not change by more than 1 %
     * @param slower how many got slower
     * @param p Wilcoxon's signed rank test on the logarithms of the ratios; null below 5 inputs
     * @param ratios median after / before of each input, null where one side has none
     * @param words "36 of 50 inputs faster"
     */
    public record Inputs(int faster, int same, int slower, Double p, List<Double> ratios, String words) {

        public Inputs {
            ratios = Collections.unmodifiableList(new ArrayList<>(ratios));
        }
    }
}
