package dev.switchback.run;

import dev.switchback.access.Caller;
import dev.switchback.probe.Probing;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Runbook;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person says about a whole run. A run that is being driven is asked, and its driver obeys at once (abort,
 * rollback) or after the step (pause); any other is moved here.
 */
@ApplicationScoped
public class DecideRun {

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    Legs legs;

    @Inject
    Approvals approvals;

    @Inject
    Probing probing;

    @Inject
    Watches watches;

    @Inject
    WayBackNeeds wayBackNeeds;

    @Inject
    InstantSource clock;

    /** Stops between two steps. */
    @Transactional
    public Run pause(long id, Caller caller, String reason) {
        Run run = toDecide(id, caller);
        if (run.state() != RunState.RUNNING && run.state() != RunState.ROLLING_BACK) {
            throw notNow(run, "pause", "a run that is running or rolling back");
        }
        wish(run, Wanted.PAUSE, caller, reason);
        return runs.require(id);
    }

    /**
     * Goes on after a pause, takes back the wish to pause, or starts a run that could not start when it was to. What must
     * stay true and does not is asked once more before; going on against it needs a reason. Connects to targets then; to
     * be called outside of a transaction.
     *
     * @throws dev.switchback.problem.ProblemException 409 not possible now; 422 with {@code violations} when something
     *     that must stay true is broken, or the way back is not ready, and no reason is given
     */
    public Run resume(long id, Caller caller, String reason) {
        QuarkusTransaction.requiringNew().run(() -> requireMay(runs.require(id), caller));
        watches.askAgain(id);
        return QuarkusTransaction.requiringNew().call(() -> goOn(id, caller, reason));
    }

    private Run goOn(long id, Caller caller, String reason) {
        Run run = toDecide(id, caller);
        boolean withdraws = run.wanted().filter(Wanted.PAUSE::equals).isPresent()
                && run.state().isMoving();
        if (withdraws || run.state() == RunState.PAUSED) {
            acceptWhatIsBroken(run, caller, reason);
        }
        if (withdraws) {
            run.wantSettled();
            ledger.note(run, null, "pause-withdrawn", caller.name(), reason);
        } else if (run.asksToStart()) {
            requireApproved(run);
            ledger.move(run, RunHappening.START_NOW, caller.name(), reason);
            run.startsAt(clock.instant(), caller);
            run.because(null);
        } else {
            ledger.move(
                    run, run.isRollingBack() ? RunHappening.RESUME_BACK : RunHappening.RESUME, caller.name(), reason);
            probing.accept(run.id());
            run.because(null);
        }
        return runs.require(id);
    }

    private void requireApproved(Run run) {
        if (approvals.isWaiting(run)) {
            Assent assent = approvals.of(run);
            throw Problem.conflict(
                            "Run " + run.id() + " has " + assent.given() + " of " + assent.needed()
                                    + " approvals that count, so it does not begin",
                            "somebody's yes on /migrations/" + run.migration().key() + "/approve?run=" + run.id())
                    .toException();
        }
    }

    private void acceptWhatIsBroken(Run run, Caller caller, String reason) {
        Optional<String> against = watches.against(run, true);
        if (against.isPresent() && (reason == null || reason.isBlank())) {
            throw Problem.content(List.of(Violation.of(
                            "reason",
                            against.get() + ". Going on against it needs a reason; nothing was decided",
                            "why it may go on, or that it holds again")))
                    .toException();
        }
        against.ifPresent(what -> {
            watches.accept(run, caller.name());
            ledger.note(run, null, "went-on-against", caller.name(), what + ". " + reason.strip());
        });
    }

    /** Ends it where it stands; undoes nothing. */
    @Transactional
    public Run abort(long id, Caller caller, String reason) {
        Run run = toDecide(id, caller);
        if (run.state() == RunState.RUNNING || run.state() == RunState.ROLLING_BACK) {
            wish(run, Wanted.ABORT, caller, reason);
        } else {
            closeOpenQuestions(run, caller.name());
            ledger.move(run, RunHappening.ABORT, caller.name(), reason);
            run.because(reason);
        }
        return runs.require(id);
    }

