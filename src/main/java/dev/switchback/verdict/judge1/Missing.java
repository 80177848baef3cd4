package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Leg;
import dev.switchback.verdict.Side;
import java.util.List;

/** Row 1 in words: why there is no number, and what would give one. */
final class Missing {

    private Missing() {}

    static String words(Comparison comparison, Measured measured, Endpoint endpoint) {
        if (!measured.bothSides()) {
            return sides(comparison, measured);
        }
        return switch (endpoint) {
            case DB_CALLS ->
                "No answer said how many database calls it took. A header (dbCallsHeader) or Server-Timing would tell.";
            case HIT_RATIO -> "No answer said whether it came from a cache. A header (cacheHeader) would tell.";
            default -> "There is no number of this kind.";
        };
    }

    private static String sides(Comparison comparison, Measured measured) {
        boolean before = measured.sittings(Side.BEFORE).isEmpty();
        boolean after = measured.sittings(Side.AFTER).isEmpty();
        String what = before && after
                ? "Nothing was measured"
                : before ? "Nothing was measured before the change" : "Nothing was measured after the change";
        List<String> interrupted = comparison.legs().stream()
                .filter(Leg::interrupted)
                .filter(leg -> !leg.samples(measured.metric().name()).isEmpty())
                .map(Leg::name)
                .toList();
        return interrupted.isEmpty()
                ? what + "."
                : what + " to its end: the measurement was interrupted (" + Figures.list(interrupted)
                        + ") and is not judged.";
    }
}
