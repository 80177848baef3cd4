package dev.switchback.engine;

import dev.switchback.probe.ProbePlan;
import dev.switchback.probe.Probing;
import dev.switchback.run.Leg;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunHappening;
import dev.switchback.run.RunLedger;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepKind;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the engine asks of the probe of a run: that it is sent before the first step, whether the service bore a step, and
 * how it went on for a while after the last one. A run whose runbook declares no probe costs nothing here.
 */
@ApplicationScoped
class WatchProbe {

    /** Nothing is cut in two when these end early. */
    private static final Set<StepKind> ONLY_LOOK = Set.of(StepKind.WAIT, StepKind.CHECK, StepKind.MEASURE);

    @Inject
    Probing probing;

    @Inject
    RunLedger ledger;

    @Inject
    InstantSource clock;

    private static boolean isDeclared(Course course, Run run) {
        return course.runbook(run).content().has("probe");
    }

    /** In the transaction that begins the run. */
    void begin(Course course, Run run) {
        var environment = course.environment(run);
        ProbePlan.of(course.runbook(run).content(), environment.targets(), environment.variables())
                .ifPresent(plan -> probing.begin(run.id(), plan));
    }

    /** Watches one attempt. */
    Watched watch(Course course, Attempt attempt, Cancellation brake) {
        return new Watched(isDeclared(course, attempt.run()), attempt, brake);
    }

    /** An attempt under the eyes of the probe. Used by one thread; to be closed. */
    final class Watched implements AutoCloseable {
        private final boolean probed;
        private final Attempt attempt;
        private final Cancellation brake;
        private final AtomicBoolean cut = new AtomicBoolean();
        private AutoCloseable alarm = () -> {};
        private boolean unborne;

        private Watched(boolean probed, Attempt attempt, Cancellation brake) {
            this.probed = probed;
            this.attempt = attempt;
            this.brake = brake;
            if (probed) {
                begin();
            }
        }

        /** When the database is away, what the probe sees is asked for at the end. */
        private void begin() {
            try {
                probing.ready(attempt.run().id());
                if (counts() && ONLY_LOOK.contains(attempt.kind())) {
                    alarm = probing.whenTooMany(attempt.run().id(), this::end);
                }
            } catch (RuntimeException e) {
                if (!DatabaseTrouble.is(e)) {
                    throw e;
                }
            }
        }

        private void end() {
            if (brake.reason().isEmpty()) {
                cut.set(true);
                brake.cancel(Cancellation.Reason.ABORTED);
            }
        }

        /** On the way back failures are told, and fail nothing. */
        private boolean counts() {
            return attempt.step().leg() != Leg.BACK;
        }

        /** What came of the attempt, or that too many probes failed meanwhile. */
        Outcome judged(Outcome outcome) {
            boolean asks = probed && counts() && (outcome.succeeded() || cut.get());
            if (!asks) {
                return outcome;
            }
            Optional<Probing.TooMany> tooMany = tooMany();
            unborne = tooMany.isPresent();
            return tooMany.map(many -> failed(outcome, many)).orElse(outcome);
        }

        /** Asked until the database answers, or this instance may not drive the run any more. */
        private Optional<Probing.TooMany> tooMany() {
            while (true) {
                try {
                    return probing.tooMany(attempt.run().id(), attempt.step().startedAt());
                } catch (RuntimeException e) {
                    if (!DatabaseTrouble.is(e)) {
                        throw e;
                    }
                    if (!cut.get() && brake.isCancelled()) {
                        return Optional.empty();
                    }
                    Log.warnf(
                            "what the probe of run %d saw is not known, asking again: %s",
                            attempt.run().id(), e.getMessage());
                    pause();
                }
            }
        }

        /** Whether it was the probe that made it fail. */
        boolean isUnborne() {
            return unborne;
        }

        private Outcome failed(Outcome outcome, Probing.TooMany tooMany) {
            String kept = cut.get() ? "it was ended early, because " : came(outcome) + ", but ";
            String expected = "at most " + tooMany.tolerated() + " failed probes";
            Outcome failed = Outcome.failed(kept + tooMany.words("during it"), expected);
            return outcome.exitStatus().map(failed::withExitStatus).orElse(failed);
        }

        private String came(Outcome outcome) {
            return switch (attempt.kind()) {
                case SHELL, SSH ->
                    "the command succeeded"
                            + outcome.exitStatus()
                                    .map(status -> " (exit status " + status + ")")
                                    .orElse("");
                case HTTP -> "the request succeeded";
                default -> "it succeeded";
            };
        }

        @Override
        public void close() {
            try {
                alarm.close();
            } catch (Exception nothingToClose) {
                Log.debug("an alarm could not be taken back", nothingToClose);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until when it is probed after the last step; empty when it is not. In a transaction. */
    Optional<Instant> tail(Course course, Run run) {
        return isDeclared(course, run) ? probing.tail(run.id(), clock.instant()) : Optional.empty();
    }

    /**
     * The time after the last step is over: the last probes are written down, and what they say is what is done with the
     * run. Connects to the database by itself; to be called outside of a transaction.
     */
    RunDriver.Entry afterwards(long runId, Instant until) {
        Instant lastStep = until.minus(probing.tail());
        try {
            Optional<Probing.TooMany> tooMany = probing.tooMany(runId, lastStep);
            Optional<Probing.TooMany> notHeld = probing.notHeld(runId, lastStep);
            return run -> afterwards(run, tooMany, notHeld);
        } catch (RuntimeException e) {
            if (!DatabaseTrouble.is(e)) {
                throw e;
            }
            return RunDriver.Entry.NOTHING;
        }
    }

    private void afterwards(Run run, Optional<Probing.TooMany> tooMany, Optional<Probing.TooMany> notHeld) {
        boolean forth = !run.isRollingBack();
        if (forth && tooMany.isPresent()) {
            String why = "Every step is done, but " + tooMany.get().words("after the last one")
                    + ". Go on to accept that, or roll back";
            ledger.move(run, RunHappening.PAUSE, RunLedger.ENGINE, why);
            run.because(why);
            probing.goOn(run.id());
            return;
        }
        if (forth && run.purpose() == Purpose.REHEARSAL && notHeld.isPresent()) {
            String why = "Every step is done, but the probe did not hold: "
                    + notHeld.get().inAll() + ". A rehearsal proves the way only when it does";
            ledger.move(run, RunHappening.NOT_PROVEN, RunLedger.ENGINE, why);
            run.because(why);
        }
        probing.end(run.id());
    }
}
