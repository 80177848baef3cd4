package dev.switchback.verdict.judge1;

import java.util.Arrays;

/**
 * The change between two sides by Hodges and Lehmann (1963): the median of all differences after minus before. Its
 * interval are the k-th smallest and k-th largest difference (Moses 1965), exact for any distribution. No seed, no
 * resampling: anybody can recompute it.
 *
 * @param estimate the change
 * @param low the lower end of the interval, minus infinity when there are too few values for one
 * @param high the upper end
 */
record Shift(double estimate, double low, double high) {

    /** In the unit of the values. */
    static Shift difference(double[] before, double[] after, double alpha) {
        var differences = new double[before.length * after.length];
        int i = 0;
        for (double x : before) {
            for (double y : after) {
                differences[i++] = y - x;
            }
        }
        Arrays.sort(differences);
        int k = Ranks.k(before.length, after.length, alpha);
        return new Shift(
                middle(differences),
                k < 1 ? Double.NEGATIVE_INFINITY : differences[k - 1],
                k < 1 ? Double.POSITIVE_INFINITY : differences[differences.length - k]);
    }

    /** Of logarithms: its exponential is the ratio after / before. */
    static Shift ratio(double[] before, double[] after, double alpha) {
        return difference(logarithms(before), logarithms(after), alpha);
    }

    /** Nothing is faster than a nanosecond: zeros have no logarithm. */
    static double[] logarithms(double[] values) {
        return Arrays.stream(values)
                .map(value -> Math.log(Math.max(value, 1e-6)))
                .toArray();
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Whether the whole interval lies within plus or minus {@code limit}. */
    boolean within(double limit) {
        return low > -limit && high < limit;
    }
}
