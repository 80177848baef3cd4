package dev.switchback.verdict.judge1;

import dev.switchback.verdict.MetricFacts.Share;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/** Shares of requests and the difference of two of them. */
final class Shares {

    private Shares() {}

    /** A share with the interval of Wilson (1927). Of nothing it is null. */
    static Share of(int part, int of, double alpha) {
        if (of == 0) {
            return null;
        }
        Interval wilson = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(of, part, alpha);
        return new Share(part, of, (double) part / of, wilson.getLowerBound(), wilson.getUpperBound());
    }

    /**
     * The difference after minus before with the interval of Newcombe (1998, method 10): from the Wilson intervals [l, u]
     * of both shares, d - sqrt((p2-l2)^2 + (u1-p1)^2) to d + sqrt((u2-p2)^2 + (p1-l1)^2).
     */
    static Shift difference(Share before, Share after) {
        double d = after.value() - before.value();
        double down = Math.hypot(after.value() - after.low(), before.high() - before.value());
        double up = Math.hypot(after.high() - after.value(), before.value() - before.low());
        return new Shift(d, d - down, d + up);
    }

    /** Two-sided p of Fisher's exact test (1935). */
    static double p(Share before, Share after) {
        int[][] table = {
            {before.part(), before.of() - before.part()},
            {after.part(), after.of() - after.part()}
        };
        boolean told = before.part() + after.part() > 0 && before.part() + after.part() < before.of() + after.of();
        return told ? FisherExactTest.withDefaults().test(table).getPValue() : 1;
    }
}
