package dev.switchback.engine;

import dev.switchback.comparison.CameBack;
import dev.switchback.comparison.CompareRun;
import dev.switchback.comparison.ComparisonView;
import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.MeasurementConfig;
import dev.switchback.measurement.MeasurementState;
import dev.switchback.measurement.Measurements;
import dev.switchback.measurement.Moment;
import dev.switchback.measurement.TakeForRun;
import dev.switchback.measurement.TakeForRun.RunSitting;
import dev.switchback.run.Leg;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunStep;
import dev.switchback.run.StepState;
import dev.switchback.runbook.Runbook;
import dev.switchback.sampling.Amount;
import dev.switchback.step.Cancellation;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run measures, and when: the old state before the first step, and whatever state each leg has led to. A rehearsal
 * thereby measures before, after, rolled back and after again; a live run before and after, and before only when no
 * baseline is fresh enough. A run that was called back measures nothing more: the person who called it back waits.
 */
@ApplicationScoped
class MeasureLegs {

    /** A sitting that broke off so often is left out: a run must not hang on what it measures. */
    private static final int TRIES = 3;

    @Inject
    Measurements measurements;

    @Inject
    TakeForRun takeForRun;

    @Inject
    CompareRun compareRun;

    @Inject
    MeasurementConfig config;

    /** Something to measure now, between two steps. */
    record Due(Moment moment, Leg leg, int legNo) {

        String words() {
            return switch (legNo) {
                case 1 -> moment == Moment.BEFORE ? "before the first step" : "after the way there";
                case 2 -> "after the way back";
                default -> "after the second way there";
            };
        }
    }

    /**
     * What is due before this move; a pure function.
     *
     * @param steps the steps of the present leg that are not passed
     * @param taken what the run has measured so far
     */
    static Optional<Due> due(Run run, boolean declaresMetrics, List<RunStep> steps, NextMove move, List<Sat> taken) {
        if (!declaresMetrics || !measures(run)) {
            return Optional.empty();
        }
        return moment(run, steps, move)
                .map(moment -> new Due(moment, run.leg(), run.legNo()))
                .filter(due -> !isDone(due, taken));
    }

    /** A measurement of the run, as far as it matters here. */
    record Sat(int legNo, Moment moment, MeasurementState state, boolean stoppedByPerson) {}

    private static boolean measures(Run run) {
        return !run.measure().equals("none") && run.purpose() != Purpose.ROLLBACK && !run.isRollingBack();
    }

    private static Optional<Moment> moment(Run run, List<RunStep> steps, NextMove move) {
        if (move instanceof NextMove.Try next && run.legNo() == 1) {
            boolean untouched = next.step().position() == 1
                    && next.step().attempt() == 0
                    && steps.stream().allMatch(step -> step.state() == StepState.PENDING);
            return untouched ? Optional.of(Moment.BEFORE) : Optional.empty();
        }
        boolean legEnds = move instanceof NextMove.Turn || move instanceof NextMove.Finish;
        return legEnds && run.legNo() <= 3
                ? Optional.of(run.leg() == Leg.BACK ? Moment.BEFORE : Moment.AFTER)
                : Optional.empty();
    }

    private static boolean isDone(Due due, List<Sat> taken) {
        List<Sat> same = taken.stream()
                .filter(sat -> sat.legNo() == due.legNo() && sat.moment() == due.moment())
                .toList();
        return same.size() >= TRIES || same.stream().anyMatch(MeasureLegs::isOver);
    }

    /** One that broke off with its driver is taken again. */
    private static boolean isOver(Sat sat) {
        return switch (sat.state()) {
            case COMPLETE, FAILED -> true;
            case STOPPED -> sat.stoppedByPerson();
            case PENDING, RUNNING, INTERRUPTED -> false;
        };
    }

