package dev.switchback.engine;

import dev.switchback.problem.ProblemException;
import dev.switchback.run.AttemptLogs;
import dev.switchback.run.BeginNext;
import dev.switchback.run.DecideApproval;
import dev.switchback.run.Leg;
import dev.switchback.run.Legs;
import dev.switchback.run.Purpose;
import dev.switchback.run.ReadyToStart;
import dev.switchback.run.Run;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunLog;
import dev.switchback.run.RunLog.LostLeaseException;
import dev.switchback.run.RunState;
import dev.switchback.run.RunStep;
import dev.switchback.run.Runs;
import dev.switchback.run.StepHappening;
import dev.switchback.run.StepState;
import dev.switchback.run.Wanted;
import dev.switchback.spool.Batch;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepExecutor.Preparation;
import dev.switchback.step.shell.Orphans;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Drives one run under one lease, step by step, until a person has to decide or nothing is left to do. What came of a
 * step and what comes next is one transaction that holds the row of the run and the present fence; the work in between
 * holds none. A database that is away for a moment changes no truth: what is known is written when it is back, for as
 * long as nobody else has taken the run.
 */
@ApplicationScoped
class RunDriver {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    Legs legs;

    @Inject
    RunLog log;

    @Inject
    AttemptLogs logs;

    @Inject
    TryStep tryStep;

    @Inject
    RecordOutcome record;

    @Inject
    BeginNext beginNext;

    @Inject
    WatchProbe probe;

    @Inject
    CollectEvidence evidence;

    @Inject
    SeeOldState oldState;

    @Inject
    ChecksBefore checks;

    @Inject
    AskHolds holds;

    @Inject
    ReadyToStart ready;

    @Inject
    DecideApproval approvals;

    @Inject
    InstantSource clock;

    /** Drives until there is nothing to do for a driver, or the instance stops. */
    void drive(Course course) throws InterruptedException {
        try {
            Work work = advance(course, Entry.NOTHING);
            while (!(work instanceof Work.Done)) {
                Entry came = carryOut(course, work);
                Optional<Work> next = goStraightOn(course, came);
                work = next.isPresent() ? next.get() : advance(course, came);
            }
        } finally {
            course.hasReady(Preparation.NOTHING);
            course.lines().ifPresent(logs::keep);
        }
    }

    /** What a decision leaves to do outside of its transaction. */
    interface Work {
        record Again() implements Work {}

        record Rest(java.time.Instant until) implements Work {}

        record Execute(Attempt attempt) implements Work {}

        record Settle(Attempt attempt) implements Work {}

        record AskReadiness() implements Work {}

        record EndProbe(java.time.Instant until) implements Work {}

        record Done() implements Work {}
    }

    /** What came of the work, to be written under the lock of the run. */
    interface Entry {
        Entry NOTHING = run -> {};

        void write(Run run);
    }

    /** A step of this driver succeeded: nothing but that was written down, if it went straight on to the next one. */
    private record Succeeded(Attempt attempt, Outcome outcome, Entry entry) implements Entry {
        @Override
        public void write(Run run) {
            entry.write(run);
        }
    }

    /**
     * The short way from a step that succeeded to the next one of its leg: one statement. Empty when there is anything
     * to decide, or anything new about the run; what was written then, if the answer got lost, the long way finds out.
     */
    private Optional<Work> goStraightOn(Course course, Entry came) {
        if (!(came instanceof Succeeded done) || course.run() == null || !mayGoStraightOn(course, done.attempt())) {
            return Optional.empty();
        }
        Run run = course.run();
        if (holds.concerns(course, run)) {
            return Optional.empty();
        }
        NextMove move = NextMove.of(run, course.ahead(), clock.instant());
        if (!(move instanceof NextMove.Try next) || isNoReturn(course, run, next.step())) {
            return Optional.empty();
        }
        course.beginsNext(next.step());
        try {
            if (!beginNext.succeeded(
                    run, course.lease().fence(), done.attempt().step(), done.outcome(), course.lines(), next.step())) {
                return Optional.empty();
            }
        } catch (SQLException e) {
            Log.debugf(e, "run %d could not go straight on; it is looked at", run.id());
            return Optional.empty();
        }
        course.linesStored();
        course.goesOn();
        return Optional.of(new Work.Execute(attempt(course, run, next.step())));
    }

    private static boolean mayGoStraightOn(Course course, Attempt attempt) {
        Reins reins = course.reins();
        return attempt.step().leg() != Leg.BACK && reins.isFresh() && !reins.leaving() && !reins.dropped();
    }

