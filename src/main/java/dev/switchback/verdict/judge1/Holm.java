package dev.switchback.verdict.judge1;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction for several looks (1979): sorted, the j-th smallest of m is multiplied by m-j+1, and none becomes
 * smaller than the one before it.
 */
final class Holm {

    private Holm() {}

    /** The corrected values, in the order of the given ones. */
    static double[] adjust(double... p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        var adjusted = new double[p.length];
        double largest = 0;
        for (int j = 0; j < p.length; j++) {
            largest = Math.max(largest, Math.min(1, (p.length - j) * p[ascending[j]]));
            adjusted[ascending[j]] = largest;
        }
        return adjusted;
    }
}