    private void closeOpenQuestions(Run run, String by) {
        runs.steps(run, run.legNo()).stream()
                .filter(step -> step.state() == StepState.WAITING)
                .forEach(step -> ledger.move(step, StepHappening.SKIP, by, "The run was aborted"));
    }

    /**
     * Takes it back: a run that is not over turns around, for one that is over a new run is made. Before that, what its
     * undos need is asked, so that no rollback stops half way for a reason that was known from the start; that connects to
     * targets, so it is to be called outside of a transaction.
     *
     * @throws dev.switchback.problem.ProblemException 409 not possible now: the point of no return was passed, the declared
     *     limit is over, something that the way back needs is missing, it was taken back already, or somebody else is
     *     changing the service there
     */
    public Run rollback(long id, Caller caller, String reason) {
        Run seen = QuarkusTransaction.requiringNew().call(() -> {
            Run run = runs.require(id);
            requireMay(run, caller);
            if (run.state().isFinal()) {
                requireToTakeBack(run);
            }
            return run;
        });
        if (seen.state().isFinal()) {
            wayBackNeeds.require(seen.id());
        }
        return QuarkusTransaction.requiringNew().call(() -> rollBackNow(id, caller, reason));
    }

    private Run rollBackNow(long id, Caller caller, String reason) {
        Run run = toDecide(id, caller);
        if (run.state().isFinal()) {
            return runs.require(takeBack(run, caller, reason).id());
        }
        switch (run.state()) {
            case ROLLBACK_FAILED -> tryUndoAgain(run, caller, reason);
            case RUNNING -> {
                requireGoingForward(run);
                legs.requireWayBack(run, runs.steps(run));
                wish(run, Wanted.ROLLBACK, caller, reason);
            }
            case WAITING, PAUSED -> {
                if (run.asksToStart()) {
                    throw notNow(run, "rollback", "a run that has begun; this one can be aborted");
                }
                requireGoingForward(run);
                legs.turnBack(run);
                ledger.move(run, RunHappening.ROLL_BACK, caller.name(), reason);
                run.because(reason);
            }
            default -> throw notNow(run, "rollback", "a run that is running, waiting, paused or over");
        }
        return runs.require(id);
    }

    private void requireGoingForward(Run run) {
        if (run.isRollingBack() || run.isGoingBack()) {
            throw Problem.conflict(
                            "Run " + run.id() + " is on its way back already",
                            "an answer to the step that waits, if any")
                    .toException();
        }
    }

    private void tryUndoAgain(Run run, Caller caller, String reason) {
        runs.steps(run, run.legNo()).stream()
                .filter(step -> step.state() == StepState.FAILED)
                .forEach(step -> ledger.move(step, StepHappening.AGAIN, caller.name(), reason));
        ledger.move(run, RunHappening.ANSWERED_BACK, caller.name(), reason);
        run.because(null);
    }

    private Run takeBack(Run run, Caller caller, String reason) {
        return makeRollback(run, requireToTakeBack(run), caller, reason);
    }

    private WayBack requireToTakeBack(Run run) {
        if (run.purpose() == Purpose.ROLLBACK) {
            throw Problem.conflict("Run " + run.id() + " is a rollback itself", "a run that went forward")
                    .toException();
        }
        if (run.state() == RunState.ROLLED_BACK) {
            throw notNow(run, "rollback", "a run whose steps are still in effect");
        }
        runs.undoOf(run).ifPresent(undo -> {
            throw Problem.conflict(
                            "Run " + undo.id() + " takes run " + run.id() + " back and is "
                                    + undo.state().word(),
                            "a run that was not taken back yet")
                    .with("run", "/api/v1/runs/" + undo.id())
                    .toException();
        });
        Set<String> takenBack = runs.takenBack(run);
        WayBack way = legs.requireWayBack(run, runs.steps(run)).without(takenBack);
        requireInTime(run);
        if (way.undos().isEmpty() && !takenBack.isEmpty()) {
            throw Problem.conflict(
                            "Everything that run " + run.id() + " did was undone already",
                            "a run with steps that are still in effect")
                    .toException();
        }
        if (way.undos().isEmpty()) {
            throw Problem.conflict("Run " + run.id() + " left nothing to undo", "a run with steps that took effect")
                    .toException();
        }
        runs.holding(run.service(), run.environment()).ifPresent(holder -> {
            throw Problem.conflict(
                            "Run " + holder.id() + " is changing " + run.service() + " in "
                                    + run.environment().key(),
                            "one run at a time on a service in an environment; wait for it or end it")
                    .with("run", "/api/v1/runs/" + holder.id())
                    .toException();
        });
        return way;
    }

