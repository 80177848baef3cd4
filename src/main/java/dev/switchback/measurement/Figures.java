package dev.switchback.measurement;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * What a metric came to, for lists and pages; a judge looks at the samples themselves. Samples of the warm-up count for
 * nothing.
 *
 * @param n how many were kept, the failed ones among them
 * @param failed how many of them failed
 * @param late how many of them were sent late by our own fault
 * @param blocks in how many blocks they were taken
 * @param p50 the median (Hyndman and Fan's method 8) of those that did not fail and may stand for the class; null when
 *     there are none
 * @param p95 the same for 95 of 100
 * @param p99 the same for 99 of 100
 * @param hitRatio hits among the hits and misses, 0 to 1; null when no cache state is known
 * @param dbCalls database calls a request, on average over those that say so; null when none does
 */
public record Figures(
        int n, int failed, int late, int blocks, Double p50, Double p95, Double p99, Double hitRatio, Double dbCalls) {

    private static final Quantile HF8 = Quantile.withDefaults().with(EstimationMethod.HF8);

    /** The quantile of values in any order; NaN when there are none. */
    static double quantile(double[] values, double p) {
        return HF8.evaluate(values, p);
    }

    /** Counts as samples come; memory grows by one number a sample. Not safe for use by several threads. */
    static final class Counting {

        private final String metricClass;
        private final int keptFrom;
        private final Set<Integer> blocks = new HashSet<>();
        private double[] values = new double[1024];
        private int measured;
        private int n;
        private int failed;
        private int late;
        private int hits;
        private int misses;
        private int counted;
        private long calls;

        /** All blocks of a metric of this class. */
        Counting(String metricClass) {
            this(metricClass, 0);
        }

        /**
         * @param metricClass warm, cold or any
         * @param keptFrom the first block that counts; those before it belong to the warm-up after all
         */
        Counting(String metricClass, int keptFrom) {
            this.metricClass = metricClass;
            this.keptFrom = keptFrom;
        }

        /** One more. */
        void add(StoredSample sample) {
            if (sample.warmUp() || sample.block() < keptFrom) {
                return;
            }
            n++;
            blocks.add(sample.block());
            late += sample.late() ? 1 : 0;
            failed += sample.ok() ? 0 : 1;
            if (sample.ok()) {
                succeeded(sample);
            }
        }

        private void succeeded(StoredSample sample) {
            hits += sample.isHit() ? 1 : 0;
            misses += sample.isMiss() ? 1 : 0;
            if (sample.dbCalls() != null) {
                counted++;
                calls += sample.dbCalls();
            }
            if (sample.belongsTo(metricClass)) {
                values = measured < values.length ? values : Arrays.copyOf(values, 2 * measured);
                values[measured++] = sample.measured();
            }
        }

        /** What it has come to so far. */
        Figures figures() {
            double[] all = Arrays.copyOf(values, measured);
            double[] at = measured == 0 ? new double[0] : HF8.evaluate(all, 0.5, 0.95, 0.99);
            return new Figures(
                    n,
                    failed,
                    late,
                    blocks.size(),
                    measured == 0 ? null : at[0],
                    measured == 0 ? null : at[1],
                    measured == 0 ? null : at[2],
                    hits + misses == 0 ? null : (double) hits / (hits + misses),
                    counted == 0 ? null : (double) calls / counted);
        }
    }
}
