package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.LegBlocks;
import dev.switchback.verdict.Numbers;
import dev.switchback.verdict.Numbers.Scale;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.List;

/** One look, its row, and everything the page shows about it. */
final class JudgeLook {

    private JudgeLook() {}

    static Judgement judge(Look look, double adjustedP) {
        Hold hold = look.decide(adjustedP);
        Numbers numbers = numbers(look, adjustedP, hold.reason());
        Measured measured = look.measured();
        return new Judgement(
                measured.metric().name(),
                measured.metric().metricClass(),
                look.endpoint(),
                look.declared(),
                look.intent(),
                Met.of(look, hold.reason()),
                hold.reason(),
                numbers,
                new Sentences(look, numbers).of(hold),
                remarks(look, hold.reason()),
                blocks(look),
                look.reversal());
    }

    private static Numbers numbers(Look look, double adjustedP, Reason reason) {
        Estimate estimate = look.estimate();
        if (estimate == null) {
            return new Numbers(
                    Scale.RATIO,
                    unit(look),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        boolean unsettled = (reason == Reason.INC_NOISY || reason == Reason.INC_SUSPECT) && !look.isSecond();
        var settling = new Settling(look);
        return new Numbers(
                estimate.scale(),
                unit(look),
                estimate.before(),
                estimate.after(),
                estimate.told(estimate.shift().estimate()),
                finite(estimate.told(estimate.shift().low())),
                finite(estimate.told(estimate.shift().high())),
                estimate.scale() == Scale.EXACT ? 0 : estimate.told(estimate.limit()),
                estimate.p(),
                estimate.p() == null ? null : adjustedP,
                estimate.effect(),
                finite(estimate.told(estimate.visible())),
                unsettled ? settling.blocks() : null,
                unsettled ? settling.more() : null,
                unsettled ? settling.minutes() : null);
    }

    /** Too few blocks for an interval have none. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String unit(Look look) {
        return switch (look.endpoint()) {
            case P50, P95 -> "ms";
            case ERRORS, HIT_RATIO -> "share";
            case DB_CALLS -> "calls";
            case VALUE -> look.measured().metric().unit();
        };
    }

    private static List<String> remarks(Look look, Reason reason) {
        var remarks = new ArrayList<String>();
        if (look.reversal() != null && (reason == Reason.IMPROVED || reason == Reason.REGRESSED)) {
            remarks.add(look.reversal().words());
        }
        if (look.estimate() != null && look.estimate().effect() != null) {
            remarks.add(Effect.words(look));
        }
        if (!look.declared()) {
            remarks.add("Explored: it was not declared in advance and proves nothing.");
        }
        return remarks;
    }

    private static List<LegBlocks> blocks(Look look) {
        return look.sittings().stream()
                .map(sitting -> look.measured().blocks(sitting, look.endpoint()))
                .filter(legBlocks -> !legBlocks.blocks().isEmpty())
                .toList();
    }

    /** How the blocks of the two sides lie to each other, in words. */
    static final class Effect {

        private Effect() {}

        static String words(Look look) {
            double smaller = look.estimate().effect();
            double larger = 1 - smaller;
            boolean fewer = smaller >= larger;
            double share = Math.max(smaller, larger);
            String direction = look.endpoint().time() ? fewer ? "faster" : "slower" : fewer ? "lower" : "higher";
            int after = look.blocks(Side.AFTER);
            int before = look.blocks(Side.BEFORE);
            if (share >= 1 - 1e-12) {
                return "Each of the " + Figures.count(after, "block", "blocks") + " after was " + direction
                        + " than each of the " + before + " before.";
            }
            return share <= 0.56
                    ? "Blocks before and after overlap almost wholly."
                    : "A block after was " + direction + " than a block before in " + Figures.percent(share)
                            + " % of all pairs.";
        }
    }
}
