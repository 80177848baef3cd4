package dev.switchback.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.run.AskTargets;
import dev.switchback.run.AttemptLog;
import dev.switchback.run.AttemptLogs;
import dev.switchback.run.Leg;
import dev.switchback.secret.Secrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.spool.Batch;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Condition;
import dev.switchback.step.Durations;
import dev.switchback.step.MaskingLog;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.step.StepLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Carries one attempt out, from "is this really the place" to what came of it. Everything that is told or stored is
 * masked here. Holds no transaction while it works.
 */
@ApplicationScoped
class TryStep {

    @Inject
    StepExecutors executors;

    @Inject
    MeasureStep measureStep;

    @Inject
    AskTargets ask;

    @Inject
    Secrets secrets;

    @Inject
    AttemptLogs logs;

    @Inject
    InstantSource clock;

    @Inject
    ScheduledExecutorService timer;

    /**
     * What came of an attempt.
     *
     * @param outcome what came of it, masked
     * @param lines its last lines, which are not stored yet
     */
    record Made(Outcome outcome, Optional<Batch> lines) {}

    /** Makes the attempt; returns soon after the brake was pulled. */
    Made make(Attempt attempt, Cancellation brake) {
        var used = new TrackingSecrets(secrets);
        try (AttemptLog stored = open(attempt, brake)) {
            var masked = new MaskingLog(stored, used::masker);
            Outcome outcome = mask(careful(attempt, brake, masked, used), used);
            if (outcome.result() != Outcome.Result.WAITING) {
                masked.engine(closing(attempt, outcome));
            }
            return new Made(outcome, stored.rest());
        }
    }

    /**
     * Makes ready what the step after the present one needs, if it begins soon; to be closed when it does not. Whether it
     * may begin is nobody's question here: nothing of it is done.
     */
    StepExecutor.Preparation prepare(Attempt next) {
        Secrets none = name -> Optional.empty();
        return executors
                .forKind(next.kind())
                .map(executor -> executor.prepare(
                        next.action(), context(next, new Cancellation(), quiet(), none, next.nextMark())))
                .orElse(StepExecutor.Preparation.NOTHING);
    }

    private AttemptLog open(Attempt attempt, Cancellation brake) {
        return logs.open(attempt.run(), attempt.step(), attempt.lease().fence(), brake);
    }

    private Outcome careful(Attempt attempt, Cancellation brake, StepLog masked, Secrets used) {
        try {
            masked.engine(opening(attempt));
            if (attempt.changes()) {
                Optional<Outcome> refusal = wrongPlace(attempt, brake, masked);
                if (refusal.isPresent()) {
                    return refusal.get();
                }
            }
            Optional<Outcome> missing = missingNeed(attempt, brake, masked);
            return missing.isPresent() ? missing.get() : execute(attempt, brake, masked, used);
        } catch (RuntimeException e) {
            io.quarkus.logging.Log.errorf(
                    e, "run %d, step %s", attempt.run().id(), attempt.step().stepId());
            return attempt.changes()
                    ? Outcome.unknown("Switchback itself failed: " + e, "an attempt that ends")
                    : Outcome.errored("Switchback itself failed: " + e, "an attempt that ends");
        }
    }

    private static String opening(Attempt attempt) {
        String what = attempt.step().leg() == Leg.BACK ? "undo of step " : "step ";
        return what + attempt.step().stepId() + ", attempt " + attempt.step().attempt();
    }

    /** Asks the environment who it is; anything but the right answer stops the step before it does something. */
    private Optional<Outcome> wrongPlace(Attempt attempt, Cancellation brake, StepLog masked) {
        for (JsonNode condition : attempt.environment().identity()) {
            Answer answer = ask.once(Condition.of(condition), attempt.environment(), quiet(), brake, attempt.mark());
            String who = "is this " + attempt.environment().key() + "? " + answer.message();
            if (!answer.holds()) {
                masked.engine(who);
                return Optional.of(
                        answer.couldNotAsk()
                                ? Outcome.errored(who, answer.expected())
                                : Outcome.failed(
                                        "This is not " + attempt.environment().key() + ": " + answer.message()
                                                + "; nothing was done",
                                        answer.expected()));
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> missingNeed(Attempt attempt, Cancellation brake, StepLog masked) {
        for (JsonNode need : attempt.needs()) {
            Answer answer = ask.once(Condition.of(need), attempt.environment(), quiet(), brake, attempt.mark());
            if (!answer.holds()) {
                String message = "What this undo needs is not there: " + answer.message() + "; nothing was done";
                masked.engine(message);
                return Optional.of(Outcome.errored(message, answer.expected()));
            }
        }
        return Optional.empty();
    }

    private static StepLog quiet() {
        return (stream, text) -> {};
    }

    private Outcome execute(Attempt attempt, Cancellation brake, StepLog masked, Secrets used) {
        Optional<StepExecutor> executor = executors.forKind(attempt.kind());
        if (executor.isEmpty() && attempt.kind() != StepKind.MEASURE) {
            return StepExecutors.unavailable(attempt.kind());
        }
        ScheduledFuture<?> bell = attempt.timeout()
                .<ScheduledFuture<?>>map(timeout -> timer.schedule(
                        () -> brake.cancel(Cancellation.Reason.TIMEOUT), timeout.toMillis(), TimeUnit.MILLISECONDS))
                .orElse(null);
        try {
            return executor.isPresent()
                    ? executor.get().execute(attempt.action(), context(attempt, brake, masked, used, attempt.mark()))
                    : measureStep.take(attempt, brake, masked);
        } finally {
            if (bell != null) {
                bell.cancel(false);
            }
        }
    }

    private static StepContext context(Attempt attempt, Cancellation brake, StepLog masked, Secrets used, String mark) {
        return new StepContext(
                attempt.environment().targets(),
                attempt.environment().variables(),
                used,
                masked,
                brake,
                attempt.grace(),
                mark);
    }

    /** Asks whether an attempt with an unknown end took effect; empty when nobody said how to find out. */
    Optional<Answer> tookEffect(Attempt attempt) {
        return attempt.appliedWhen().map(Condition::of).map(when -> ask.once(when, attempt.environment()));
    }

    private static Outcome mask(Outcome outcome, TrackingSecrets used) {
        var masker = used.masker();
        return new Outcome(
                outcome.result(),
                masker.mask(outcome.message()),
                masker.mask(outcome.expected()),
                outcome.exitStatus(),
                outcome.value().map(masker::mask),
                outcome.warning().map(masker::mask));
    }

    private String closing(Attempt attempt, Outcome outcome) {
        String took = Durations.words(Duration.ofMillis(
                Math.max(0, clock.millis() - attempt.step().startedAt().toEpochMilli())));
        return switch (outcome.result()) {
            case SUCCEEDED -> "succeeded after " + took;
            case FAILED -> "failed after " + took + ": " + outcome.message();
            case ERRORED -> "could not be done: " + outcome.message();
            case WAITING -> "waits for a person";
            case UNKNOWN -> "outcome unknown: " + outcome.message();
        };
    }
}
