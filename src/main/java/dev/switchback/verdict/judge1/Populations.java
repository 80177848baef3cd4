package dev.switchback.verdict.judge1;

import java.util.Arrays;

/**
 * Whether times look like two populations, hits and misses. The logarithms are split in two where the sum of squares
 * within both parts is smallest (exact 1-D 2-means: of sorted values only the places between them need to be tried), each
 * part at least a tenth. The distance of the parts is Ashman's D (1994): |m1 - m2| / sqrt((s1^2 + s2^2) / 2). His limit
 * of 2 is useless here, as splitting a single normal population already gives 2.65; from 3.5 on it is flagged. A flag
 * means mixed; no flag proves nothing (hits only twice as fast are never seen).
 *
 * @param distance D; 0 when there is too little to split
 * @param smaller the share of the smaller part
 */
record Populations(double distance, double smaller) {

    static final double FLAGGED = 3.5;
    private static final double SMALLEST = 0.1;
    private static final int FEWEST = 20;

    /** Splits times. */
    static Populations of(double[] times) {
        double[] logarithms = Shift.logarithms(times);
        if (logarithms.length < FEWEST) {
            return new Populations(0, 0);
        }
        Arrays.sort(logarithms);
        int n = logarithms.length;
        var sums = new double[n + 1];
        var squares = new double[n + 1];
        double middle = logarithms[n / 2];
        for (int i = 0; i < n; i++) {
            double value = logarithms[i] - middle;
            sums[i + 1] = sums[i] + value;
            squares[i + 1] = squares[i] + value * value;
        }
        int fewest = Math.max(2, (int) Math.ceil(n * SMALLEST));
        int best = fewest;
        double smallest = Double.POSITIVE_INFINITY;
        for (int cut = fewest; cut <= n - fewest; cut++) {
            double within = spread(sums, squares, 0, cut) + spread(sums, squares, cut, n);
            if (within < smallest) {
                smallest = within;
                best = cut;
            }
        }
        return apart(sums, squares, best);
    }

    private static double spread(double[] sums, double[] squares, int from, int to) {
        double sum = sums[to] - sums[from];
        return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
    }

    private static Populations apart(double[] sums, double[] squares, int cut) {
        int n = sums.length - 1;
        double lower = sums[cut] / cut;
        double upper = (sums[n] - sums[cut]) / (n - cut);
        double variances = spread(sums, squares, 0, cut) / (cut - 1) + spread(sums, squares, cut, n) / (n - cut - 1);
        double distance = Math.abs(upper - lower) / Math.sqrt(Math.max(variances / 2, 1e-12));
        return new Populations(distance, (double) Math.min(cut, n - cut) / n);
    }

    boolean two() {
        return distance >= FLAGGED;
    }
}
