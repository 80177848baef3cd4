package dev.switchback.verdict.judge1;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What a measurement of so many blocks can see. 1.047 = pi/3 is what the rank test costs against the t test on normal
 * values (Lehmann 1975); the rest is the usual formula for two equal groups.
 *
 * @param spread standard deviation of the block values within a side, pooled; of logarithms for ratios
 * @param level how often a claim may be false
 */
record Power(double spread, double level) {

    private static final double RANKS = 1.047;
    private static final double FOUR_OF_FIVE = 0.80;
    private static final double NINE_OF_TEN = 0.90;

    static Power of(double[] before, double[] after, double level) {
        double squares = Stream.of(before, after).mapToDouble(Power::squares).sum();
        int free = before.length + after.length - 2;
        return new Power(free < 1 ? Double.NaN : Math.sqrt(squares / free), level);
    }

    private static double squares(double[] values) {
        double mean = DoubleStream.of(values).average().orElse(0);
        return DoubleStream.of(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
    }

    /**
     * The smallest change that would have been seen in four of five cases: (z(1-level/2) + z(0.8)) s sqrt(1.047 (1/B +
     * 1/B')), with equal sides 2.80 s sqrt(2 1.047 / B).
     */
    double smallestVisible(int before, int after) {
        return (z() + Ranks.z(FOUR_OF_FIVE)) * spread * Math.sqrt(RANKS * (1.0 / before + 1.0 / after));
    }

    /** Blocks a side to detect a change: 1.047 2 (z + z(0.8))^2 s^2 / change^2. Not rounded up to the ten we ask for. */
    int blocksToDetect(double change) {
        return blocks(change, FOUR_OF_FIVE);
    }

    /** Blocks a side to show that there is none as large: the same with z(0.9). */
    int blocksToShowNone(double change) {
        return blocks(change, NINE_OF_TEN);
    }

    private int blocks(double change, double power) {
        double z = z() + Ranks.z(power);
        return (int) Math.min(1e6, Math.ceil(RANKS * 2 * z * z * spread * spread / (change * change)));
    }

    private double z() {
        return Ranks.z(1 - level / 2);
    }
}
