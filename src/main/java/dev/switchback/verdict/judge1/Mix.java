package dev.switchback.verdict.judge1;

import dev.switchback.verdict.CacheState;
import dev.switchback.verdict.MetricFacts.Share;
import dev.switchback.verdict.Sample;
import java.util.List;
import java.util.Objects;

/**
 * Where the good answers of one side came from.
 *
 * @param hits from a cache
 * @param fresh made freshly: misses, and those that went around the cache
 * @param unknown nothing told
 * @param apart how far apart two populations are when nothing told
 */
record Mix(int hits, int fresh, int unknown, double apart) {

    private static final double PURE = 0.9;

    /** What most answers are. */
    enum Mostly {
        HITS,
        FRESH,
        UNKNOWN,
        MIXED
    }

    static Mix of(List<Sample> good) {
        int hits = count(good, CacheState.HIT);
        int unknown = count(good, CacheState.UNKNOWN);
        double apart = unknown < PURE * good.size()
                ? 0
                : Populations.of(good.stream()
                                .filter(sample -> told(sample) == CacheState.UNKNOWN)
                                .mapToDouble(Sample::latencyMs)
                                .toArray())
                        .distance();
        return new Mix(hits, good.size() - hits - unknown, unknown, apart);
    }

    private static int count(List<Sample> good, CacheState state) {
        return (int) good.stream().filter(sample -> told(sample) == state).count();
    }

    private static CacheState told(Sample sample) {
        return Objects.requireNonNullElse(sample.cache(), CacheState.UNKNOWN);
    }

    Mostly mostly() {
        double enough = PURE * (hits + fresh + unknown);
        if (unknown >= enough) {
            return Mostly.UNKNOWN;
        }
        return hits >= enough ? Mostly.HITS : fresh >= enough ? Mostly.FRESH : Mostly.MIXED;
    }

    /** Whether this answer belongs to what most are; all do when they are mixed. */
    boolean belongs(Sample sample) {
        return switch (mostly()) {
            case HITS -> told(sample) == CacheState.HIT;
            case FRESH -> told(sample) == CacheState.MISS || told(sample) == CacheState.BYPASS;
            case UNKNOWN -> told(sample) == CacheState.UNKNOWN;
            case MIXED -> true;
        };
    }

    boolean twoPopulations() {
        return apart >= Populations.FLAGGED;
    }

    /** The share of hits among the answers that told; null when none did. */
    Share hitRatio(double level) {
        return Shares.of(hits, hits + fresh, level);
    }
}
