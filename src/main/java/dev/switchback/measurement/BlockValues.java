package dev.switchback.measurement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The median of each block in the order of time, hits and misses apart. Samples of the warm-up and those that failed are
 * left out. Collects as samples come; not safe for use by several threads.
 */
final class BlockValues {

    /** What the answers of a series have in common. */
    enum Kind {
        ALL("all"),
        WARM("warm, from a cache"),
        COLD("cold, made afresh");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** The median of a block. */
    record Point(int block, double median) {}

    /**
     * Points of one kind.
     *
     * @param median the median of all its samples
     */
    record Series(Kind kind, List<Point> points, double median) {}

    private final int keptFrom;
    private final Map<Kind, TreeMap<Integer, List<Double>>> values = new EnumMap<>(Kind.class);
    private int failed;

    /** @param keptFrom the first block that counts */
    BlockValues(int keptFrom) {
        this.keptFrom = keptFrom;
    }

    void add(StoredSample sample) {
        if (sample.warmUp() || sample.block() < keptFrom) {
            return;
        }
        if (!sample.ok()) {
            failed++;
            return;
        }
        Kind kind = sample.isHit() ? Kind.WARM : sample.isMiss() ? Kind.COLD : Kind.ALL;
        values.computeIfAbsent(kind, each -> new TreeMap<>())
                .computeIfAbsent(sample.block(), each -> new ArrayList<>())
                .add(sample.measured());
    }

    /** How many failed. */
    int failed() {
        return failed;
    }

    /** One series for each kind; what did not tell its cache state stands alone or not at all. */
    List<Series> series() {
        return values.entrySet().stream()
                .filter(each -> each.getKey() != Kind.ALL || values.size() == 1)
                .map(each -> series(each.getKey(), each.getValue()))
                .toList();
    }

    private static Series series(Kind kind, TreeMap<Integer, List<Double>> blocks) {
        var points = new ArrayList<Point>();
        var all = new ArrayList<Double>();
        blocks.forEach((block, samples) -> {
            points.add(new Point(block, median(samples)));
            all.addAll(samples);
        });
        return new Series(kind, points, median(all));
    }

    private static double median(List<Double> samples) {
        return Figures.quantile(
                samples.stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
    }
}
