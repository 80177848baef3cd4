package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.MetricFacts;
import dev.switchback.verdict.MetricFacts.SideFacts;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Side;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/** What a metric looked like on each side: shown, never judged. */
final class Facts {

    private static final int TAIL = 1_000;

    private Facts() {}

    static MetricFacts of(Measured measured) {
        return new MetricFacts(
                measured.metric().name(),
                side(measured, Side.BEFORE),
                side(measured, Side.AFTER),
                Histograms.of(measured),
                MatchedInputs.of(measured));
    }

    private static SideFacts side(Measured measured, Side side) {
        List<Sitting> sittings = measured.sittings(side);
        List<Sample> all = Measured.all(sittings);
        List<Sample> good = Measured.good(sittings);
        double[] times = good.stream().mapToDouble(Sample::latencyMs).sorted().toArray();
        double[] tail = tail(times, measured.level());
        OptionalDouble calls = good.stream()
                .map(Sample::dbCalls)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .average();
        int readings = sittings.stream().mapToInt(one -> one.readings().size()).sum();
        return new SideFacts(
                all.size() + readings,
                all.size() - good.size(),
                sittings.stream()
                        .mapToInt(one -> measured.blocks(one, all.isEmpty() ? Endpoint.VALUE : Endpoint.ERRORS)
                                .blocks()
                                .size())
                        .sum(),
                quantile(times, 0.5),
                quantile(times, 0.95),
                quantile(times, 0.99),
                tail.length == 0 ? null : tail[0],
                tail.length == 0 ? null : tail[1],
                measured.failed(side),
                hits(measured, side),
                calls.isPresent() ? calls.getAsDouble() : null);
    }

    private static MetricFacts.Share hits(Measured measured, Side side) {
        return measured.mix(side).hitRatio(measured.level());
    }

    private static Double quantile(double[] times, double p) {
        return times.length == 0 ? null : Quantiles.of(times, p);
    }

    /**
     * The interval of the 99th percentile between two of the sorted times (order statistics, normal approximation of the
     * binomial ranks). From 1,000 samples on; blocks are not respected.
     */
    private static double[] tail(double[] sorted, double level) {
        if (sorted.length < TAIL) {
            return new double[0];
        }
        double middle = sorted.length * 0.99;
        double wide = Ranks.z(1 - level / 2) * Math.sqrt(middle * 0.01);
        int low = (int) Math.max(0, Math.floor(middle - wide) - 1);
        int high = (int) Math.min(sorted.length - 1, Math.ceil(middle + wide));
        return new double[] {sorted[low], sorted[high]};
    }
}