    /** What is due before this move; needs the transaction that holds the run. */
    Optional<Due> due(Run run, Runbook runbook, List<RunStep> steps, NextMove move) {
        boolean declared = !runbook.metrics().isEmpty();
        if (!declared || !measures(run) || moment(run, steps, move).isEmpty()) {
            return Optional.empty();
        }
        return due(run, true, steps, move, taken(run)).filter(due -> !hasFreshBaseline(run, due));
    }

    private List<Sat> taken(Run run) {
        return measurements.sidesOf(run.id()).stream()
                .map(each -> new Sat(
                        each.legNo(),
                        each.moment(),
                        each.state(),
                        each.stoppedBy() != null && !each.stoppedBy().equals(TakeForRun.BY_RUN)))
                .toList();
    }

    /** A rehearsal always takes its own; the minutes before a live run are saved when they prove nothing new. */
    private boolean hasFreshBaseline(Run run, Due due) {
        return run.purpose() == Purpose.LIVE
                && due.moment() == Moment.BEFORE
                && baseline(run).isPresent();
    }

    private Optional<Measurement> baseline(Run run) {
        return measurements.freshBaseline(
                run.migration(), run.environment(), run.revision().workHash(), config.baselineFresh());
    }

    RunSitting sitting(Course course, Run run, Due due) {
        return new RunSitting(
                run.id(),
                run.migration().id(),
                run.revision().id(),
                run.environment().id(),
                course.environment(run),
                course.runbook(run).content(),
                run.service(),
                due.legNo(),
                due.leg().word(),
                due.moment().word(),
                run.measure().equals("quick") ? Amount.QUICK : Amount.FULL,
                RunLedger.ENGINE);
    }

    /** Measures, for minutes; ends within a second or two when the brake is pulled. Holds no transaction. */
    String take(RunSitting sitting, Cancellation brake) {
        var came = takeForRun.take(sitting, brake);
        String said = came.message().map(message -> ": " + message).orElse("");
        return switch (came.state()) {
            case COMPLETE -> "Measurement " + came.id() + " is complete" + said;
            case FAILED -> "Measurement " + came.id() + " could not be taken" + said;
            case STOPPED -> "Measurement " + came.id() + " was stopped" + said;
            default -> "Measurement " + came.id() + " broke off" + said;
        };
    }

    /**
     * What the judge said of a run.
     *
     * @param failed whether an intent was missed, or a metric was not back at its baseline after the way back
     * @param sentence what he said
     */
    record Said(boolean failed, String sentence) {

        /** There is no verdict. */
        static Said nothing(String why) {
            return new Said(false, "What was measured could not be compared" + (why.isEmpty() ? "" : ": " + why));
        }
    }

    /** Whether there is something for the judge; needs a transaction. */
    boolean hasMeasured(Run run, Runbook runbook) {
        return !runbook.metrics().isEmpty()
                && measures(run)
                && measurements.sidesOf(run.id()).stream().anyMatch(each -> each.state() == MeasurementState.COMPLETE);
    }

    /** Compares the legs of a run. Holds no transaction of the run. */
    Said judge(long run) {
        return QuarkusTransaction.requiringNew()
                .call(() -> compareRun.compare(run).map(ComparisonView::of))
                .map(MeasureLegs::said)
                .orElse(Said.nothing(""));
    }

    private static Said said(ComparisonView comparison) {
        List<String> missed = Stream.concat(
                        comparison.said().metrics().stream()
                                .filter(metric -> metric.declared() && Boolean.FALSE.equals(metric.met()))
                                .map(metric -> metric.name() + " " + metric.endpoint() + ": " + metric.sentence()),
                        comparison.said().metrics().stream()
                                .map(CameBack::against)
                                .flatMap(Optional::stream))
                .toList();
        String whole = "Comparison " + comparison.id() + ", evidence "
                + comparison.said().grade() + ": " + comparison.said().headline();
        return new Said(!missed.isEmpty(), missed.isEmpty() ? whole : whole + " " + missed.get(0));
    }
}
