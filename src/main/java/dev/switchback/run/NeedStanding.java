package dev.switchback.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How it stands with a step whose undo needs something. */
public enum NeedStanding {
    /** It has not begun: what its undo needs may still come into being. */
    TO_COME,
    /** It may have taken effect and can be undone: what its undo needs must be there. */
    IN_EFFECT,
    /** It is undone, was left out, or cannot be undone any more: nothing is needed. */
    GONE;

    /** Of every step by its id; steps that are not laid out are gone. */
    static Map<String, NeedStanding> of(Walk walk) {
        boolean noReturn = !walk.wayBack().isPossible();
        var standing = new HashMap<String, NeedStanding>();
        forth(walk.steps()).forEach((id, step) -> standing.put(id, noReturn ? GONE : of(step)));
        return standing;
    }

    private static Map<String, RunStep> forth(List<RunStep> steps) {
        var latest = new HashMap<String, RunStep>();
        steps.stream().filter(step -> step.leg() != Leg.BACK).forEach(step -> latest.put(step.stepId(), step));
        return latest;
    }

    static NeedStanding of(RunStep step) {
        if (WayBack.mayHaveTakenEffect(step)) {
            return IN_EFFECT;
        }
        return step.state() == StepState.PENDING || step.state() == StepState.WAITING ? TO_COME : GONE;
    }
}
