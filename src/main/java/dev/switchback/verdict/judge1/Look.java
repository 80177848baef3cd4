package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Intent;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Reversal;
import dev.switchback.verdict.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One look at one endpoint of one metric: what was found, and which row of the table decides. */
final class Look {

    private final Comparison comparison;
    private final Measured measured;
    private final Endpoint endpoint;
    private final Intent intent;
    private final Estimate estimate;
    private final Reversal reversal;

    Look(Comparison comparison, Measured measured, Endpoint endpoint, Intent intent) {
        this.comparison = comparison;
        this.measured = measured;
        this.endpoint = endpoint;
        this.intent = intent;
        this.estimate = measured.bothSides()
                ? Estimate.of(measured, endpoint, measured.sittings(Side.BEFORE), measured.sittings(Side.AFTER))
                : null;
        this.reversal = estimate == null ? null : Following.of(measured, endpoint, estimate);
    }

    Measured measured() {
        return measured;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Intent intent() {
        return intent;
    }

    /** Null when there is nothing to compare. */
    Estimate estimate() {
        return estimate;
    }

    Reversal reversal() {
        return reversal;
    }

    /** Whether blocks were added after a first look; there is no third. */
    boolean isSecond() {
        return comparison.extended();
    }

    boolean declared() {
        return measured.metric().declared();
    }

    /** What goes into Holm's correction; null when nothing was tested. */
    Double p() {
        return estimate == null ? null : estimate.p();
    }

    /** 1 when more is worse, -1 when less is. */
    int worse() {
        boolean higherIsBetter = endpoint == Endpoint.HIT_RATIO
                || endpoint == Endpoint.VALUE && measured.metric().higherIsBetter();
        return higherIsBetter ? -1 : 1;
    }

    /**
     * The first row that applies, in the order of MEASURING.md section 8: 1 to 3; then more failed requests, whatever
     * else; then 10; then 4 to 9; then 11 to 16.
     */
    Hold decide(Double adjustedP) {
        var circumstances = new Circumstances(comparison, measured);
        return Stream.<Supplier<Optional<Hold>>>of(
                        this::notMeasured,
                        circumstances::somethingElseDiffers,
                        circumstances::anotherChange,
                        this::moreFail,
                        () -> Enough.of(this).missing(),
                        circumstances::proberOverloaded,
                        circumstances::loadDiffers,
                        this::cachesDiffer,
                        this::errorsDiffer,
                        () -> new Steadiness(measured).drifts(),
                        () -> new Steadiness(measured).baselineMoved(endpoint))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Hold(compare(adjustedP), ""));
    }

    private Optional<Hold> notMeasured() {
        boolean failed = endpoint.time() && measured.bothSides() && measured.requests();
        return estimate != null || failed
                ? Optional.empty()
                : Optional.of(new Hold(Reason.NOT_MEASURED, Missing.words(comparison, measured, endpoint)));
    }

    /** An outage must not hide behind "too few samples" or "errors differ". */
    private Optional<Hold> moreFail() {
        boolean told = endpoint == Endpoint.ERRORS
                && measured.failed(Side.BEFORE).of() >= endpoint.needed(false)
                && measured.failed(Side.AFTER).of() >= endpoint.needed(false);
        return told && estimate.reaches(1) && estimate.p() <= comparison.level()
                ? Optional.of(new Hold(Reason.REGRESSED, ""))
                : Optional.empty();
    }

    private Optional<Hold> cachesDiffer() {
        return endpoint.time() ? new Caches(measured).differ() : Optional.empty();
    }

    private Optional<Hold> errorsDiffer() {
        return endpoint.time() ? new Failures(measured).differ() : Optional.empty();
    }

    private Reason compare(Double adjustedP) {
        boolean worse = estimate.reaches(worse());
        boolean better = estimate.reaches(-worse());
        boolean claim = estimate.p() == null || adjustedP <= comparison.level();
        if (claim && (worse || better) && reversal != null && !reversal.follows()) {
            return Reason.INC_REVERSAL;
        }
        if (claim && (worse || better)) {
            return worse ? Reason.REGRESSED : Reason.IMPROVED;
        }
        if (estimate.noneAsLarge()) {
            return Reason.NO_CHANGE;
        }
        return worse && estimate.p() <= comparison.level() ? Reason.INC_SUSPECT : Reason.INC_NOISY;
    }

    /** Blocks of a side that count. */
    int blocks(Side side) {
        return measured.sittings(side).stream()
                .mapToInt(sitting -> measured.blocks(sitting, endpoint).blocks().size())
                .sum();
    }

    List<Sitting> sittings() {
        return measured.sittings();
    }
}
