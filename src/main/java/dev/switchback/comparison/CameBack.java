package dev.switchback.comparison;

import dev.switchback.comparison.VerdictView.MetricView;
import dev.switchback.verdict.LegBlocks;
import dev.switchback.verdict.LegBlocks.Block;
import dev.switchback.verdict.Numbers.Scale;
import dev.switchback.verdict.Side;
import dev.switchback.verdict.VerdictWord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a judged metric was back at its baseline when the way back of a rehearsal was measured. A pure function of what
 * the judge looked at; the verdict itself is not touched. A metric stayed where the change had brought it when it moved by
 * at least its threshold, was nearer than half of it to the new state after the way back, and nine of ten blocks of then
 * lie on the new side of those before. What the change did not move is not asked, nor what could not be compared.
 */
public final class CameBack {

    private static final int FEWEST = 5;
    private static final double APART = 0.9;
    private static final Set<String> NOT_COMPARED =
            Set.of(VerdictWord.NOT_COMPARABLE.key(), VerdictWord.NOT_MEASURED.key());

    private CameBack() {}

    /** The legs that count, in time order: before, after, and after the way back. */
    private record Legs(LegBlocks before, LegBlocks after, LegBlocks back) {

        static Optional<Legs> of(List<LegBlocks> legs) {
            int after = next(legs, Side.AFTER, 0);
            int back = after < 0 ? -1 : next(legs, Side.BEFORE, after);
            return back < 0 || legs.get(0).side() != Side.BEFORE
                    ? Optional.empty()
                    : Optional.of(new Legs(legs.get(after - 1), legs.get(after), legs.get(back)))
                            .filter(Legs::isEnough);
        }

        private static int next(List<LegBlocks> legs, Side side, int from) {
            for (int i = from; i < legs.size(); i++) {
                if (legs.get(i).side() == side) {
                    return i;
                }
            }
            return -1;
        }

        private boolean isEnough() {
            return List.of(before, after, back).stream()
                    .allMatch(leg -> leg.blocks().size() >= FEWEST && leg.median() != null);
        }
    }

    /** Why this metric says that the old state did not come back; empty when it does not. */
    public static Optional<String> against(MetricView metric) {
        boolean judged = metric.declared()
                && !"informational".equals(metric.intent())
                && !NOT_COMPARED.contains(metric.verdict())
                && metric.threshold() != null
                && metric.scale() != null;
        return judged
                ? Legs.of(metric.details().blocks())
                        .filter(legs -> stayed(metric, legs))
                        .map(legs -> sentence(metric, legs))
                : Optional.empty();
    }

    private static boolean stayed(MetricView metric, Legs legs) {
        boolean ratio = metric.scale().equals(Scale.RATIO.name().toLowerCase(Locale.ROOT));
        double limit = ratio ? Math.log1p(metric.threshold()) : metric.threshold();
        double moved = distance(ratio, legs.before().median(), legs.after().median());
        double left = distance(ratio, legs.back().median(), legs.after().median());
        return Math.abs(moved) >= limit && Math.abs(left) < limit / 2 && onNewSide(legs, Math.signum(moved)) >= APART;
    }

    private static double distance(boolean ratio, double from, double to) {
        return ratio && from > 0 && to > 0 ? Math.log(to / from) : to - from;
    }

    /** How often a block after the way back lies beyond one before, ties half. */
    private static double onNewSide(Legs legs, double sign) {
        double beyond = 0;
        for (Block back : legs.back().blocks()) {
            for (Block before : legs.before().blocks()) {
                double difference = sign * (back.value() - before.value());
                beyond += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
            }
        }
        return beyond / legs.back().blocks().size() / legs.before().blocks().size();
    }

    private static String sentence(MetricView metric, Legs legs) {
        return metric.name() + " " + metric.endpoint() + " did not come back with the way back: "
                + number(legs.before().median(), metric) + " before, "
                + number(legs.after().median(), metric) + " after, still "
                + number(legs.back().median(), metric)
                + " when it had been undone. Either an undo does nothing, or something else moved it";
    }

    private static String number(double value, MetricView metric) {
        String unit = metric.unit() == null || metric.unit().equals("share") ? "" : " " + metric.unit();
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.0f", value) + unit;
    }
}
