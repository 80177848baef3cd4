package dev.switchback.run;

import dev.switchback.web.Mark;
import java.time.Duration;

/**
 * A step in the report of a run.
 *
 * @param number its place in the runbook
 * @param leg on which way
 * @param title what it does
 * @param planned how long it usually takes; null when not known
 * @param actual how long it took; null when it did not run
 * @param late that this was longer than usual, in words; empty when it was not
 * @param mark its state
 * @param undoneBy how it is undone, or why not; empty for an undo
 */
public record ReportRow(
        int number,
        String leg,
        String title,
        Duration planned,
        Duration actual,
        String late,
        Mark mark,
        String undoneBy) {

    static ReportRow of(Walk walk, RunStep step, StepTimes times, StepDescription.Writer words) {
        Duration planned = times.of(step).orElse(null);
        Duration actual = step.startedAt() == null || step.endedAt() == null
                ? null
                : Duration.between(step.startedAt(), step.endedAt());
        return new ReportRow(
                walk.number(step),
                RunLabels.title(step.leg()),
                step.title(),
                planned,
                actual,
                Lateness.words(actual, planned).orElse(""),
                RunLabels.look(step),
                step.leg() == Leg.BACK
                        ? ""
                        : walk.runbook()
                                .step(step.stepId())
                                .map(each -> words.of(each).undoneBy())
                                .orElse(""));
    }
}
