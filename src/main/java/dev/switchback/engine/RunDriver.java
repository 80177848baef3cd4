package dev.switchback.engine;

import dev.switchback.problem.ProblemException;
import dev.switchback.run.Leg;
import dev.switchback.run.Legs;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunLedger;
import dev.switchback.run.RunLog.LostLeaseException;
import dev.switchback.run.RunStep;
import dev.switchback.run.Runs;
import dev.switchback.run.StepHappening;
import dev.switchback.run.Wanted;
import dev.switchback.runbook.Runbook;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Outcome;
import dev.switchback.step.shell.Orphans;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hibernate.Hibernate;

/**
 * Drives one run under one lease, step by step, until a person has to decide or nothing is left to do. Each decision is
 * one transaction that holds the row of the run and the present fence; the work in between holds none.
 */
@ApplicationScoped
class RunDriver {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Inject
    Runs runs;

    @Inject
    RunLedger ledger;

    @Inject
    Legs legs;

    @Inject
    TryStep tryStep;

    @Inject
    RecordOutcome record;

    @Inject
    InstantSource clock;

    /** Drives until there is nothing to do for a driver. */
    void drive(Lease lease, Reins reins) throws InterruptedException {
        boolean goOn = true;
        while (goOn && !reins.dropped()) {
            goOn = carryOut(lease, reins, QuarkusTransaction.requiringNew().call(() -> decide(lease)));
        }
    }

    /** What a decision leaves to do outside of its transaction. */
    private sealed interface Work {
        record Again() implements Work {}

        record Rest(java.time.Instant until) implements Work {}

        record Execute(Attempt attempt) implements Work {}

        record Settle(Attempt attempt) implements Work {}

        record Done() implements Work {}
    }

    private boolean carryOut(Lease lease, Reins reins, Work work) throws InterruptedException {
        if (work instanceof Work.Execute execute) {
            execute(lease, reins, execute.attempt());
        } else if (work instanceof Work.Settle settle) {
            settle(lease, reins, settle.attempt());
        } else if (work instanceof Work.Rest rest) {
            reins.rest(Duration.between(clock.instant(), rest.until()));
        }
        return !(work instanceof Work.Done);
    }

    private Run mine(Lease lease) {
        Run run = runs.requireLocked(lease.runId());
        if (run.fence() != lease.fence()) {
            throw new LostLeaseException(lease.runId());
        }
        return run;
    }

    private Work decide(Lease lease) {
        Run run = mine(lease);
        List<RunStep> leg = runs.steps(run, run.legNo());
        NextMove move = NextMove.of(run, leg, clock.instant());
        if (move instanceof NextMove.Begin) {
            ledger.move(
                    run,
                    run.purpose() == Purpose.ROLLBACK ? RunHappening.STARTED_BACK : RunHappening.STARTED,
                    RunLedger.ENGINE,
                    "driven by " + run.instance());
            return new Work.Again();
        }
        if (move instanceof NextMove.Obey obey) {
            return obey(run, obey.wanted());
        }
        if (move instanceof NextMove.Try next) {
            return begin(lease, run, next.step());
        }
        if (move instanceof NextMove.Settle interrupted) {
            return new Work.Settle(attempt(lease, run, interrupted.step()));
        }
        if (move instanceof NextMove.Rest rest) {
            return new Work.Rest(rest.until());
        }
        if (move instanceof NextMove.Turn turn) {
            turn(run, turn);
            return new Work.Again();
        }
        if (move instanceof NextMove.Finish) {
            ledger.move(run, run.isRollingBack() ? RunHappening.UNDONE : RunHappening.FINISHED, RunLedger.ENGINE, null);
        }
        return new Work.Done();
    }

    private Work obey(Run run, Wanted wanted) {
        String by = run.wantedBy();
        String why = run.wantedReason();
        run.wantSettled();
        switch (wanted) {
            case PAUSE -> {
                ledger.move(run, RunHappening.PAUSE, by, why);
                run.because("Paused by " + by);
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
                return new Work.Again();
            }
        }
        throw new IllegalStateException("every wish is known");
    }

