package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.MetricFacts.Share;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Side;
import java.util.Optional;

/** Row 8: failures are often fast, so times of the rest say little when many fail or more on one side. */
final class Failures {

    private static final double MANY = 0.05;

    private final Measured measured;

    Failures(Measured measured) {
        this.measured = measured;
    }

    Optional<Hold> differ() {
        Share before = measured.failed(Side.BEFORE);
        Share after = measured.failed(Side.AFTER);
        double limit = measured.metric().threshold(Endpoint.ERRORS);
        boolean apart = Math.abs(after.value() - before.value()) > limit + 1e-12;
        boolean many = Math.max(before.value(), after.value()) > MANY;
        return apart || many
                ? Optional.of(new Hold(
                        Reason.NC_ERRORS,
                        words(before) + " failed before and " + words(after)
                                + " after; times of the rest say nothing about all."))
                : Optional.empty();
    }

    /** "5 of 1,000 requests". */
    static String words(Share share) {
        return Figures.whole(share.part()) + " of " + Figures.whole(share.of()) + " requests";
    }
}
