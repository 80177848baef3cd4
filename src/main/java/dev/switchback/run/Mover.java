package dev.switchback.run;

import dev.switchback.probe.ProbeView;
import java.time.Duration;

/**
 * A run that is not over, in the list of what moves. Immutable.
 *
 * @param run the run, with its migration, revision and environment
 * @param headline where it stands
 * @param segments its progress
 * @param brake what can be done now
 * @param usually how long such a run usually takes; null when not known
 * @param undos how many steps stopping now would undo
 * @param asks the title of what a person has to decide; null when nothing is asked
 * @param askingStep the number of that step; 0 when nothing is asked
 * @param probe what its probe saw so far; null without one
 */
public record Mover(
        Run run,
        Headline headline,
        Segments segments,
        Brake brake,
        Duration usually,
        int undos,
        String asks,
        int askingStep,
        ProbeView probe) {

    public boolean needsPerson() {
        return run.state().needsPerson();
    }

    public boolean isProduction() {
        return run.environment().tier().isProduction();
    }

    public boolean isPlanned() {
        return run.state() == RunState.QUEUED && run.startAt() != null;
    }
}
