package dev.switchback.run;

import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be undone to get back from where a run stands: every step that succeeded, failed, ran or is unknown,
 * newest first, the failed one included. A pure function of the steps and the runbook.
 *
 * @param undos what is undone, in the order in which it is done
 * @param noReturn the irreversible step that was passed: there is no way back by itself any more
 */
public record WayBack(List<Undo> undos, Optional<RunbookStep> noReturn) {

    /** A step that went forward, and what the runbook says about it. */
    public record Undo(RunStep forward, RunbookStep step) {}

    public WayBack {
        undos = List.copyOf(undos);
    }

    /**
     * Looks where the run stands.
     *
     * @param steps every step of the run on every leg, in the order they are walked
     * @param runbook the pinned revision
     */
    public static WayBack of(List<RunStep> steps, Runbook runbook) {
        Map<String, RunStep> latest = new LinkedHashMap<>();
        steps.stream().filter(step -> step.leg() != Leg.BACK).forEach(step -> latest.put(step.stepId(), step));
        var undos = new ArrayList<Undo>();
        Optional<RunbookStep> noReturn = Optional.empty();
        for (RunbookStep step : runbook.steps()) {
            RunStep forward = latest.get(step.id());
            if (forward == null || !mayHaveTakenEffect(forward)) {
                continue;
            }
            if (step.rollback().isPresent()) {
                undos.add(new Undo(forward, step));
            } else if (step.irreversible().isPresent() && forward.state() != StepState.FAILED) {
                noReturn = Optional.of(step);
            }
        }
        Collections.reverse(undos);
        return new WayBack(undos, noReturn);
    }

    /** The same without these steps: an undo that was carried out is not carried out twice. */
    WayBack without(Set<String> takenBack) {
        return new WayBack(
                undos.stream()
                        .filter(undo -> !takenBack.contains(undo.step().id()))
                        .toList(),
                noReturn);
    }

    /** Whether there may be something to undo. */
    static boolean mayHaveTakenEffect(RunStep step) {
        return switch (step.state()) {
            case SUCCEEDED, UNKNOWN, RUNNING, FAILED -> true;
            // It asked before it did anything, or it asked a person who may have done it already.
            case WAITING -> step.attempt() > 0;
            case PENDING -> step.attempt() > 0;
            case SKIPPED, ROLLED_BACK -> false;
        };
    }

    public boolean isPossible() {
        return noReturn.isEmpty();
    }
}
