package dev.switchback.run;

import java.time.Instant;

/**
 * Which levers a run has at this moment. Between a person and the brake stands nothing but one confirmation.
 *
 * @param canPause whether it can stop after the step
 * @param canKeepGoing whether a wish to pause can be taken back
 * @param canResume whether it can go on after a pause, or start after all
 * @param canRollBack whether it can turn around, or be taken back after its end
 * @param canAbort whether it can be ended without undoing anything
 * @param isOver whether it has ended: taking it back is then a run of its own
 * @param step the number of the step that would be finished first; 0 when there is none
 */
public record Brake(
        boolean canPause,
        boolean canKeepGoing,
        boolean canResume,
        boolean canRollBack,
        boolean canAbort,
        boolean isOver,
        int step) {

    /** The levers of this run. */
    static Brake of(Walk walk, boolean alreadyTakenBack, Instant now) {
        Run run = walk.run();
        RunState state = run.state();
        boolean moving = state == RunState.RUNNING || state == RunState.ROLLING_BACK;
        return new Brake(
                moving && run.wanted().isEmpty(),
                moving && run.wanted().filter(Wanted.PAUSE::equals).isPresent(),
                state == RunState.PAUSED || run.asksToStart(),
                canRollBack(walk, alreadyTakenBack, now),
                !state.isFinal() && run.wanted().filter(Wanted.ABORT::equals).isEmpty(),
                state.isFinal(),
                walk.current().map(walk::number).orElse(0));
    }

    private static boolean canRollBack(Walk walk, boolean alreadyTakenBack, Instant now) {
        Run run = walk.run();
        WayBack way = walk.wayBack();
        return switch (run.state()) {
            case RUNNING, WAITING, PAUSED ->
                !run.asksToStart()
                        && !run.isGoingBack()
                        && way.isPossible()
                        && run.wanted().filter(wanted -> wanted != Wanted.PAUSE).isEmpty();
            case SUCCEEDED, FAILED, ABORTED ->
                run.purpose() != Purpose.ROLLBACK
                        && way.isPossible()
                        && !way.undos().isEmpty()
                        && !alreadyTakenBack
                        && EasyWayBack.of(run, walk.runbook())
                                .filter(limit -> limit.isOver(now))
                                .isEmpty();
            default -> false;
        };
    }

    public boolean isEmpty() {
        return !(canPause || canKeepGoing || canResume || canRollBack || canAbort);
    }
}
