package dev.switchback.verdict.judge1;

import dev.switchback.verdict.CacheState;
import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Intent;
import dev.switchback.verdict.Leg;
import dev.switchback.verdict.Metric;
import dev.switchback.verdict.MetricClass;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Samples;
import dev.switchback.verdict.Side;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Hits with hits and misses with misses, where a metric mixes them: explored, because nobody declared it. */
final class Classes {

    private static final Map<Endpoint, Intent> TIMES =
            Map.of(Endpoint.P50, Intent.INFORMATIONAL, Endpoint.P95, Intent.INFORMATIONAL);

    private Classes() {}

    static Stream<Look> apart(Comparison comparison, Measured measured) {
        boolean mixed =
                Stream.of(Side.values()).anyMatch(side -> measured.mix(side).mostly() == Mix.Mostly.MIXED);
        return mixed
                ? Stream.of(MetricClass.WARM, MetricClass.COLD)
                        .flatMap(metricClass -> looks(comparison, measured, metricClass))
                : Stream.empty();
    }

    private static Stream<Look> looks(Comparison comparison, Measured measured, MetricClass metricClass) {
        List<Leg> legs = comparison.legs().stream()
                .map(leg -> only(leg, measured.metric().name(), metricClass))
                .toList();
        var part = new Measured(
                metric(measured.metric(), metricClass), legs, comparison.interleaved(), comparison.level());
        return Stream.of(Endpoint.P50, Endpoint.P95)
                .map(endpoint -> new Look(comparison, part, endpoint, Intent.INFORMATIONAL))
                .filter(look -> look.measured().bothSides())
                .filter(look -> Enough.of(look).missing().isEmpty());
    }

    private static Metric metric(Metric of, MetricClass metricClass) {
        return new Metric(
                of.name(),
                metricClass,
                of.higherIsBetter(),
                of.unit(),
                false,
                of.imported(),
                TIMES,
                of.thresholds(),
                of.secondsPerBlock());
    }

    private static Leg only(Leg leg, String metric, MetricClass metricClass) {
        Predicate<Sample> hit = sample -> sample.cache() == CacheState.HIT;
        Predicate<Sample> fresh = sample -> sample.cache() == CacheState.MISS || sample.cache() == CacheState.BYPASS;
        Samples all = leg.samples(metric);
        var some = new Samples(
                metric,
                all.conditions(),
                all.requests().stream()
                        .filter(metricClass == MetricClass.WARM ? hit : fresh)
                        .toList(),
                List.of(),
                all.plannedRate(),
                all.achievedRate());
        return new Leg(
                leg.name(),
                leg.side(),
                leg.fromMs(),
                leg.toMs(),
                leg.interrupted(),
                leg.conditions(),
                leg.otherChanges(),
                leg.load(),
                List.of(some));
    }
}
