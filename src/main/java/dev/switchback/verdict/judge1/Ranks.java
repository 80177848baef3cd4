package dev.switchback.verdict.judge1;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** The rank test of Mann and Whitney (1947), its null distribution, and the effect size that goes with it. */
final class Ranks {

    /** Above this product of the sizes the null distribution is taken as normal. */
    private static final long EXACT = 40_000;

    private Ranks() {}

    /**
     * Two-sided p: how often chance alone makes the two orders at least so different. Exact while there are no ties and at
     * most 50 values a side, else normal, corrected for ties and continuity. 1 when all values are equal.
     */
    static double p(double[] before, double[] after) {
        double first = before[0];
        boolean allEqual = Arrays.stream(before).allMatch(value -> value == first)
                && Arrays.stream(after).allMatch(value -> value == first);
        return allEqual
                ? 1
                : MannWhitneyUTest.withDefaults().test(before, after).getPValue();
    }

    /**
     * How often a value after is smaller than a value before, ties counting half: A of Vargha and Delaney (2000). 0.5 is
     * nothing, 0.71 large.
     */
    static double smallerAfter(double[] before, double[] after) {
        double count = 0;
        for (double x : before) {
            for (double y : after) {
                count += y < x ? 1 : y == x ? 0.5 : 0;
            }
        }
        return count / ((double) before.length * after.length);
    }

    /**
     * The largest k such that P(U &lt;= k-1) &lt;= alpha/2 when nothing changed: the k-th smallest and the k-th largest
     * difference bound the interval. 0 when the sides are too small for an interval.
     */
    static int k(int before, int after, double alpha) {
        return (long) before * after > EXACT ? normalK(before, after, alpha) : exactK(before, after, alpha);
    }

    private static int exactK(int before, int after, double alpha) {
        double[] orders = orders(before, after);
        double all = Arrays.stream(orders).sum();
        double sum = 0;
        int k = 0;
        while (k < orders.length && (sum + orders[k]) / all <= alpha / 2) {
            sum += orders[k];
            k++;
        }
        return k;
    }

    /**
     * In how many orders of the values U is 0, 1, 2, …: the coefficients of the product over i of (1 - q^(n+i)) / (1 -
     * q^i) (Mann and Whitney 1947; Harding 1984).
     */
    private static double[] orders(int m, int n) {
        var counts = new double[m * n + 1];
        counts[0] = 1;
        for (int i = 1; i <= m; i++) {
            for (int u = counts.length - 1; u >= n + i; u--) {
                counts[u] -= counts[u - n - i];
            }
            for (int u = i; u < counts.length; u++) {
                counts[u] += counts[u - i];
            }
        }
        return counts;
    }

    private static int normalK(int m, int n, double alpha) {
        double sd = Math.sqrt((double) m * n * (m + n + 1) / 12);
        return (int) Math.floor((double) m * n / 2 - z(1 - alpha / 2) * sd + 0.5);
    }

    /** The standard normal quantile. */
    static double z(double p) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(p);
    }
}
