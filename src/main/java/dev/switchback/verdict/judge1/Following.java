package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Grade;
import dev.switchback.verdict.Numbers.Scale;
import dev.switchback.verdict.Reversal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Row 11: an effect must come with the change, go with the rollback, and come again. All three switches must move the
 * same way by more than half the limit, and the effect must be at least 1.5 times the larger gap between two legs of the
 * same state.
 */
final class Following {

    private static final double TIMES = 1.5;

    private Following() {}

    /** Null unless the evidence is of grade B and all four legs can be compared. */
    static Reversal of(Measured measured, Endpoint endpoint, Estimate whole) {
        if (measured.design().grade() != Grade.B || whole.scale() == Scale.EXACT) {
            return null;
        }
        List<List<Sitting>> legs = measured.design().phases();
        Estimate first = Estimate.of(measured, endpoint, legs.get(0), legs.get(1));
        Estimate back = Estimate.of(measured, endpoint, legs.get(2), legs.get(1));
        Estimate again = Estimate.of(measured, endpoint, legs.get(2), legs.get(3));
        Estimate before = Estimate.of(measured, endpoint, legs.get(0), legs.get(2));
        Estimate after = Estimate.of(measured, endpoint, legs.get(1), legs.get(3));
        List<Estimate> all = Stream.of(first, back, again, before, after)
                .filter(Objects::nonNull)
                .filter(estimate -> estimate.scale() == whole.scale())
                .toList();
        return all.size() < 5 ? null : of(whole, all);
    }

    private static Reversal of(Estimate whole, List<Estimate> all) {
        double effect = whole.shift().estimate();
        double sign = Math.signum(effect);
        List<Double> switches =
                all.subList(0, 3).stream().map(one -> one.shift().estimate()).toList();
        double gap = all.subList(3, 5).stream()
                .mapToDouble(one -> Math.abs(one.shift().estimate()))
                .max()
                .orElse(0);
        boolean agree = switches.stream().allMatch(one -> sign * one > whole.limit() / 2);
        boolean large = Math.abs(effect) >= TIMES * gap;
        return new Reversal(
                switches.stream().map(whole::told).toList(),
                whole.told(gap),
                agree && large,
                words(whole, agree, effect, gap));
    }

    private static String words(Estimate whole, boolean agree, double effect, double gap) {
        String gapWords = "the largest gap between two legs of the same state (" + size(whole, gap) + ")";
        String times = gap < 1e-9 ? "far more than " : Figures.number(Math.abs(effect) / gap) + " times ";
        return (agree ? "All three switches moved the same way" : "The three switches did not move the same way")
                + (agree ? ", and the change is " : "; the change is ")
                + times + gapWords + ".";
    }

    private static String size(Estimate whole, double gap) {
        return switch (whole.scale()) {
            case RATIO -> Figures.percent(whole.told(gap)) + " %";
            case POINTS -> Figures.points(gap) + " points";
            case DIFFERENCE, EXACT -> Figures.number(gap);
        };
    }
}
