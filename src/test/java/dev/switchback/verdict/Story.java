package dev.switchback.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * Tells what was measured, leg by leg, and asks the judge. Times are log-normal (sigma 0.35) with 2 % five times slower,
 * as in MEASURING.md, drawn from a seed.
 */
public final class Story {

    private static final double BLOCK_MS = 10_000;

    private final List<Leg> legs = new ArrayList<>();
    private final Map<Endpoint, Intent> judge = new LinkedHashMap<>();
    private final Map<Endpoint, Double> thresholds = new LinkedHashMap<>();
    private MetricClass metricClass = MetricClass.ANY;
    private boolean imported;
    private boolean interleaved;
    private boolean extended;
    private List<String> unexpected = List.of();

    private Story() {}

    /** One metric, {@code product-list}, with p50, p95 and errors to keep. */
    public static Story told() {
        return new Story()
                .judge(Endpoint.P50, Intent.KEEP)
                .judge(Endpoint.P95, Intent.KEEP)
                .judge(Endpoint.ERRORS, Intent.KEEP);
    }

    public Story judge(Endpoint endpoint, Intent intent) {
        judge.put(endpoint, intent);
        return this;
    }

    public Story threshold(Endpoint endpoint, double share) {
        thresholds.put(endpoint, share);
        return this;
    }

    public Story warm() {
        metricClass = MetricClass.WARM;
        return this;
    }

    public Story cold() {
        metricClass = MetricClass.COLD;
        return this;
    }

    public Story imported() {
        imported = true;
        return this;
    }

    public Story interleaved() {
        interleaved = true;
        return this;
    }

    public Story extended() {
        extended = true;
        return this;
    }

    public Story unexpected(String... settings) {
        unexpected = List.of(settings);
        return this;
    }

    public Story before(Sitting sitting) {
        return leg("before", Side.BEFORE, sitting);
    }

    public Story after(Sitting sitting) {
        return leg("after", Side.AFTER, sitting);
    }

    public Story rolledBack(Sitting sitting) {
        return leg("rolled back", Side.BEFORE, sitting);
    }

    public Story afterAgain(Sitting sitting) {
        return leg("after again", Side.AFTER, sitting);
    }

    private Story leg(String name, Side side, Sitting sitting) {
        long from =
                legs.isEmpty() || interleaved ? 0 : legs.get(legs.size() - 1).toMs() + sitting.waited;
        legs.add(sitting.leg(name, side, from));
        return this;
    }

    public Metric metric() {
        return new Metric("product-list", metricClass, false, "", true, imported, judge, thresholds, BLOCK_MS / 1000);
    }

    public Comparison comparison() {
        return new Comparison(Comparison.ALPHA, extended, interleaved, List.of(metric()), legs, unexpected);
    }

    public Verdict verdict() {
        return Judge.of("judge/1").judge(comparison());
    }

    public Judgement of(Endpoint endpoint) {
        return of(verdict(), endpoint);
    }

    public static Judgement of(Verdict verdict, Endpoint endpoint) {
        return verdict.judgements().stream()
                .filter(Judgement::declared)
                .filter(one -> one.endpoint() == endpoint)
                .findFirst()
                .orElseThrow();
    }

    /** What one leg measured. */
    public static final class Sitting {

        private final Random random;
        private int blocks = 20;
        private int perBlock = 50;
        private double median = 80;
        private double noise = 0.02;
        private double drift;
        private DoubleSupplier swing = () -> 1;
        private double failing;
        private double hits = -1;
        private double missFactor = 1;
        private int inputs = 10;
        private int calls = -1;
        private double late;
        private Double achieved = 10.0;
        private boolean interrupted;
        private long waited = 60_000;
        private final Map<String, String> conditions = new LinkedHashMap<>(Map.of("environment", "staging"));
        private final List<String> changes = new ArrayList<>();
        private final List<Load> load = new ArrayList<>();
        private UnaryOperator<Sample> each = UnaryOperator.identity();

        private Sitting(long seed) {
            random = new Random(seed);
        }

        /** 20 blocks of 50 requests, median 80 ms, block noise 2 %, nothing fails, nothing tells about caches. */
        public static Sitting seeded(long seed) {
            return new Sitting(seed);
        }

        public Sitting blocks(int count, int of) {
            blocks = count;
            perBlock = of;
            return this;
        }

        public Sitting median(double ms) {
            median = ms;
            return this;
        }

