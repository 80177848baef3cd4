package dev.switchback.verdict.judge1;

import dev.switchback.verdict.CacheState;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.LegBlocks;
import dev.switchback.verdict.LegBlocks.Block;
import dev.switchback.verdict.Reading;
import dev.switchback.verdict.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The values of blocks. A block, not a request, is one observation: requests close in time share their fate. */
final class Series {

    private static final int MOST = 200;

    private Series() {}

    /** The block values of one sitting, in time order. */
    static LegBlocks of(Measured measured, Sitting sitting, Endpoint endpoint) {
        List<Block> blocks = sitting.requests().isEmpty()
                ? thinned(blocks(sitting.readings(), Reading::block, Series::reading))
                : requests(measured, sitting, endpoint);
        double[] values = blocks.stream().mapToDouble(Block::value).toArray();
        return new LegBlocks(
                sitting.leg().name(), sitting.side(), blocks, values.length == 0 ? null : Quantiles.median(values));
    }

    /** The block values of several sittings of one side, pooled. */
    static double[] values(Measured measured, List<Sitting> sittings, Endpoint endpoint) {
        return sittings.stream()
                .flatMap(sitting -> measured.blocks(sitting, endpoint).blocks().stream())
                .mapToDouble(Block::value)
                .toArray();
    }

    private static List<Block> requests(Measured measured, Sitting sitting, Endpoint endpoint) {
        return switch (endpoint) {
            case P50 -> enough(blocks(measured.ofClass(sitting), Sample::block, all -> quantile(all, 0.5)));
            case P95 -> enough(blocks(measured.ofClass(sitting), Sample::block, all -> quantile(all, 0.95)));
            case ERRORS -> blocks(sitting.requests(), Sample::block, all -> share(all, sample -> !sample.ok()));
            case DB_CALLS -> blocks(calls(measured, sitting), Sample::block, Series::calls);
            case HIT_RATIO ->
                blocks(told(sitting), Sample::block, all -> share(all, sample -> sample.cache() == CacheState.HIT));
            case VALUE -> List.of();
        };
    }

    static List<Sample> calls(Measured measured, Sitting sitting) {
        return measured.ofClass(sitting).stream()
                .filter(sample -> sample.dbCalls() != null)
                .toList();
    }

    private static List<Sample> told(Sitting sitting) {
        return Measured.good(List.of(sitting)).stream()
                .filter(sample -> sample.cache() != null && sample.cache() != CacheState.UNKNOWN)
                .toList();
    }

    private static <T> List<Block> blocks(List<T> all, ToIntFunction<T> block, ToDoubleFunction<List<T>> value) {
        Map<Integer, List<T>> byBlock =
                all.stream().collect(Collectors.groupingBy(block::applyAsInt, TreeMap::new, Collectors.toList()));
        return byBlock.entrySet().stream()
                .map(entry -> new Block(entry.getKey(), entry.getValue().size(), value.applyAsDouble(entry.getValue())))
                .toList();
    }

    /** A block with less than half of the usual number of good answers says too little about its quantile. */
    private static List<Block> enough(List<Block> blocks) {
        double usual = Quantiles.median(blocks.stream().mapToDouble(Block::n).toArray());
        return blocks.stream().filter(block -> block.n() >= usual / 2).toList();
    }

    /** Of thousands of numbers neighbours become one by their median: all pairs of both sides are looked at. */
    private static List<Block> thinned(List<Block> blocks) {
        int together = (blocks.size() + MOST - 1) / MOST;
        return together <= 1
                ? blocks
                : IntStream.iterate(0, from -> from < blocks.size(), from -> from + together)
                        .mapToObj(from -> one(blocks.subList(from, Math.min(blocks.size(), from + together))))
                        .toList();
    }

    private static Block one(List<Block> neighbours) {
        return new Block(
                neighbours.get(0).block(),
                neighbours.stream().mapToInt(Block::n).sum(),
                Quantiles.median(neighbours.stream().mapToDouble(Block::value).toArray()));
    }

    private static double quantile(List<Sample> samples, double p) {
        return Quantiles.of(samples.stream().mapToDouble(Sample::latencyMs).toArray(), p);
    }

    private static double share(List<Sample> samples, Function<Sample, Boolean> of) {
        return (double) samples.stream().filter(of::apply).count() / samples.size();
    }

    private static double calls(List<Sample> samples) {
        return samples.stream().mapToInt(Sample::dbCalls).average().orElse(0);
    }

    private static double reading(List<Reading> readings) {
        return Quantiles.median(readings.stream()
                .sorted(Comparator.comparingDouble(Reading::atMs))
                .mapToDouble(Reading::value)
                .toArray());
    }
}
