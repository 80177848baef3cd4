package dev.switchback.engine;

import dev.switchback.measurement.TakeForRun.RunSitting;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunStep;
import dev.switchback.run.Runs;
import dev.switchback.run.StepHappening;
import dev.switchback.run.StepState;
import dev.switchback.step.Cancellation;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a driver does between two steps to prove that a run did what it was made for: it measures, has the judge compare,
 * and lets what he said decide how a rehearsal ends.
 */
@ApplicationScoped
class CollectEvidence {

    private static final String SKIPPED = StepHappening.SKIP.word();
    private static final String SUCCEEDED = StepHappening.SUCCEED.word();
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Inject
    MeasureLegs legs;

    @Inject
    RunLedger ledger;

    @Inject
    Runs runs;

    /** Minutes of measuring, outside of the transaction. */
    record Measure(RunSitting sitting, String when) implements RunDriver.Work {}

    /** The judge compares what was measured. */
    record Judge() implements RunDriver.Work {}

    /** What has to be measured before this move, and what the judge says of it before the run ends. */
    Optional<RunDriver.Work> before(NextMove move, Course course, Run run, List<RunStep> steps) {
        Optional<MeasureLegs.Due> due = legs.due(run, course.runbook(run), steps, move);
        if (due.isPresent()) {
            if (!course.reins().isFresh()) {
                return Optional.of(new RunDriver.Work.Again());
            }
            String when = due.get().words();
            ledger.note(run, null, "measures", RunLedger.ENGINE, "Measures " + when);
            run.measures(when);
            return Optional.of(new Measure(legs.sitting(course, run, due.get()), when));
        }
        boolean isLast = move instanceof NextMove.Finish && !run.isRollingBack();
        return isLast && course.said() == null && legs.hasMeasured(run, course.runbook(run))
                ? Optional.of(new Judge())
                : Optional.empty();
    }

    /** Measures; ends soon after somebody wants something else of the run. */
    RunDriver.Entry measure(Course course, Measure measure) {
        Cancellation brake = course.reins().hold();
        String came;
        try {
            came = legs.take(measure.sitting(), brake);
        } finally {
            course.reins().letGo();
        }
        return run -> {
            ledger.note(run, null, "measured", RunLedger.ENGINE, came);
            run.because(null);
        };
    }

    /**
     * The verdict is told once; when the answer of the database gets lost, the judge says the same again. A judge that
     * fails himself is told too, and keeps no run from ending.
     */
    RunDriver.Entry judge(Course course) throws InterruptedException {
        MeasureLegs.Said said;
        try {
            said = legs.judge(course.lease().runId());
        } catch (RuntimeException e) {
            if (DatabaseTrouble.is(e)) {
                course.reins().rest(BETWEEN_TRIES);
                return RunDriver.Entry.NOTHING;
            }
            Log.errorf(e, "what run %d measured", course.lease().runId());
            said = MeasureLegs.Said.nothing("Switchback itself failed: " + e);
        }
        course.heard(said);
        String sentence = said.sentence();
        return run -> ledger.note(run, null, "judged", RunLedger.ENGINE, sentence);
    }

    /** Every step succeeded. A rehearsal that missed an intent has proved that the change is not what was wanted. */
    void finish(Course course, Run run) {
        if (run.purpose() == Purpose.REHEARSAL) {
            Optional<String> instead = saidInstead(run);
            if (instead.isPresent()) {
                ledger.move(run, RunHappening.NOT_PROVEN, RunLedger.ENGINE, instead.get());
                run.because(instead.get());
                return;
            }
        }
        MeasureLegs.Said said = course.said();
        if (said != null && said.failed() && run.purpose() == Purpose.REHEARSAL) {
            ledger.move(run, RunHappening.NOT_PROVEN, RunLedger.ENGINE, said.sentence());
            run.because("Every step succeeded, but the measurements say no. " + said.sentence());
            return;
        }
        ledger.move(run, RunHappening.FINISHED, RunLedger.ENGINE, null);
        if (said != null) {
            run.because(said.sentence());
        }
    }

    /**
     * Where a person went on without a step, or said of one that had failed that it is done: that leg did not succeed
     * (CONTRACT.md, section 3), however good the reason was. Of a step of which nobody knew whether it happened a person's
     * word counts, because the checks behind it and the look at the old state come after it.
     */
    private Optional<String> saidInstead(Run run) {
        List<String> steps = runs.eventsWith(run, List.of(SKIPPED, SUCCEEDED)).stream()
                .filter(event -> event.stepId() != null && !event.actor().equals(RunLedger.ENGINE))
                .filter(event -> event.action().equals(SKIPPED)
                        || StepState.FAILED.word().equals(event.fromState()))
                .map(event -> event.actor()
                        + (event.action().equals(SKIPPED) ? " went on without step " : " called the failed step ")
                        + event.stepId() + (event.action().equals(SKIPPED) ? "" : " done") + " ("
                        + event.leg() + ")")
                .toList();
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of("The rehearsal proves nothing: " + String.join("; ", steps)
                        + ". Every step has to succeed on every leg; rehearse it again without that");
    }
}
