package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Leg;
import dev.switchback.verdict.LegBlocks;
import dev.switchback.verdict.Metric;
import dev.switchback.verdict.MetricFacts.Share;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Side;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One metric on both sides, ready to be looked at: interrupted legs and warm-up left out, classes told apart. Not safe for
 * use by several threads: it remembers what was computed.
 */
final class Measured {

    private final Metric metric;
    private final double level;
    private final List<Sitting> sittings;
    private final Design design;
    private final Map<Side, Mix> mixes = new EnumMap<>(Side.class);
    private final Map<Sitting, List<Sample>> classes = new IdentityHashMap<>();
    private final Map<Sitting, Map<Endpoint, LegBlocks>> series = new IdentityHashMap<>();

    Measured(Metric metric, List<Leg> legs, boolean interleaved, double level) {
        this.metric = metric;
        this.level = level;
        this.sittings = legs.stream()
                .filter(leg -> !leg.interrupted())
                .map(leg -> Sitting.of(leg, metric.name()))
                .filter(sitting -> !sitting.isEmpty())
                .toList();
        this.design = Design.of(sittings, interleaved);
        for (Side side : Side.values()) {
            mixes.put(side, Mix.of(good(sittings(side))));
        }
    }

    static Measured of(Metric metric, Comparison comparison) {
        return new Measured(metric, comparison.legs(), comparison.interleaved(), comparison.level());
    }

    Metric metric() {
        return metric;
    }

    double level() {
        return level;
    }

    Design design() {
        return design;
    }

    List<Sitting> sittings() {
        return sittings;
    }

    List<Sitting> sittings(Side side) {
        return sittings.stream().filter(sitting -> sitting.side() == side).toList();
    }

    /** Whether it sends requests; otherwise it reads numbers. */
    boolean requests() {
        return sittings.stream().anyMatch(sitting -> !sitting.requests().isEmpty());
    }

    boolean bothSides() {
        return !sittings(Side.BEFORE).isEmpty() && !sittings(Side.AFTER).isEmpty();
    }

    Mix mix(Side side) {
        return mixes.get(side);
    }

    /** The good answers of the class: the few of the other class are left out where one class is nearly all. */
    List<Sample> ofClass(Sitting sitting) {
        Mix mix = mix(sitting.side());
        return classes.computeIfAbsent(
                sitting, of -> good(List.of(of)).stream().filter(mix::belongs).toList());
    }

    /** The block values of a sitting. */
    LegBlocks blocks(Sitting sitting, Endpoint endpoint) {
        Map<Endpoint, LegBlocks> known = series.computeIfAbsent(sitting, of -> new EnumMap<>(Endpoint.class));
        LegBlocks blocks = known.get(endpoint);
        if (blocks == null) {
            blocks = Series.of(this, sitting, endpoint);
            known.put(endpoint, blocks);
        }
        return blocks;
    }

    static List<Sample> good(List<Sitting> sittings) {
        return all(sittings).stream().filter(Sample::ok).toList();
    }

    static List<Sample> all(List<Sitting> sittings) {
        return sittings.stream().flatMap(sitting -> sitting.requests().stream()).toList();
    }

    /** The share of failed requests; null when there are none. */
    Share failed(Side side) {
        return failed(sittings(side));
    }

    Share failed(List<Sitting> sittings) {
        int all = all(sittings).size();
        return Shares.of(all - good(sittings).size(), all, level);
    }
}