    private Work begin(Lease lease, Run run, RunStep step) {
        Optional<String> noReturn = step.leg() == Leg.BACK
                ? Optional.empty()
                : Legs.runbookOf(run).step(step.stepId()).flatMap(written -> written.irreversible());
        if (noReturn.isPresent() && step.confirmedBy() == null) {
            String question = "There is no way back behind this step: " + noReturn.get();
            step.says(question, "a person who confirms that it may be passed", false);
            ledger.move(step, StepHappening.ASKED_PERSON, RunLedger.ENGINE, question);
            ledger.move(run, RunHappening.ASKED, RunLedger.ENGINE, question);
            run.because("Step " + step.stepId() + " is the point of no return and asks a person");
            return new Work.Done();
        }
        ledger.move(step, StepHappening.BEGAN, RunLedger.ENGINE, null);
        return new Work.Execute(attempt(lease, run, step));
    }

    private static Attempt attempt(Lease lease, Run run, RunStep step) {
        Hibernate.initialize(run.revision());
        return Attempt.of(lease, run, step, Runbook.of(run.revision().content()));
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

    private void execute(Lease lease, Reins reins, Attempt attempt) throws InterruptedException {
        var brake = new Cancellation();
        reins.hold(brake);
        Outcome outcome;
        try {
            outcome = tryStep.make(attempt, brake);
        } finally {
            reins.letGo();
        }
        if (reins.dropped()) {
            return;
        }
        boolean unknown = outcome.result() == Outcome.Result.UNKNOWN;
        if (unknown && attempt.repeatable()) {
            // Trying again settles it, within its retries; a failure that is safe to repeat says exactly that.
            Outcome failed = Outcome.failed(outcome.message(), outcome.expected());
            write(lease, reins, attempt, (run, step) -> record.ended(run, step, attempt, failed));
        } else if (unknown && !brake.isCancelled()) {
            Optional<Answer> tookEffect = tryStep.tookEffect(attempt);
            write(lease, reins, attempt, (run, step) -> record.lost(run, step, attempt, outcome.message(), tookEffect));
        } else {
            write(lease, reins, attempt, (run, step) -> record.ended(run, step, attempt, outcome));
        }
    }

    private void settle(Lease lease, Reins reins, Attempt attempt) throws InterruptedException {
        int ended = Orphans.end(attempt.mark(), attempt.grace());
        String why = "Contact was lost while the step ran: the server that drove it stopped"
                + (ended == 0 ? "" : "; " + ended + " of its processes still ran here and were ended");
        Log.warnf("run %d, step %s: %s", attempt.run().id(), attempt.step().stepId(), why);
        Optional<Answer> tookEffect = attempt.repeatable() ? Optional.empty() : tryStep.tookEffect(attempt);
        write(lease, reins, attempt, (run, step) -> record.lost(run, step, attempt, why, tookEffect));
    }

    private interface Entry {
        void write(Run run, RunStep step);
    }

    /**
     * Writes what came of an attempt. A database that is away for a moment must not turn a known end into an unknown
     * one: the write is tried again for as long as the lease can last.
     */
    private void write(Lease lease, Reins reins, Attempt attempt, Entry entry) throws InterruptedException {
        while (true) {
            try {
                QuarkusTransaction.requiringNew().run(() -> writeOnce(lease, attempt, entry));
                return;
            } catch (LostLeaseException | ProblemException e) {
                throw e;
            } catch (RuntimeException e) {
                if (reins.dropped()) {
                    throw e;
                }
                Log.warnf(
                        "run %d, step %s: its end could not be stored, trying again: %s",
                        lease.runId(), attempt.step().stepId(), e.getMessage());
                reins.rest(BETWEEN_TRIES);
            }
        }
    }

    private void writeOnce(Lease lease, Attempt attempt, Entry entry) {
        Run run = mine(lease);
        RunStep step = runs.steps(run, attempt.step().legNo()).stream()
                .filter(s -> s.id().equals(attempt.step().id()))
                .findFirst()
                .orElseThrow();
        entry.write(run, step);
    }
}
