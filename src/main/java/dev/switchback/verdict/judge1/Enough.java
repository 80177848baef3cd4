package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.MetricFacts.Share;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Row 10: whether there are at least ten blocks and enough samples on the smaller side.
 *
 * @param blocks of the smaller side
 * @param samples of the smaller side
 * @param needed samples that are needed
 * @param what the samples are
 */
record Enough(int blocks, int samples, int needed, String what) {

    static final int BLOCKS = 10;

    static Enough of(Look look) {
        int blocks = Math.min(look.blocks(Side.BEFORE), look.blocks(Side.AFTER));
        int samples = Math.min(samples(look, Side.BEFORE), samples(look, Side.AFTER));
        int needed = look.endpoint().needed(look.measured().metric().imported());
        return new Enough(blocks, samples, look.measured().requests() ? needed : BLOCKS, what(look));
    }

    private static int samples(Look look, Side side) {
        Measured measured = look.measured();
        List<Sitting> sittings = measured.sittings(side);
        if (!measured.requests()) {
            return sittings.stream().mapToInt(one -> one.readings().size()).sum();
        }
        if (look.endpoint().share()) {
            Share share = Estimate.share(measured, look.endpoint(), sittings);
            return share == null ? 0 : share.of();
        }
        return sittings.stream()
                .mapToInt(one -> (look.endpoint() == Endpoint.DB_CALLS
                                ? Series.calls(measured, one)
                                : measured.ofClass(one))
                        .size())
                .sum();
    }

    private static String what(Look look) {
        if (!look.measured().requests()) {
            return "number";
        }
        return look.endpoint() == Endpoint.ERRORS ? "request" : "successful request";
    }

    Optional<Hold> missing() {
        var missing = new ArrayList<String>();
        if (blocks < BLOCKS) {
            missing.add(Figures.count(BLOCKS - blocks, "more block", "more blocks"));
        }
        if (samples < needed) {
            missing.add(Figures.count(needed - samples, "more " + what, "more " + what + "s"));
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hold(
                        Reason.INC_FEW,
                        "There are " + Figures.count(blocks, "block", "blocks") + " and "
                                + Figures.count(samples, what, what + "s") + " on the smaller side; "
                                + Figures.list(missing) + " a side "
                                + (missing.size() == 1 && missing.get(0).startsWith("1 ") ? "is" : "are")
                                + " needed."));
    }
}
