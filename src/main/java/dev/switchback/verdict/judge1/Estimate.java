package dev.switchback.verdict.judge1;

import dev.switchback.verdict.CacheState;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.MetricFacts.Share;
import dev.switchback.verdict.Numbers.Scale;
import dev.switchback.verdict.Sample;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How two groups of sittings differ in one endpoint.
 *
 * @param scale how the change is expressed
 * @param before the value of the first group
 * @param after the value of the second
 * @param shift the change with its interval; logarithms when the scale is a ratio
 * @param limit the smallest change that matters, on the scale of {@code shift}
 * @param p how often chance alone does this; null when it is exact
 * @param effect how often a block of the second group is smaller than one of the first; null for shares
 * @param visible the smallest change that would have been seen, on the scale of {@code shift}
 * @param power what more blocks would do; null for shares and exact numbers
 */
record Estimate(
        Scale scale,
        double before,
        double after,
        Shift shift,
        double limit,
        Double p,
        Double effect,
        double visible,
        Power power) {

    /** What rounding may take away from a change that is exactly as large as the limit. */
    private static final double ROUNDING = 1e-12;

    /** Null when one of the groups has nothing to compare. */
    static Estimate of(Measured measured, Endpoint endpoint, List<Sitting> before, List<Sitting> after) {
        if (endpoint.share()) {
            return shares(measured, endpoint, share(measured, endpoint, before), share(measured, endpoint, after));
        }
        if (endpoint == Endpoint.DB_CALLS && measured.requests()) {
            Integer one = constant(measured, before);
            Integer other = constant(measured, after);
            if (one != null && other != null) {
                return exact(one, other);
            }
        }
        double[] x = Series.values(measured, before, endpoint);
        double[] y = Series.values(measured, after, endpoint);
        if (x.length == 0 || y.length == 0) {
            return null;
        }
        boolean ratio = endpoint.time() || endpoint == Endpoint.VALUE && positive(x, y);
        return ratio ? ratio(measured, endpoint, x, y) : difference(measured, endpoint, x, y);
    }

    private static Estimate shares(Measured measured, Endpoint endpoint, Share before, Share after) {
        if (before == null || after == null) {
            return null;
        }
        Shift shift = Shares.difference(before, after);
        return new Estimate(
                Scale.POINTS,
                before.value(),
                after.value(),
                shift,
                measured.metric().threshold(endpoint),
                Shares.p(before, after),
                null,
                (shift.high() - shift.low()) / 2,
                null);
    }

    static Share share(Measured measured, Endpoint endpoint, List<Sitting> sittings) {
        if (endpoint == Endpoint.ERRORS) {
            return measured.failed(sittings);
        }
        List<CacheState> told = Measured.good(sittings).stream()
                .map(Sample::cache)
                .filter(state -> state != null && state != CacheState.UNKNOWN)
                .toList();
        int hits = (int) told.stream().filter(CacheState.HIT::equals).count();
        return Shares.of(hits, told.size(), measured.level());
    }

    /** The number of calls when every request took the same; null when they differ or none told. */
    private static Integer constant(Measured measured, List<Sitting> sittings) {
        List<Integer> calls = sittings.stream()
                .flatMap(sitting -> Series.calls(measured, sitting).stream())
                .map(Sample::dbCalls)
                .distinct()
                .limit(2)
                .toList();
        return calls.size() == 1 ? calls.get(0) : null;
    }

    private static Estimate exact(int before, int after) {
        double change = after - before;
        return new Estimate(
                Scale.EXACT,
                before,
                after,
                new Shift(change, change, change),
                Math.ulp(1.0),
                null,
                change < 0 ? 1.0 : change > 0 ? 0 : 0.5,
                0,
                null);
    }

    private static boolean positive(double[] x, double[] y) {
        return Stream.of(x, y).flatMapToDouble(DoubleStream::of).allMatch(value -> value > 0);
    }

    private static Estimate ratio(Measured measured, Endpoint endpoint, double[] x, double[] y) {
        double before = Quantiles.median(x);
        double after = Quantiles.median(y);
        double threshold = Math.max(
                measured.metric().threshold(endpoint), endpoint.floor() / Math.max(Math.min(before, after), 1e-6));
        double[] lnX = Shift.logarithms(x);
        double[] lnY = Shift.logarithms(y);
        return blocks(measured, Scale.RATIO, before, after, lnX, lnY, Math.log1p(threshold));
    }

    private static Estimate difference(Measured measured, Endpoint endpoint, double[] x, double[] y) {
        double before = Quantiles.median(x);
        double after = Quantiles.median(y);
        double relative = measured.metric().threshold(endpoint) * Math.min(Math.abs(before), Math.abs(after));
        double limit = Math.max(Math.max(relative, endpoint.floor()), Math.ulp(1.0));
        return blocks(measured, Scale.DIFFERENCE, before, after, x, y, limit);
    }

    private static Estimate blocks(
            Measured measured, Scale scale, double before, double after, double[] x, double[] y, double limit) {
        Power power = Power.of(x, y, measured.level());
        return new Estimate(
                scale,
                before,
                after,
                Shift.difference(x, y, measured.level()),
                limit,
                Ranks.p(x, y),
                Ranks.smallerAfter(x, y),
                power.smallestVisible(x.length, y.length),
                power);
    }

    /** The change as the API tells it: a ratio less one, a difference of shares, or of values. */
    double told(double onScale) {
        return scale == Scale.RATIO ? Math.expm1(onScale) : onScale;
    }

    /** Whether the change reaches the limit upwards ({@code sign} 1) or downwards (-1). */
    boolean reaches(int sign) {
        return sign * shift.estimate() >= limit * (1 - ROUNDING);
    }

    boolean noneAsLarge() {
        return shift.within(limit);
    }

    boolean excludesNothing() {
        return shift.low() > 0 || shift.high() < 0;
    }
}
