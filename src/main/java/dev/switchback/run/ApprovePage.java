package dev.switchback.run;

import dev.switchback.migration.Migration;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.Runbook;

/**
 * What an approver signs: exactly what would be carried out, how it is undone, and the evidence. Immutable.
 *
 * @param run the run that waits; null when none does
 * @param assent what was said so far; null without a run
 * @param gates the go/no-go table of the run; null without one
 * @param runbook the revision that it pins; null without a run
 * @param rehearsed the newest rehearsal of the migration that passed; null when there is none that the reader may see
 * @param wasRehearsed whether this work was rehearsed and passed, wherever that was
 * @param overtaken why nobody can approve it any more; null when they can
 * @param against why the reader may not; null when they may
 * @param typed the reason that was typed
 * @param problem why it was not accepted; null when nothing was sent
 */
public record ApprovePage(
        Migration migration,
        Run run,
        Assent assent,
        GateTable gates,
        Runbook runbook,
        Run rehearsed,
        boolean wasRehearsed,
        String overtaken,
        String against,
        String typed,
        Problem problem) {

    public boolean isProduction() {
        return run != null && run.environment().tier().isProduction();
    }

    /** Whether it still waits for people. */
    public boolean isWaiting() {
        return run != null && run.isStillToBegin() && (run.state() == RunState.AWAITING_APPROVAL || !assent.isEnough());
    }

    /** Whether a yes is wanted and would count. */
    public boolean isApprovable() {
        return isWaiting() && overtaken == null;
    }

    /** Whether somebody who read it may still say no: until it begins. */
    public boolean isToReject() {
        return run != null && run.isStillToBegin() && run.approvalsNeeded() > 0;
    }

    /** Whether it was asked for as an older revision than the present one, which says something else. */
    public boolean isOlder() {
        return overtaken == null && run.revision().number() < migration.revision();
    }

    /** What stands in the band of a production page. */
    public String bandText() {
        return "What you approve on this page changes " + run.service() + " there.";
    }

    /** The answer, as the heading. */
    public String question() {
        if (run == null) {
            return "Nothing waits for approval";
        }
        return isWaiting()
                ? "Approve run " + run.id() + " in " + run.environment().name() + "?"
                : "Run " + run.id() + " waits for nobody’s approval any more";
    }

    /** Whether what was rehearsed last is what would run. */
    public boolean isAsRehearsed() {
        return rehearsed != null
                && rehearsed.revision().number() == run.revision().number();
    }

    /** Where the differences to what was rehearsed stand; null when there are none, or nothing was rehearsed. */
    public String difference() {
        return rehearsed == null || isAsRehearsed()
                ? null
                : "/migrations/" + migration.key() + "/revisions/"
                        + Math.min(rehearsed.revision().number(), run.revision().number()) + ".."
                        + Math.max(rehearsed.revision().number(), run.revision().number());
    }

    /** How much this run measures, and what that proves. */
    public String measured() {
        if (runbook.metrics().isEmpty()) {
            return "Nothing: revision " + run.revision().number() + " declares no metrics";
        }
        return switch (run.measure()) {
            case "none" -> "Not at all: nobody will know whether it got better or worse";
            case "quick" -> "Quickly, which is never a proof";
            default -> "In full";
        };
    }

    /** The name of the content, as much of it as people compare. */
    public String hash() {
        return run.revision().contentHash();
    }

    /** The number of the first step that cannot be undone; 0 when there is none. */
    public int noReturn() {
        return runbook.pointOfNoReturn()
                .map(step -> runbook.steps().indexOf(step) + 1)
                .orElse(0);
    }
}
