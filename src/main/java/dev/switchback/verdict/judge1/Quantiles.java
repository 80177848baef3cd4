package dev.switchback.verdict.judge1;

import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * Quantiles by the eighth method of Hyndman and Fan (1996, "Sample quantiles in statistical packages"): approximately
 * median-unbiased whatever the distribution. It is used everywhere, so that no two numbers differ by the method.
 */
final class Quantiles {

    private static final Quantile HF8 =
            Quantile.withDefaults().with(EstimationMethod.HF8).withCopy(true);

    private Quantiles() {}

    /** The quantile {@code p} (0 to 1); NaN of nothing. */
    static double of(double[] values, double p) {
        return values.length == 0 ? Double.NaN : HF8.evaluate(values, p);
    }

    static double median(double[] values) {
        return of(values, 0.5);
    }
}
