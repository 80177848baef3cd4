package dev.switchback.run;

import dev.switchback.problem.Problem;
import java.util.List;

/**
 * The last look before a run is taken back: what is undone, until when that is possible, and what may make it half a way.
 * Immutable.
 *
 * @param run the run
 * @param undo what is undone
 * @param limit until when; null without a limit
 * @param ended why it is too late, in one sentence; empty when it is not
 * @param note how to get back, in words
 * @param since runs that changed the same service there after this one, newest first
 * @param apart what of the environment is another one today than the copy that the rollback uses
 * @param needs what the undos need, in words; asked when the button is pressed
 * @param typed what somebody typed
 * @param problem why it was not accepted; null when nothing was tried
 */
public record RollbackPage(
        Run run,
        UndoView undo,
        EasyWayBack limit,
        String ended,
        String note,
        List<Run> since,
        List<String> apart,
        List<String> needs,
        String typed,
        Problem problem) {

    public RollbackPage {
        since = List.copyOf(since);
        apart = List.copyOf(apart);
        needs = List.copyOf(needs);
    }

    public boolean isOver() {
        return run.state().isFinal();
    }

    public boolean isProduction() {
        return run.environment().tier().isProduction();
    }

    /** Whether the name of the environment is to be typed: nothing to type stands between a person and the brake. */
    public boolean asksForName() {
        return isOver() && isProduction();
    }

    /** Whether the problem is about the name that was typed. */
    public boolean isAboutName() {
        return problem != null && problem.status() == 422;
    }

    /** Where another run is in the way, the page of it; null otherwise. */
    public String inTheWay() {
        return problem == null || !problem.more().containsKey("run")
                ? null
                : problem.more().get("run").toString().replace("/api/v1", "");
    }

    /** "target db, variable region". */
    public String apartWords() {
        return String.join(", ", apart);
    }
}
