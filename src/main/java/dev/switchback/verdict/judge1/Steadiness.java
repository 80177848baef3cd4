package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Grade;
import dev.switchback.verdict.LegBlocks.Block;
import dev.switchback.verdict.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Row 9: whether each leg held still, and whether the same state measured twice gives the same. */
final class Steadiness {

    private static final int ENDS = 5;
    private static final double CHANCE = 0.05;

    private final Measured measured;

    Steadiness(Measured measured) {
        this.measured = measured;
    }

    /** Imported samples and blocks that took turns are not asked. */
    Optional<Hold> drifts() {
        if (measured.metric().imported() || measured.design().grade() == Grade.A) {
            return Optional.empty();
        }
        return measured.sittings().stream()
                .map(this::drift)
                .flatMap(Optional::stream)
                .findFirst()
                .map(words -> new Hold(Reason.NC_UNSTABLE, words));
    }

    private Optional<String> drift(Sitting sitting) {
        double[] values = values(sitting);
        double limit = measured.metric().threshold(endpoint()) / 2;
        return steady(values, limit)
                ? Optional.empty()
                : Optional.of("Still warming up or drifting: in the leg "
                        + sitting.leg().name()
                        + " the last 5 blocks differ from the first 5 by " + Figures.percent(change(values)) + " %; "
                        + Figures.limit(limit) + " may be.");
    }

    private double[] values(Sitting sitting) {
        return measured.blocks(sitting, endpoint()).blocks().stream()
                .mapToDouble(Block::value)
                .toArray();
    }

    private Endpoint endpoint() {
        return measured.requests() ? Endpoint.P50 : Endpoint.VALUE;
    }

    /**
     * Whether blocks held still: the median of the first five and of the last five differ by less than the limit, or by no
     * more than chance makes them (exact Mann and Whitney, p above 0.05). Fewer than ten blocks are not asked.
     *
     * @param limit half of the smallest change that matters
     */
    static boolean steady(double[] values, double limit) {
        return values.length < 2 * ENDS || change(values) < limit || Ranks.p(first(values), last(values)) > CHANCE;
    }

    /** By how much the larger of the two medians exceeds the smaller one. */
    static double change(double[] values) {
        double first = Quantiles.median(first(values));
        double last = Quantiles.median(last(values));
        double low = Math.min(Math.abs(first), Math.abs(last));
        return first == last ? 0 : low == 0 || first * last < 0 ? 1 : Math.abs(last - first) / low;
    }

    private static double[] first(double[] values) {
        return Arrays.copyOf(values, ENDS);
    }

    private static double[] last(double[] values) {
        return Arrays.copyOfRange(values, values.length - ENDS, values.length);
    }

    /** Grade C only: the state before, measured twice, must not differ by as much as we want to see. */
    Optional<Hold> baselineMoved(Endpoint endpoint) {
        if (measured.design().grade() != Grade.C) {
            return Optional.empty();
        }
        List<Sitting> twice = measured.design().baselines();
        Estimate same = Estimate.of(measured, endpoint, List.of(twice.get(0)), List.of(twice.get(1)));
        return same == null || same.noneAsLarge()
                ? Optional.empty()
                : Optional.of(new Hold(Reason.NC_UNSTABLE, moved(same)));
    }

    private static String moved(Estimate same) {
        double widest =
                Math.max(Math.abs(same.shift().low()), Math.abs(same.shift().high()));
        if (Double.isInfinite(widest)) {
            return "The second look at the state before had too few blocks to say whether it held still.";
        }
        String size = size(same, widest);
        return "The state before, measured twice, differs by up to " + size + ": this probe cannot see changes below "
                + size + ".";
    }

    private static String size(Estimate same, double widest) {
        return switch (same.scale()) {
            case RATIO -> Figures.percent(same.told(widest)) + " %";
            case POINTS -> Figures.points(widest) + " points";
            case DIFFERENCE, EXACT -> Figures.number(widest);
        };
    }
}
