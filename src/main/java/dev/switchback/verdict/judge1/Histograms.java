package dev.switchback.verdict.judge1;

import dev.switchback.verdict.CacheState;
import dev.switchback.verdict.MetricFacts.Histogram;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Response times of each class, both sides over the same edges, so that the two can be mirrored. */
final class Histograms {

    private static final int BINS = 24;

    private Histograms() {}

    static List<Histogram> of(Measured measured) {
        List<Sample> before = Measured.good(measured.sittings(Side.BEFORE));
        List<Sample> after = Measured.good(measured.sittings(Side.AFTER));
        double[] all = Stream.concat(before.stream(), after.stream())
                .mapToDouble(Histograms::time)
                .sorted()
                .toArray();
        if (all.length == 0) {
            return List.of();
        }
        double[] edges = edges(all[0], all[all.length - 1]);
        return Arrays.stream(CacheState.values())
                .map(state -> histogram(state, edges, only(before, state), only(after, state)))
                .filter(histogram -> sum(histogram.before()) + sum(histogram.after()) > 0)
                .toList();
    }

    private static double[] edges(double low, double high) {
        double from = Math.log(low);
        double wide = Math.max(Math.log(high) - from, 1e-3) / BINS;
        return IntStream.rangeClosed(0, BINS)
                .mapToDouble(i -> i == 0 ? low : i == BINS ? Math.max(high, low * 1.001) : Math.exp(from + i * wide))
                .toArray();
    }

    private static double time(Sample sample) {
        return Math.max(sample.latencyMs(), 0.01);
    }

    private static double[] only(List<Sample> samples, CacheState state) {
        return samples.stream()
                .filter(sample -> Objects.requireNonNullElse(sample.cache(), CacheState.UNKNOWN) == state)
                .mapToDouble(Histograms::time)
                .toArray();
    }

    private static Histogram histogram(CacheState state, double[] edges, double[] before, double[] after) {
        return new Histogram(
                state, DoubleStream.of(edges).boxed().toList(), counts(edges, before), counts(edges, after));
    }

    private static List<Integer> counts(double[] edges, double[] times) {
        var counts = new int[BINS];
        for (double time : times) {
            int found = Arrays.binarySearch(edges, time);
            int bin = found >= 0 ? found : -found - 2;
            counts[Math.max(0, Math.min(BINS - 1, bin))]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
