package dev.switchback.run;

import dev.switchback.measurement.SittingSize;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a run usually takes as a whole: its steps on all of its legs, also those that are not laid out yet, and what it
 * measures. Empty as soon as one of the steps was never timed: half a sum would promise too much.
 */
final class UsualTime {

    private static final int SITTINGS_OF_REHEARSAL = 4;

    private UsualTime() {}

    static Optional<Duration> of(Walk walk, StepTimes times) {
        if (walk.steps().isEmpty()) {
            return Optional.empty();
        }
        Run run = walk.run();
        boolean goesAllTheWay = run.purpose() == Purpose.REHEARSAL && !run.isRollingBack();
        Optional<Duration> steps =
                goesAllTheWay ? thereBackAndThere(run, walk.runbook(), times) : times.sum(walk.steps());
        return steps.map(sittings(run, walk.runbook())::plus);
    }

    private static Optional<Duration> thereBackAndThere(Run run, Runbook runbook, StepTimes times) {
        Optional<Duration> there =
                times.there(runbook.steps().stream().map(RunbookStep::id).toList());
        List<String> undone = runbook.steps().stream()
                .filter(step -> step.rollback().isPresent())
                .map(RunbookStep::id)
                .toList();
        int returns = run.finish().equals("restored") ? 2 : 1;
        return there.flatMap(
                one -> times.undoing(undone).map(back -> one.multipliedBy(2).plus(back.multipliedBy(returns))));
    }

    /** A run that was called back measures nothing more; before a live run a fresh baseline may save one of the two. */
    private static Duration sittings(Run run, Runbook runbook) {
        if (run.measure().equals("none") || run.purpose() == Purpose.ROLLBACK || run.isRollingBack()) {
            return Duration.ZERO;
        }
        var metrics = runbook.metrics();
        Duration one = (run.measure().equals("quick") ? SittingSize.quick(metrics) : SittingSize.full(metrics)).time();
        return one.multipliedBy(run.purpose() == Purpose.REHEARSAL ? SITTINGS_OF_REHEARSAL : 2);
    }
}
