package dev.switchback.run;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where what an undo needs stands among the steps of a run. What a later step made untrue, its undo may make true again,
 * and that undo comes first on the way back: such a need is not missing. It is missing for sure when it held although
 * everything later was in effect already, or when nothing later is. Immutable.
 *
 * @param standing how it stands with its own step
 * @param settled when the last later step that can be undone had ended; null when there is none, {@link Instant#MAX} while
 *     one is under way
 */
record NeedPlace(Standing standing, Instant settled) {

    /** How it stands with a step. */
    enum Standing {
        /** It has not begun: what its undo needs may still come into being. */
        TO_COME,
        /** It may have taken effect and can be undone. */
        IN_EFFECT,
        /** It is undone, was left out, or cannot be undone any more: nothing is needed. */
        GONE
    }

    static final NeedPlace NOWHERE = new NeedPlace(Standing.GONE, null);

    /** Of every step by its id; steps that are not laid out are nowhere. */
    static Map<String, NeedPlace> of(Walk walk) {
        boolean noReturn = !walk.wayBack().isPossible();
        List<RunStep> forth = forth(walk);
        var places = new HashMap<String, NeedPlace>();
        Instant settled = null;
        for (int i = forth.size() - 1; i >= 0; i--) {
            RunStep step = forth.get(i);
            Standing standing = noReturn ? Standing.GONE : standing(step);
            places.put(step.stepId(), new NeedPlace(standing, settled));
            if (standing == Standing.IN_EFFECT && isUndone(walk, step)) {
                settled = later(settled, step.endedAt() == null ? Instant.MAX : step.endedAt());
            }
        }
        return places;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    private static boolean isUndone(Walk walk, RunStep step) {
        return walk.runbook()
                .step(step.stepId())
                .flatMap(written -> written.rollback())
                .isPresent();
    }

    /** The latest of each step, in the order of the runbook. */
    private static List<RunStep> forth(Walk walk) {
        var latest = new LinkedHashMap<String, RunStep>();
        walk.steps().stream()
                .filter(step -> step.leg() != Leg.BACK)
                .sorted(java.util.Comparator.comparingInt(RunStep::legNo))
                .forEach(step -> latest.put(step.stepId(), step));
        return latest.values().stream()
                .sorted(java.util.Comparator.comparingInt(walk::number))
                .toList();
    }

    private static Standing standing(RunStep step) {
        if (WayBack.mayHaveTakenEffect(step)) {
            return Standing.IN_EFFECT;
        }
        return step.state() == StepState.PENDING || step.state() == StepState.WAITING
                ? Standing.TO_COME
                : Standing.GONE;
    }

    /** Whether the undo of nothing later can bring it back. */
    boolean isSettled(Instant heldAt) {
        return settled == null || heldAt != null && heldAt.isAfter(settled);
    }

    boolean isGone() {
        return standing == Standing.GONE;
    }

    boolean isInEffect() {
        return standing == Standing.IN_EFFECT;
    }
}