        public Sitting noise(double sd) {
            noise = sd;
            return this;
        }

        /** From the first to the last block it gets slower by this share. */
        public Sitting drift(double share) {
            drift = share;
            return this;
        }

        /** Each block takes so many times as long, whatever else: the hour of the day, a neighbour. */
        public Sitting swing(DoubleSupplier factors) {
            swing = factors;
            return this;
        }

        public Sitting failing(double share) {
            failing = share;
            return this;
        }

        /** This share of the answers are hits and the header says so; misses take {@code factor} times as long. */
        public Sitting hits(double share, double factor) {
            hits = share;
            missFactor = factor;
            return this;
        }

        /** The same, but no header says so. */
        public Sitting untoldHits(double share, double factor) {
            return hits(share, factor).each(sample -> with(sample, CacheState.UNKNOWN));
        }

        public Sitting calls(int inEveryRequest) {
            calls = inEveryRequest;
            return this;
        }

        public Sitting late(double share) {
            late = share;
            return this;
        }

        public Sitting achieved(double rate) {
            achieved = rate;
            return this;
        }

        public Sitting interrupted() {
            interrupted = true;
            return this;
        }

        public Sitting waited(long minutes) {
            waited = minutes * 60_000;
            return this;
        }

        public Sitting condition(String name, String value) {
            conditions.put(name, value);
            return this;
        }

        public Sitting change(String words) {
            changes.add(words);
            return this;
        }

        public Sitting load(Load fact) {
            load.add(fact);
            return this;
        }

        public Sitting each(UnaryOperator<Sample> change) {
            each = change;
            return this;
        }

        private Leg leg(String name, Side side, long from) {
            var requests = new ArrayList<Sample>();
            for (int block = 0; block < blocks; block++) {
                double factor = swing.getAsDouble()
                        * Math.exp(noise * random.nextGaussian())
                        * (1 + drift * block / Math.max(1, blocks - 1));
                for (int i = 0; i < perBlock; i++) {
                    requests.add(each.apply(sample(block, i, factor)));
                }
            }
            var samples = new Samples(
                    "product-list", Map.of("request", "GET /api/products"), requests, List.of(), 10.0, achieved);
            return new Leg(
                    name,
                    side,
                    from,
                    from + (long) (blocks * BLOCK_MS),
                    interrupted,
                    conditions,
                    changes,
                    load,
                    blocks == 0 ? List.of() : List.of(samples));
        }

        private Sample sample(int block, int i, double factor) {
            boolean hit = random.nextDouble() < hits;
            double tail = random.nextDouble() < 0.02 ? 5 : 1;
            double ms = median * factor * tail * Math.exp(0.35 * random.nextGaussian()) * (hit ? 1 : missFactor);
            double at = block * BLOCK_MS + i * 100;
            return new Sample(
                    block,
                    i % inputs,
                    at,
                    at,
                    ms,
                    ms,
                    random.nextDouble() >= failing,
                    hits < 0 ? CacheState.UNKNOWN : hit ? CacheState.HIT : CacheState.MISS,
                    calls < 0 ? null : Integer.valueOf(calls),
                    false,
                    random.nextDouble() < late);
        }
    }

    public static Sample with(Sample of, CacheState state) {
        return new Sample(
                of.block(),
                of.input(),
                of.scheduledMs(),
                of.sentMs(),
                of.latencyMs(),
                of.serviceMs(),
                of.ok(),
                state,
                of.dbCalls(),
                of.warmUp(),
                of.late());
    }

    public static Sample with(Sample of, Integer calls) {
        return new Sample(
                of.block(),
                of.input(),
                of.scheduledMs(),
                of.sentMs(),
                of.latencyMs(),
                of.serviceMs(),
                of.ok(),
                of.cache(),
                calls,
                of.warmUp(),
                of.late());
    }

    public static Sample timed(Sample of, double ms) {
        return new Sample(
                of.block(),
                of.input(),
                of.scheduledMs(),
                of.sentMs(),
                ms,
                ms,
                of.ok(),
                of.cache(),
                of.dbCalls(),
                of.warmUp(),
                of.late());
    }

    public static Sample warmingUp(Sample of) {
        return new Sample(
                of.block(),
                of.input(),
                of.scheduledMs(),
                of.sentMs(),
                of.latencyMs(),
                of.serviceMs(),
                of.ok(),
                of.cache(),
                of.dbCalls(),
                true,
                of.late());
    }
}