    private Entry carryOut(Course course, Work work) throws InterruptedException {
        if (work instanceof AskHolds.Look look) {
            return holds.look(course, look);
        }
        course.holdsAreOld();
        if (work instanceof Work.Execute execute) {
            return execute(course, execute.attempt());
        }
        if (work instanceof Work.Settle settle) {
            return settle(course, settle.attempt());
        }
        if (work instanceof Work.AskReadiness) {
            return askReadiness(course);
        }
        if (work instanceof SeeOldState.Look look) {
            return oldState.look(course, look);
        }
        if (work instanceof ChecksBefore.Look look) {
            return checks.look(course, look);
        }
        if (work instanceof CollectEvidence.Measure measure) {
            return evidence.measure(course, measure);
        }
        if (work instanceof CollectEvidence.Judge) {
            return evidence.judge(course);
        }
        if (work instanceof Work.EndProbe tail) {
            return endProbe(course, tail.until());
        }
        if (work instanceof Work.Rest rest) {
            course.reins().rest(Duration.between(clock.instant(), rest.until()));
        }
        return Entry.NOTHING;
    }

    /** Writes the entry and decides what comes next; tries again for as long as the database is away. */
    private Work advance(Course course, Entry entry) throws InterruptedException {
        while (!course.reins().dropped()) {
            if (entry == Entry.NOTHING && !course.reins().isFresh()) {
                if (course.reins().leaving()) {
                    return new Work.Done();
                }
                course.reins().rest(BETWEEN_LOOKS);
                continue;
            }
            try {
                Work next = QuarkusTransaction.requiringNew().call(() -> writeAndDecide(course, entry));
                course.linesStored();
                return next;
            } catch (LostLeaseException | ProblemException e) {
                throw e;
            } catch (RuntimeException e) {
                if (!DatabaseTrouble.is(e)) {
                    throw e;
                }
                Log.warnf(
                        "run %d could not be written, trying again: %s",
                        course.lease().runId(), e.getMessage());
                course.reins().rest(BETWEEN_TRIES);
            }
        }
        return new Work.Done();
    }

    Work writeAndDecide(Course course, Entry entry) {
        course.forget();
        Run run = mine(course.lease());
        course.lines().ifPresent(this::append);
        int leg = run.legNo();
        // Read before anything is changed: what came of this step and the begin of the next are written together then.
        List<RunStep> next = runs.nextSteps(run);
        entry.write(run);
        if (course.reins().leaving()) {
            return new Work.Done();
        }
        return run.legNo() == leg ? decide(course, run, next) : decide(course, run);
    }

    /** The last lines of a step belong to the transaction that says what came of it. */
    private void append(Batch lines) {
        try {
            log.append(lines);
        } catch (SQLException e) {
            throw new IllegalStateException("the last lines of a step could not be stored: " + e.getMessage(), e);
        }
    }

    private Run mine(Lease lease) {
        Run run = runs.requireLocked(lease.runId());
        if (run.fence() != lease.fence()) {
            throw new LostLeaseException(lease.runId());
        }
        return run;
    }

    private Work decide(Course course, Run run) {
        return decide(course, run, runs.nextSteps(run));
    }

    private Work decide(Course course, Run run, List<RunStep> steps) {
        NextMove move = NextMove.of(run, steps, clock.instant());
        Optional<Work> first = oldState.before(move, course, run)
                .or(() -> checks.before(move, course, run))
                .or(() -> holds.before(move, course, run))
                .or(() -> evidence.before(move, course, run, steps));
        if (first.isPresent()) {
            return first.get();
        }
        if (move instanceof NextMove.Begin) {
            return begin(course, run);
        }
        if (move instanceof NextMove.Obey obey) {
            return obey(course, run, obey.wanted());
        }
        if (move instanceof NextMove.Try next) {
            return course.reins().isFresh() ? begin(course, run, next.step(), steps) : new Work.Again();
        }
        if (move instanceof NextMove.Settle interrupted) {
            return interrupted(course, run, interrupted.step());
        }
        if (move instanceof NextMove.Ask open) {
            record.asksAgain(run, open.step());
            return new Work.Done();
        }
        if (move instanceof NextMove.Rest rest) {
            return new Work.Rest(rest.until());
        }
        if (move instanceof NextMove.Turn turn) {
            turn(run, turn);
            return decide(course, run);
        }
        if (move instanceof NextMove.Finish) {
            Optional<java.time.Instant> tail = probe.tail(course, run);
            if (tail.isPresent()) {
                return new Work.EndProbe(tail.get());
            }
            if (run.isRollingBack()) {
                ledger.move(run, RunHappening.UNDONE, RunLedger.ENGINE, null);
            } else {
                evidence.finish(course, run);
            }
        }
        return new Work.Done();
    }