    private void requireInTime(Run run) {
        Runbook runbook = Legs.runbookOf(run);
        EasyWayBack.of(run, runbook)
                .filter(limit -> limit.isOver(clock.instant()))
                .ifPresent(limit -> {
                    throw Problem.conflict(
                                    limit.ended(clock.instant()) + "; nothing was undone",
                                    "a rollback within the declared time. The way on by hand: "
                                            + runbook.rollbackNote())
                            .toException();
                });
    }

    private Run makeRollback(Run run, WayBack way, Caller caller, String reason) {
        var back = new Run(
                new Run.Order(
                        run.revision(),
                        run.environment(),
                        run.pinnedEnvironmentText(),
                        run.service(),
                        Purpose.ROLLBACK,
                        "applied",
                        "none",
                        null,
                        run,
                        caller.name(),
                        caller.tokenId().orElse(null),
                        null),
                clock.instant());
        runs.persistAndFlush(back);
        legs.layOutBack(back, 1, way);
        ledger.note(back, null, "requested", caller.name(), reason);
        leaveOut(run, back);
        warn(run, back);
        runs.flush();
        return back;
    }

    private void leaveOut(Run run, Run back) {
        Set<String> takenBack = runs.takenBack(run);
        if (!takenBack.isEmpty()) {
            ledger.note(
                    back,
                    null,
                    "left-out",
                    RunLedger.ENGINE,
                    "An earlier rollback of run " + run.id() + " undid "
                            + takenBack.stream().sorted().collect(Collectors.joining(", ")) + " already");
        }
    }

    /** What may make it half a way is on the record of the rollback. */
    private void warn(Run run, Run back) {
        runs.changedSince(run, 1)
                .forEach(later -> ledger.note(
                        back,
                        null,
                        "changed-since",
                        RunLedger.ENGINE,
                        "Run " + later.id() + " changed " + run.service() + " after run " + run.id() + "; taking run "
                                + run.id() + " back may undo only half"));
        List<String> apart =
                PinnedApart.of(run.pinnedEnvironment(), run.environment().content());
        if (!apart.isEmpty()) {
            ledger.note(
                    back,
                    null,
                    "environment-differs",
                    RunLedger.ENGINE,
                    run.environment().key() + " is not what it was when run " + run.id() + " was made: "
                            + String.join(", ", apart) + ". The way back uses the copy of then");
        }
    }

    private void wish(Run run, Wanted what, Caller caller, String reason) {
        // Abort overrides a wish for rollback, rollback one for a pause; the weaker never replaces the stronger.
        boolean weaker = run.wanted()
                .filter(already -> List.of(Wanted.PAUSE, Wanted.ROLLBACK, Wanted.ABORT)
                                .indexOf(already)
                        > List.of(Wanted.PAUSE, Wanted.ROLLBACK, Wanted.ABORT).indexOf(what))
                .isPresent();
        if (!weaker) {
            run.wants(what, caller.name(), reason);
        }
        ledger.note(run, null, what.word() + "-asked", caller.name(), reason);
    }

    private Run toDecide(long id, Caller caller) {
        Run run = runs.requireLocked(id);
        requireMay(run, caller);
        return run;
    }

    private static void requireMay(Run run, Caller caller) {
        caller.requireScope("operate");
        caller.require(run.right(), run.where());
    }

    private static RuntimeException notNow(Run run, String verb, String expected) {
        return Problem.conflict(
                        "Run " + run.id() + " is " + run.state().word() + "; " + verb + " is not possible now",
                        expected)
                .toException();
    }
}
