package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Intent;
import dev.switchback.verdict.Numbers.Scale;
import dev.switchback.verdict.Reason;

/** Whether what was declared came out: true, false, or null when a person must decide. */
final class Met {

    private static final double ROUNDING = 1e-12;

    private Met() {}

    /**
     * Keep: improved or no change. Improve by p: improved, and the estimate reaches p. May worsen by p: the worse end of
     * the interval stays inside p, whatever the word. Informational: always. Rows 1 to 11, 15 and 16 hold.
     */
    static Boolean of(Look look, Reason reason) {
        Intent intent = look.intent();
        return switch (intent.kind()) {
            case INFORMATIONAL -> true;
            case KEEP -> kept(reason);
            case IMPROVE -> improved(look, reason);
            case MAY_WORSEN -> bounded(look, reason);
        };
    }

    private static Boolean kept(Reason reason) {
        return switch (reason) {
            case IMPROVED, NO_CHANGE -> true;
            case REGRESSED -> false;
            default -> null;
        };
    }

    private static Boolean improved(Look look, Reason reason) {
        return switch (reason) {
            case IMPROVED -> better(look) >= look.intent().by() - ROUNDING;
            case NO_CHANGE, REGRESSED -> false;
            default -> null;
        };
    }

    private static Boolean bounded(Look look, Reason reason) {
        if (reason.row() < Reason.REGRESSED.row()) {
            return null;
        }
        if (worst(look) <= look.intent().by() + ROUNDING) {
            return true;
        }
        return reason == Reason.REGRESSED ? Boolean.FALSE : null;
    }

    /** How much better it became, 0.2 is 20 % of what it was (or 20 points). */
    private static double better(Look look) {
        return -look.worse() * told(look, look.estimate().shift().estimate());
    }

    /** How much worse it may have become at the worse end of the interval. */
    private static double worst(Look look) {
        Shift shift = look.estimate().shift();
        return look.worse() > 0 ? told(look, shift.high()) : -told(look, shift.low());
    }

    private static double told(Look look, double onScale) {
        Estimate estimate = look.estimate();
        boolean absolute = estimate.scale() == Scale.DIFFERENCE || estimate.scale() == Scale.EXACT;
        double told = estimate.told(onScale);
        return !absolute || told == 0 ? told : told / Math.abs(estimate.before());
    }
}