    /** A start that was planned is asked about again; a rollback never is: the way back is always open. */
    private Work begin(Course course, Run run) {
        if ((run.startAt() != null || run.approvalsNeeded() > 0) && run.purpose() != Purpose.ROLLBACK) {
            Optional<String> late = ready.late(run);
            if (late.isPresent()) {
                asksToStart(run, late.get());
                return new Work.Done();
            }
            return new Work.AskReadiness();
        }
        started(course, run);
        return decide(course, run);
    }

    private Entry askReadiness(Course course) throws InterruptedException {
        try {
            Optional<String> against = ready.against(course.lease().runId());
            return run -> {
                if (run.state() == RunState.QUEUED && approvals.stillStands(run)) {
                    against.ifPresentOrElse(
                            why -> asksToStart(run, "It could not start when it was to: " + why),
                            () -> started(course, run));
                }
            };
        } catch (RuntimeException e) {
            if (!DatabaseTrouble.is(e)) {
                throw e;
            }
            course.reins().rest(BETWEEN_TRIES);
            return Entry.NOTHING;
        }
    }

    private void asksToStart(Run run, String why) {
        ledger.move(run, RunHappening.ASKED, RunLedger.ENGINE, why);
        run.because(why);
    }

    private void started(Course course, Run run) {
        probe.begin(course, run);
        holds.begin(course, run);
        ledger.move(
                run,
                run.purpose() == Purpose.ROLLBACK ? RunHappening.STARTED_BACK : RunHappening.STARTED,
                RunLedger.ENGINE,
                "driven by " + run.instance());
    }

    /** A step that seems to run: another driver began it, or this one did and the answer of the database got lost. */
    private Work interrupted(Course course, Run run, RunStep step) {
        Attempt attempt = attempt(course, run, step);
        return course.hasBegun(step) ? new Work.Execute(attempt) : new Work.Settle(attempt);
    }

    private Work obey(Course course, Run run, Wanted wanted) {
        String by = run.wantedBy();
        String why = run.wantedReason();
        course.hasReady(Preparation.NOTHING);
        run.wantSettled();
        switch (wanted) {
            case PAUSE -> {
                ledger.move(run, RunHappening.PAUSE, by, why);
                run.because(RunLedger.ENGINE.equals(by) ? why : "Paused by " + by);
                return new Work.Done();
            }
            case ABORT -> {
                ledger.move(run, RunHappening.ABORT, by, why);
                run.because("Aborted by " + by + (why == null || why.isBlank() ? "" : ": " + why));
                return new Work.Done();
            }
            case ROLLBACK -> {
                legs.turnBack(run);
                ledger.move(run, RunHappening.ROLL_BACK, by, why);
                run.because("Called back by " + by + (why == null || why.isBlank() ? "" : ": " + why));
                return decide(course, run);
            }
        }
        throw new IllegalStateException("every wish is known");
    }

    private static Optional<String> noReturn(Course course, Run run, RunStep step) {
        return step.leg() == Leg.BACK
                ? Optional.empty()
                : course.runbook(run).step(step.stepId()).flatMap(written -> written.irreversible());
    }

    private static boolean isNoReturn(Course course, Run run, RunStep step) {
        return noReturn(course, run, step).isPresent();
    }

    private Work begin(Course course, Run run, RunStep step, List<RunStep> steps) {
        Optional<String> noReturn = noReturn(course, run, step);
        if (noReturn.isPresent() && step.confirmedBy() == null) {
            String question = "There is no way back behind this step: " + noReturn.get();
            step.says(question, "a person who confirms that it may be passed", false);
            ledger.move(step, StepHappening.ASKED_PERSON, RunLedger.ENGINE, question);
            ledger.move(run, RunHappening.ASKED, RunLedger.ENGINE, question);
            run.because("Step " + step.stepId() + " is the point of no return and asks a person");
            return new Work.Done();
        }
        ledger.move(step, StepHappening.BEGAN, RunLedger.ENGINE, null);
        course.begins(step);
        course.sees(run, steps.subList(steps.indexOf(step) + 1, steps.size()));
        return new Work.Execute(attempt(course, run, step));
    }

    private static Attempt attempt(Course course, Run run, RunStep step) {
        return Attempt.of(course.lease(), run, step, course.runbook(run), course.environment(run));
    }

    private void turn(Run run, NextMove.Turn turn) {
        if (turn.leg() == Leg.BACK) {
            legs.turnBack(run);
        } else {
            legs.forward(run, turn.legNo(), run.finish().equals("restored"));
            run.turns(Leg.AGAIN, turn.legNo());
        }
        ledger.note(
                run, null, "turned-" + turn.leg().word(), RunLedger.ENGINE, "The rehearsal goes on with its next leg");
    }

