package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Side;

/**
 * How many blocks would settle what is inconclusive. First the number that shows that nothing as large as the limit
 * changed; where there are already so many, the number at which the interval, at its present estimate, would no longer
 * reach over the limit. More than 120 a side are told, but not offered.
 */
final class Settling {

    static final int MOST = 120;

    private final Look look;
    private final int have;

    Settling(Look look) {
        this.look = look;
        this.have = Math.min(look.blocks(Side.BEFORE), look.blocks(Side.AFTER));
    }

    /** Blocks a side, ten at least; null when the change lies on the limit and no number would do. */
    Integer blocks() {
        Estimate estimate = look.estimate();
        int none = estimate.power() == null ? 0 : estimate.power().blocksToShowNone(estimate.limit());
        double blocks = none > have ? none : byWidth();
        return blocks > 1e6 ? null : Integer.valueOf(Math.max(Enough.BLOCKS, (int) Math.ceil(blocks)));
    }

    /** The interval shrinks with the root of the number of blocks. */
    private double byWidth() {
        Shift shift = look.estimate().shift();
        double estimate = Math.abs(shift.estimate());
        double half = shift.estimate() < 0 ? shift.estimate() - shift.low() : shift.high() - shift.estimate();
        double times = half / Math.abs(look.estimate().limit() - estimate);
        return Math.max(times * times, 1) * have + 1;
    }

    /** How many of them are missing; null when that are too many. */
    Integer more() {
        Integer blocks = blocks();
        return blocks == null || blocks > MOST ? null : Integer.valueOf(blocks - have);
    }

    /** How long these take on both sides, minutes. */
    Double minutes() {
        Integer more = more();
        Double seconds = look.measured().metric().secondsPerBlock();
        return more == null || seconds == null ? null : Double.valueOf(2 * more * seconds / 60);
    }
}
