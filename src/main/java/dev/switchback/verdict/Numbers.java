package dev.switchback.verdict;

/**
 * The numbers of a judgement; each is null where it could not be computed. Nothing is rounded.
 *
 * @param scale what {@code change}, {@code low}, {@code high}, {@code threshold} and {@code smallestVisible} are
 * @param unit of {@code before} and {@code after}: "ms", "share", "calls", or the metric's own
 * @param before the value before: median of the block values, a share, or calls a request
 * @param after the value after
 * @param change after against before: -0.23 is 23 % less (RATIO), 23 points less (POINTS), 0.23 less (DIFFERENCE)
 * @param low the lower end of the interval of the change
 * @param high the upper end
 * @param threshold the smallest change that matters here, floor included
 * @param p how often chance alone does this; two-sided
 * @param adjustedP the same, corrected for the number of looks (Holm)
 * @param effect how often a block after is smaller than a block before, ties half; 0.5 is nothing
 * @param smallestVisible the smallest change that so many blocks would have shown in four of five cases
 * @param blocksNeeded blocks a side that would settle it, 10 at least
 * @param blocksMore how many of them are missing
 * @param minutesMore how long these would take on both sides; null when the length of a block is unknown
 */
public record Numbers(
        Scale scale,
        String unit,
        Double before,
        Double after,
        Double change,
        Double low,
        Double high,
        Double threshold,
        Double p,
        Double adjustedP,
        Double effect,
        Double smallestVisible,
        Integer blocksNeeded,
        Integer blocksMore,
        Double minutesMore) {

    /** From twice on, a floor in milliseconds is at work. */
    private static final double MOST_SAID_AS_SHARE = 1;

    /** How a change is expressed. */
    public enum Scale {
        /** Relative: after / before - 1. */
        RATIO,
        /** Difference of two shares; 0.01 is one percentage point. */
        POINTS,
        /** Difference in the unit of the values. */
        DIFFERENCE,
        /** Difference without any doubt: every request of a side took the same whole number. */
        EXACT
    }

    /**
     * The smallest change that matters, in milliseconds, where a floor decides and not a share: of an answer that takes
     * a millisecond, "518 %" tells nobody anything. Only of response times; null otherwise.
     */
    public Double floorMs() {
        boolean floor =
                scale == Scale.RATIO && "ms".equals(unit) && threshold != null && threshold > MOST_SAID_AS_SHARE;
        return floor && before != null && after != null
                ? (Double) Math.rint(threshold * Math.min(before, after))
                : null;
    }
}