    private Entry execute(Course course, Attempt attempt) {
        Reins reins = course.reins();
        Cancellation brake = reins.hold();
        Outcome outcome;
        boolean unborne;
        Preparation next = prepareNext(course);
        try (WatchProbe.Watched watched = probe.watch(course, attempt, brake)) {
            TryStep.Made made = tryStep.make(attempt, brake);
            course.keep(made.lines());
            outcome = watched.judged(made.outcome());
            course.hasReady(outcome.succeeded() ? next : Preparation.NOTHING);
            if (!outcome.succeeded()) {
                next.close();
            }
            unborne = watched.isUnborne();
        } finally {
            course.ended();
            reins.letGo();
        }
        Optional<String> cutShort = reins.cutShort();
        if (cutShort.isPresent()) {
            return cutShort(attempt, outcome, cutShort.get());
        }
        if (unborne) {
            return onStep(attempt, (run, step) -> record.unborne(run, step, attempt, outcome));
        }
        boolean unknown = outcome.result() == Outcome.Result.UNKNOWN;
        if (unknown && attempt.repeatable()) {
            // Trying again settles it, within its retries; a failure that is safe to repeat says exactly that.
            Outcome failed = Outcome.failed(outcome.message(), outcome.expected());
            return onStep(attempt, (run, step) -> record.ended(run, step, attempt, failed));
        }
        if (unknown && !brake.isCancelled()) {
            return lost(attempt, outcome.message());
        }
        Entry ended = onStep(attempt, (run, step) -> record.ended(run, step, attempt, outcome));
        return outcome.succeeded() ? new Succeeded(attempt, outcome, ended) : ended;
    }

    /** While a step is carried out, the next one may be made ready, if that one could begin at once. */
    private Preparation prepareNext(Course course) {
        Run run = course.run();
        List<RunStep> ahead = course.ahead();
        boolean goesOn = run != null
                && !ahead.isEmpty()
                && ahead.get(0).leg() != Leg.BACK
                && ahead.get(0).state() == StepState.PENDING
                && !isNoReturn(course, run, ahead.get(0));
        return goesOn ? tryStep.prepare(attempt(course, run, ahead.get(0))) : Preparation.NOTHING;
    }

    /** The engine itself ended the attempt: what had ended already counts, the rest is settled as after a crash. */
    private Entry cutShort(Attempt attempt, Outcome outcome, String why) {
        return switch (outcome.result()) {
            case SUCCEEDED, WAITING -> onStep(attempt, (run, step) -> record.ended(run, step, attempt, outcome));
            case ERRORED ->
                onStep(attempt, (run, step) -> record.notDone(run, step, "Nothing was done, because " + why));
            case FAILED, UNKNOWN -> lost(attempt, "It was ended in the middle, because " + why);
        };
    }

    /** The service is probed for a while after the last step; a person may still want something meanwhile. */
    private Entry endProbe(Course course, java.time.Instant until) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), until);
        if (!left.isNegative() && !left.isZero()) {
            course.reins().rest(left);
            return Entry.NOTHING;
        }
        return probe.afterwards(course.lease().runId(), until);
    }

    private Entry settle(Course course, Attempt attempt) {
        int ended = Orphans.end(attempt.mark(), attempt.step().startedAt(), attempt.grace());
        String who = course.before().map(name -> " (" + name + ")").orElse("");
        String why = "Contact was lost while the step ran: the server that drove it" + who + " stopped"
                + leftBehind(course, attempt, ended);
        Log.warnf("run %d, step %s: %s", attempt.run().id(), attempt.step().stepId(), why);
        return lost(attempt, why);
    }

    /** A process that cleaned its environment is found by nobody, and one of another machine not from here. */
    private static String leftBehind(Course course, Attempt attempt, int ended) {
        if (ended > 0) {
            return "; " + ended + " of its processes still ran here and were ended, as far as they can be found";
        }
        boolean elsewhere = course.before()
                .filter(name -> !name.equals(attempt.run().instance()))
                .isPresent();
        return elsewhere ? "; what it may have left running on another machine cannot be seen from here" : "";
    }

    private Entry lost(Attempt attempt, String why) {
        Optional<Answer> tookEffect = attempt.repeatable() ? Optional.empty() : tryStep.tookEffect(attempt);
        return onStep(attempt, (run, step) -> record.lost(run, step, attempt, why, tookEffect));
    }

    private interface StepEntry {
        void write(Run run, RunStep step);
    }

    /** Written once, also when the database stored it and its answer got lost. */
    private Entry onStep(Attempt attempt, StepEntry entry) {
        return run -> {
            RunStep step = runs.requireStep(attempt.step().id());
            if (step.state() == StepState.RUNNING
                    && step.attempt() == attempt.step().attempt()) {
                entry.write(run, step);
            }
        };
    }
}
