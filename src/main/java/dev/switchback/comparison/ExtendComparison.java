package dev.switchback.comparison;

import dev.switchback.access.Caller;
import dev.switchback.measurement.AddBlocks;
import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.Measurements;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.MetricFacts.SideFacts;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Side;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The second look: where more blocks may settle what is inconclusive, {@link AddBlocks#BLOCKS} are added once to the side
 * that was measured last, as long as its state is still there. What is judged then has to be twice as sure. There is no
 * third look: who looks until something is found finds something.
 */
@ApplicationScoped
public class ExtendComparison {

    private static final Set<Reason> SETTLED_BY_BLOCKS = Set.of(Reason.INC_FEW, Reason.INC_NOISY, Reason.INC_SUSPECT);
    private static final int LEAST_BLOCKS = 10;

    @Inject
    Comparisons comparisons;

    @Inject
    Measurements measurements;

    @Inject
    OtherChanges changes;

    @Inject
    AddBlocks addBlocks;

    @Inject
    InstantSource clock;

    /** What is known of the second look at a comparison; needs a transaction. */
    SecondLook of(KeptComparison kept) {
        Optional<Measurement> added = measurements.extensionOf(kept.id());
        if (added.isPresent()) {
            boolean isOver = added.get().state().isFinal();
            return new SecondLook(null, null, added.get().id(), isOver, isOver ? address(kept, added.get()) : null);
        }
        return refusal(kept).isPresent()
                ? SecondLook.NONE
                : new SecondLook(last(kept).moment().word(), addBlocks.expected(last(kept)), null, false, null);
    }

    private static String address(KeptComparison kept, Measurement added) {
        return "/comparisons?before=" + ids(kept, Side.BEFORE, added) + "&after=" + ids(kept, Side.AFTER, added);
    }

    private static String ids(KeptComparison kept, Side side, Measurement added) {
        String ids = String.join(
                ",", Compare.ids(kept, side).stream().map(String::valueOf).toList());
        return added.moment().word().equalsIgnoreCase(side.name()) ? ids + "," + added.id() : ids;
    }

    /**
     * Adds blocks: begins to measure, and answers the number of the measurement.
     *
     * @throws ProblemException 404 no such comparison; 409 more blocks would not settle it, it was extended already, or
     *     the state that was measured last is not there any more; and as {@link AddBlocks}
     */
    public long extend(long id, Caller caller) {
        long of = QuarkusTransaction.requiringNew().call(() -> {
            KeptComparison kept = comparisons.require(id);
            Measurement last = last(kept);
            caller.require(last.right(), last.where());
            refusal(kept).ifPresent(why -> {
                throw why.toException();
            });
            return last.id();
        });
        return addBlocks.add(of, id, caller);
    }

    /** The sitting that was taken last and to its end. */
    private Measurement last(KeptComparison kept) {
        return measurements.require(kept.input().legs().stream()
                .filter(leg -> !leg.path("interrupted").asBoolean())
                .map(leg -> leg.path("measurement").asLong())
                .reduce((earlier, later) -> later)
                .orElseGet(kept::after));
    }

    private Optional<Problem> refusal(KeptComparison kept) {
        if (kept.input().isExtended()) {
            return Optional.of(Problem.conflict(
                    "Comparison " + kept.id() + " is the second look already",
                    "both sides measured anew, or a decision with a reason: there is no third look"));
        }
        if (kept.input().isInterleaved()) {
            return Optional.of(Problem.conflict(
                    "Comparison " + kept.id() + " is side by side: blocks of one version alone would not be",
                    "both versions measured side by side again, with more blocks"));
        }
        Reason reason = kept.said().reason();
        if (!SETTLED_BY_BLOCKS.contains(reason)) {
            return Optional.of(Problem.conflict(
                    "More blocks would not settle comparison " + kept.id() + ": "
                            + kept.said().headline(),
                    "a comparison that is inconclusive for want of blocks"));
        }
        Measurement last = last(kept);
        if (last.isImported()) {
            return Optional.of(Problem.conflict(
                    "The samples were taken by another tool; blocks of Switchback do not go with them",
                    "both sides measured by Switchback"));
        }
        return otherSideIsShort(kept, last).or(() -> changed(last));
    }

    /** Blocks on one side do not replace those that are missing on the other. */
    private static Optional<Problem> otherSideIsShort(KeptComparison kept, Measurement last) {
        boolean isBefore = last.moment().word().equals("before");
        return kept.said().judgements().stream()
                .filter(one -> one.declared() && one.reason() == Reason.INC_FEW)
                .filter(one -> isShort(kept, one, isBefore))
                .findFirst()
                .map(one -> Problem.conflict(
                        "The side " + (isBefore ? "after" : "before") + " has too few samples of " + one.metric()
                                + ", and its state is not there any more",
                        "both sides measured anew"));
    }

    private static boolean isShort(KeptComparison kept, Judgement one, boolean otherIsAfter) {
        return kept.said().facts().stream()
                .filter(facts -> facts.metric().equals(one.metric()))
                .map(facts -> otherIsAfter ? facts.after() : facts.before())
                .anyMatch(other -> hasFew(other, one));
    }

    private static boolean hasFew(SideFacts side, Judgement one) {
        return side.blocks() < LEAST_BLOCKS
                || !one.endpoint().key().equals("value")
                        && side.n() - side.failed() < one.endpoint().needed(false);
    }

    private Optional<Problem> changed(Measurement last) {
        List<String> since = changes.since(last, clock.instant());
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.conflict(
                        "What measurement " + last.id() + " measured is not there any more: " + since.get(0) + " since",
                        "both sides measured anew, or a rehearsal"));
    }
}
