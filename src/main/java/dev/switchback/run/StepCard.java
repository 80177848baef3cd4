package dev.switchback.run;

import dev.switchback.step.StepKind;
import dev.switchback.web.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The middle of the run's page: the step at which it stands. Immutable.
 *
 * @param step the step
 * @param number its number in the runbook
 * @param title its name with its number
 * @param mark its state
 * @param words what it does, and the rest
 * @param usually how long it usually takes; null when not known
 * @param since when it began, while it runs; null otherwise
 * @param question what it asks; null when it asks nothing
 */
public record StepCard(
        RunStep step,
        int number,
        String title,
        Mark mark,
        StepDescription words,
        Duration usually,
        Instant since,
        RunQuestion question) {

    private static final Pattern MEASUREMENT = Pattern.compile("^Measurement (\\d{1,18}) ");

    static StepCard of(Walk walk, RunStep step, StepTimes times, StepDescription.Writer writer) {
        var written = walk.runbook().step(step.stepId()).orElseThrow();
        boolean back = step.leg() == Leg.BACK;
        return new StepCard(
                step,
                walk.number(step),
                (back ? "Undo " : "") + walk.number(step) + ". " + step.title(),
                RunLabels.look(step),
                back ? written.rollback().map(writer::ofUndo).orElseGet(() -> writer.of(written)) : writer.of(written),
                times.of(step).orElse(null),
                step.state() == StepState.RUNNING ? step.startedAt() : null,
                RunQuestion.of(walk, step, writer).orElse(null));
    }

    /** The number of the measurement that it took, as its message says it; null for a step that did not measure. */
    public Long measurement() {
        if (step.kind() != StepKind.MEASURE || step.message() == null) {
            return null;
        }
        Matcher named = MEASUREMENT.matcher(step.message());
        return named.find() ? Long.valueOf(named.group(1)) : null;
    }

    /** That it takes, or took, longer than usual, in words; null when it does not. */
    public String longer(Instant now) {
        return Lateness.words(since == null ? took() : Duration.between(since, now), usually)
                .orElse(null);
    }

    /** How long the attempt took; null while it runs, or before. */
    public Duration took() {
        return step.startedAt() == null || step.endedAt() == null
                ? null
                : Duration.between(step.startedAt(), step.endedAt());
    }
}
